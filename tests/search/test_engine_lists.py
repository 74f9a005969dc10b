"""Facets, reading rules, order and pages: the same on SQLite, PostgreSQL and a real Elasticsearch."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Practitioner
from search.documents import document
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

# A transaction a test, inside the one that holds the collection for the whole module.
pytestmark = pytest.mark.django_db

FACETS = ("method_slugs", "topic_slugs", "audience_slugs", "voivodeship_slugs", "sector", "mentor_codes")


# ---- facets


def brute_force(texts: set[str], chosen: dict[str, set[str]], facet: str) -> dict[str, int]:
    """Counts of a facet over people found by text, narrowed by every other facet; by plain Python."""
    counted: Counter[str] = Counter()
    for person in Practitioner.objects.visible("pl").filter(public_id__in=texts):
        if all(
            values & set(values_of(person, name))
            for name, values in chosen.items()
            if name != facet and values
        ):
            counted.update(values_of(person, facet))
    return dict(counted)


def values_of(person: Practitioner, facet: str) -> list[str]:
    value = getattr(person, facet)
    value = value() if callable(value) else value
    return list(value) if isinstance(value, list) else [value] if value else []


@pytest.mark.parametrize("text", ["", "konsultacje", "obywatelski"])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"voivodeship_slugs": {"lodzkie", "slaskie"}},
        {
            "method_slugs": {"konsultacje-spoleczne", "panel-obywatelski"},
            "sector": {"organizacja-pozarzadowa", "uczelnia"},
        },
        {"method_slugs": {"mediacja"}, "voivodeship_slugs": {"podlaskie"}, "mentor_codes": {"tak"}},
    ],
)
def test_facet_counts_are_those_of_brute_force(
    engine: Engine, text: str, chosen: dict[str, set[str]]
) -> None:
    """OR inside a facet, AND between; a facet's own choice does not narrow its own counts."""
    everyone = set(engine.ids(text, page_size=100))
    found = engine.ask(text, filters=chosen, facets=FACETS, page_size=100)
    for facet in FACETS:
        counts = {value.value: value.count for value in found.facets[facet] if value.count}
        assert counts == brute_force(everyone, chosen, facet), facet
        assert {value.value for value in found.facets[facet] if value.selected} == chosen.get(facet, set())
    assert found.total == len(found.hits)


def test_every_value_is_counted_and_not_only_ten(engine: Engine) -> None:
    """Stock defect 3: ten of sixteen voivodeships came back, a request each."""
    regions = engine.ask(facets=["voivodeship_slugs"]).facets["voivodeship_slugs"]
    assert len(regions) == 16
    assert sum(region.count for region in regions) == 40
    assert len(Practitioner.objects.all().search("polski").facet("voivodeship_slugs")) == 16


def test_hits_total_and_facets_take_a_constant_number_of_statements(engine: Engine) -> None:
    """Stock defect 3: one request a facet. Here it is one statement, or one request of the server."""
    engine.ask("konsultacje", facets=FACETS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        engine.ask("konsultacje społeczne", facets=FACETS, filters={"sector": ["organizacja-pozarzadowa"]})
    assert len(queries) <= 5  # vocabulary, (prefix,) the one question, how fresh they are, the objects
    if engine.name == "elasticsearch":
        assert not any("search_entry" in query["sql"] for query in queries)


# ---- what is seen


def test_drafts_and_hidden_people_are_never_found_nor_counted(engine: Engine) -> None:
    hidden = [
        PractitionerFactory(name="Ukryta Pierwsza", state="hidden", state_reason="na prośbę"),
        PractitionerFactory(name="Ukryta Druga", live=False),
        PractitionerFactory(name="Ukryta Trzecia", consented=False),
    ]
    shown = PractitionerFactory(name="Ukryta Czwarta")
    engine.wrote(*hidden, shown)
    found = engine.ask("Ukryta", facets=["voivodeship_slugs"])
    assert [hit.object.name for hit in found.hits] == ["Ukryta Czwarta"]
    assert found.total == 1
    assert [(value.value, value.count) for value in found.facets["voivodeship_slugs"]] == [("lubelskie", 1)]


def test_an_address_of_a_person_is_not_in_the_index(engine: Engine) -> None:
    person = Practitioner.objects.get(public_id="c04")
    assert person.email == "c04@example.org"
    assert not {"c04", "example", "org"} & document(person).words()
    assert "c04" not in engine.ids("c04@example.org")


def test_someone_hidden_after_indexing_is_gone_at_once(engine: Engine) -> None:
    assert engine.ids("Orła") == ["c22"]
    Practitioner.objects.filter(public_id="c22").update(state="hidden", state_reason="na prośbę")
    assert engine.ids("Orła") == []


# ---- order and pages


def test_pages_hold_everyone_once_and_far_pages_are_empty(engine: Engine) -> None:
    pages = [engine.ids("", page=number, page_size=7) for number in range(1, 8)]
    everyone = [one for page in pages for one in page]
    assert len(everyone) == len(set(everyone)) == 40
    assert pages[6] == []
    ranked = [one for number in range(1, 5) for one in engine.ids("obywatelski", page=number, page_size=3)]
    assert ranked == engine.ids("obywatelski", page_size=12)


def test_browsing_keeps_the_order_of_the_queryset(engine: Engine) -> None:
    found = engine.ask(page_size=3)
    # Further on the order of ł differs: a database may order by bytes, Elasticsearch has Polish keys.
    assert [hit.object.name for hit in found.hits] == ["Adela Kuna", "Albin Kukułka", "Aurelia Pszczoła"]


def test_hits_can_be_ordered_by_a_field(engine: Engine) -> None:
    some = {"filters": {"voivodeship_slugs": ["slaskie"]}, "page_size": 10}
    surnames = ["c26", "c07", "c16", "c40"]  # Bóbr, Kłos, Kret, Kruk
    up, down = engine.ids(order="sort_name", **some), engine.ids(order="-sort_name", **some)
    assert down == up[::-1]
    assert [one for one in up if one != "c07"] == [one for one in surnames if one != "c07"]


@pytest.mark.parametrize("order", ["confirmed_at", "-confirmed_at"])
@pytest.mark.parametrize("text", ["", "mediacja"])
def test_whoever_has_no_date_comes_last_whichever_way_dates_go(engine: Engine, text: str, order: str) -> None:
    days = {"c04": date(2026, 1, 1), "c28": None, "c37": date(2026, 5, 1)}
    for key, day in days.items():
        person = Practitioner.objects.get(public_id=key)
        person.confirmed_at = day
        person.save()
        engine.wrote(person)
    found = [key for key in engine.ids(text, order=order, page_size=50) if key in days]
    assert found == (["c37", "c04", "c28"] if order.startswith("-") else ["c04", "c37", "c28"])
