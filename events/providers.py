"""What this part tells the others (home.registry)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.display import card, hours
from events.enums import Kind
from events.models import EventIndexPage, EventPage, EventSession
from home.cards import Card
from home.querysets import in_readers_words
from home.registry import Count, Section
from home.typography import date_range

PROMISED = {
    "national_forums": Kind.NATIONAL_FORUM,
    "regional_forums": Kind.REGIONAL_FORUM,
    "seminars": Kind.SEMINAR,
    "youth_forums": Kind.YOUTH_FORUM,
    "study_visits": Kind.STUDY_VISIT,
}
MOST_CARDS = 12


def promise(kind: Kind) -> Callable[[datetime], Count]:
    """Done are those over and not cancelled; planned those that have a date and are not over. One query."""

    def count(now: datetime) -> Count:
        dated = EventPage.objects.sources().of_kind(kind).not_cancelled().filter(starts_at__isnull=False)
        events = list(
            dated.select_related("municipality", "locale").defer("body").order_by("starts_at", "pk")
        )
        ahead = [event for event in events if event.ends_at and event.ends_at > now]
        return Count(len(events) - len(ahead), len(ahead), next_one(ahead[0], now) if ahead else "")

    return count


def next_one(event: EventPage, now: datetime) -> str:
    """ "następne 4–5 lutego, Łódź"; with the year when it is more than half a year away."""
    if not event.starts_at or not event.ends_at:
        return ""
    first, last = timezone.localdate(event.starts_at), timezone.localdate(event.ends_at)
    days = date_range(first, last)
    if event.starts_at - now < timedelta(days=180):
        days = days.removesuffix(f" {date_format(last, 'Y')}")
    return _("następne %(when)s") % {"when": ", ".join(part for part in (days, event.town) if part)}


def upcoming_events(now: datetime, limit: int) -> Sequence[Card]:
    """Ongoing and upcoming, without those cancelled or not dated."""
    rows = EventPage.objects.sources().not_cancelled().filter(ends_at__gt=now).order_by("starts_at", "pk")
    found = rows.select_related("municipality", "locale", "cover")[:limit]
    return [card(event, now) for event in in_readers_words(found)]


def sessions_led(practitioner: Any) -> Section | None:
    """Sessions on the programmes of public events that this person leads, the latest first."""
    rows = (
        EventSession.objects.filter(
            leaders__practitioner__translation_key=practitioner.translation_key,
            block__page__in=EventPage.objects.sources().not_cancelled(),
        )
        .select_related("block__page__municipality", "block__page__locale")
        .order_by("-block__page__starts_at", "block__day", "block__start")[:MOST_CARDS]
    )
    cards = []
    for session in rows:
        event = session.block.page
        start = timezone.localdate(event.starts_at) if event.starts_at else None
        cards.append(
            Card(
                title=session.title,
                url=f"{event.get_url()}#sesja-{session.pk}",
                text=session.summary,
                kicker=event.title,
                meta=" · ".join(
                    part
                    for part in (
                        str(session.get_format_display()),
                        date_format(start, "j E Y") if start else "",
                        hours(session.block.start, session.block.end),
                        event.town,
                    )
                    if part
                ),
                date=start,
                cover_topic=event.cover_topic,
                cover_seed=event.slug,
                lang=event.locale.language_code,
            )
        )
    return Section(_("Sesje i warsztaty"), cards) if cards else None


def events_in(municipality: Any) -> Section | None:
    rows = (
        EventPage.objects.sources()
        .filter(municipality=municipality)
        .order_by("-starts_at", "-pk")[:MOST_CARDS]
    )
    now = timezone.now()
    events = in_readers_words(rows.select_related("municipality", "locale", "cover"))
    index = EventIndexPage.objects.visible().first()
    url = index.get_url() if index else ""
    return Section(_("Wydarzenia"), [card(event, now) for event in events], url or "") if events else None
