"""The list of events: filtered by the address, each event in exactly one of ongoing, upcoming and past."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from directory.models import Topic
from directory.terms import term_names
from events.display import card
from events.forms import EventFilters
from events.models import EventPage
from events.querysets import EventPageQuerySet
from home.querysets import in_readers_words
from search.analysis import fold

PAST_A_PAGE = 12


def filters(query: QueryDict) -> EventFilters:
    """The form of filters, validated. What cannot be read is left out and said in `form.errors`."""
    used = set(EventPage.objects.sources().order_by().values_list("topics__slug", flat=True).distinct())
    names = sorted(term_names(Topic).items(), key=lambda term: fold(term[1]))
    form = EventFilters(query, topics={slug: name for slug, name in names if slug in used})
    form.is_valid()
    return form


def chosen_events(form: EventFilters) -> EventPageQuerySet:
    """Public events (their Polish pages) that the filters leave."""
    chosen = form.chosen
    found: EventPageQuerySet = EventPage.objects.sources().select_related("municipality", "locale", "cover")
    if kind := chosen.get("rodzaj"):
        found = found.of_kind(kind)
    if region := chosen.get("wojewodztwo"):
        found = found.in_voivodeship(region)
    if topic := chosen.get("temat"):
        found = found.about(topic)
    if way := chosen.get("tryb"):
        found = found.held(way)
    return found


def listing(query: QueryDict, now: datetime) -> dict[str, Any]:
    """Cards and the form of filters."""
    form = filters(query)
    found = chosen_events(form)
    past = Paginator(found.past(now), PAST_A_PAGE).get_page(query.get("strona"))
    groups = {
        "ongoing": list(found.ongoing(now)),
        "upcoming": list(found.upcoming(now)),
        "past": list(past.object_list),
    }
    words = {
        event.source.pk: event for event in in_readers_words(e for group in groups.values() for e in group)
    }
    cards = {name: [card(words[event.pk], now) for event in group] for name, group in groups.items()}
    return {
        "form": form,
        "filtered": bool(form.chosen),
        "past_page": past,
        **{f"{name}_cards": group for name, group in cards.items()},
    }
