"""The list of events: filtered by the address, each event in exactly one of ongoing, upcoming and past."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from events.display import card
from events.forms import EventFilters
from events.models import EventPage
from home.querysets import in_readers_words

PAST_A_PAGE = 12


def listing(query: QueryDict, now: datetime) -> dict[str, Any]:
    """Cards and the form of filters. What cannot be read in the address is left out and said in `form.errors`."""
    form = EventFilters(query)
    form.is_valid()
    found = EventPage.objects.sources().select_related("municipality", "locale", "cover")
    if kind := form.cleaned_data.get("rodzaj"):
        found = found.of_kind(kind)
    if region := form.cleaned_data.get("wojewodztwo"):
        found = found.in_voivodeship(region)
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
        "filtered": bool(kind or region),
        "past_page": past,
        **{f"{name}_cards": group for name, group in cards.items()},
    }
