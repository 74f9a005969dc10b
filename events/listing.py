"""The list of events, filtered by the address: each in exactly one of ongoing, upcoming and past, or days of a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models import Topic
from directory.terms import term_names
from events.display import card, hours, kind_label
from events.forms import EventFilters
from events.models import EventPage
from events.month import Month, weeks
from events.querysets import EventPageQuerySet
from home.querysets import in_readers_words
from search.analysis import fold

PAST_A_PAGE = 12
MONTH_VIEW = "miesiac"
WEEK = timedelta(days=7)  # days of the neighbours fill the first and the last week


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


def index_context(query: QueryDict, now: datetime, address: str, feed: str) -> dict[str, Any]:
    """The page at `address`: the list, or with `widok=miesiac` the month of `miesiac`; `feed` is its calendar file."""
    form = filters(query)
    found = chosen_events(form)
    asked = urlencode(form.chosen)
    as_month = query.get("widok") == MONTH_VIEW
    return {
        "form": form,
        "filtered": bool(form.chosen),
        "as_month": as_month,
        "views": [
            (_("Lista"), f"{address}?{asked}" if asked else address, not as_month),
            (_("Kalendarz"), f"?{urlencode(form.chosen | {'widok': MONTH_VIEW})}", as_month),
        ],
        "feed": f"{feed}?{asked}" if asked else feed,
        **(monthly(form, found, query, now) if as_month else listing(found, query, now)),
    }


def listing(found: EventPageQuerySet, query: QueryDict, now: datetime) -> dict[str, Any]:
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
    return {"past_page": past, **{f"{name}_cards": group for name, group in cards.items()}}


def monthly(form: EventFilters, found: EventPageQuerySet, query: QueryDict, now: datetime) -> dict[str, Any]:
    """The month's weeks for the table and its days with events for the list. A month that cannot be read is this one."""
    today = timezone.localdate(now)
    asked = query.get("miesiac", "")
    month = Month.read(asked) or Month.of(today)
    events = in_readers_words(found.in_days(month.first - WEEK, month.last + WEEK).prefetch_related("days"))
    rows = weeks(month, today, sorted(_days_of(events), key=lambda row: (row[0], row[1].starts)))
    return {
        "month": month,
        "weeks": rows,
        "weekdays": [date_format(day.date, "l") for day in rows[0]],
        "busy": [day for week in rows for day in week if day.ours and day.items],
        "month_wrong": bool(asked) and not Month.read(asked),
        "around": [
            (rel, date_format(other.first, "F Y"), f"?{urlencode(_keeping(form, other))}")
            for rel, other in (("prev", month.previous), ("next", month.next))
            if Month.read(str(other))
        ],
        "this_month": "" if month == Month.of(today) else f"?{urlencode(_keeping(form, None))}",
    }


def _keeping(form: EventFilters, month: Month | None) -> dict[str, str]:
    kept = form.chosen | {"widok": MONTH_VIEW}
    return kept | {"miesiac": str(month)} if month else kept


@dataclass(frozen=True, slots=True)
class Held:
    """One day of an event in the month: `part` says which of several days it is."""

    title: str
    url: str
    starts: time
    hours: str
    kind: str
    part: str
    cancelled: bool
    lang: str


def _days_of(events: Iterable[EventPage]) -> Iterator[tuple[date, Held]]:
    for event in events:
        days = sorted(event.source.days.all(), key=lambda day: day.date)
        for number, day in enumerate(days, 1):
            yield (
                day.date,
                Held(
                    title=event.title,
                    url=event.get_url() or "",
                    starts=day.start,
                    hours=hours(day.start, day.end),
                    kind=" · ".join(part for part in (kind_label(event), event.town) if part),
                    part=_("dzień %(number)s z %(all)s") % {"number": number, "all": len(days)}
                    if len(days) > 1
                    else "",
                    cancelled=event.source.cancelled,
                    lang=event.locale.language_code,
                ),
            )
