from __future__ import annotations

from home.models import HomePage
from search import kinds
from search.faceted import faceted
from tests.factories import EventIndexPageFactory, EventPageFactory


def test_events_and_budgets_are_kinds_of_site_wide_search() -> None:
    assert {"event", "budget"} <= {kind.name for kind in kinds.registered()}


def test_an_inflected_word_finds_a_public_event_and_no_draft(home: HomePage) -> None:
    index = EventIndexPageFactory(parent=home)
    EventPageFactory(parent=index, title="Seminarium o dostępności")
    EventPageFactory(parent=index, title="Seminarium tajne", live=False)
    kind = kinds.named("event")
    assert kind is not None
    assert [hit.object.title for hit in faceted(kind.queryset(), "seminaria dostępność").hits] == [
        "Seminarium o dostępności"
    ]
    assert faceted(kind.queryset(), "tajne").total == 0
