"""What the pages of events show: plain values for the components."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.models import Practitioner, Voivodeship
from directory.terms import in_readers_language
from events.enums import Kind, Mode
from events.status import Facts, is_past, status, steps, takes_applications
from home.cards import Card
from home.typography import date_range, zlotys

if TYPE_CHECKING:
    from events.models import EventBlock, EventPage, EventSession


def facts_of(event: EventPage) -> Facts:
    source = event.source
    return Facts(
        starts_at=source.starts_at,
        ends_at=source.ends_at,
        mode=source.mode,
        applications_open=source.applications_open,
        applications_close=source.applications_close,
        decision_by=source.decision_by,
        confirm_by=source.confirm_by,
        cancelled=source.cancelled,
        full=source.full,
    )


def days_range(event: EventPage) -> str:
    """ "4–5 lutego 2027"; that the date is not known yet, when there are no days."""
    source = event.source
    if not source.starts_at or not source.ends_at:
        return _("termin podamy wkrótce")
    return date_range(timezone.localdate(source.starts_at), timezone.localdate(source.ends_at))


def card(event: EventPage, now: datetime) -> Card:
    source = event.source
    start = timezone.localdate(source.starts_at) if source.starts_at else None
    this_year = start is None or start.year == timezone.localdate(now).year
    return event.card_with(
        kicker=" · ".join(part for part in (source.get_kind_display(), event.town) if part),
        meta=" · ".join(part for part in (days_range(event), meant_for(source.voivodeships)) if part),
        date=start,
        day=str(start.day) if start else "",
        month=date_format(start, "E" if this_year else "E Y") if start else _("wkrótce"),
        status=status(facts_of(event), now),
    )


def meant_for(slugs: Iterable[str]) -> str:
    """For people from which voivodeships, or nothing when from anywhere."""
    regions = [Voivodeship(slug) for slug in slugs if slug in Voivodeship.values]
    if not regions:
        return ""
    # Every one of the sixteen names ends in -kie, and its genitive in -kiego.
    names = [region.english if get_language() == "en" else f"{region.polish}go" for region in regions]
    *first, last = names
    joined = _("%(first)s i %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    return ngettext("dla osób z województwa %(names)s", "dla osób z województw %(names)s", len(names)) % {
        "names": joined
    }


def hour(value: time) -> str:
    """ "9.00" in Polish, "9:00" in English."""
    return time_format(value, "G:i" if get_language() == "en" else "G.i")


def hours(start: time, end: time) -> str:
    return f"{hour(start)}–{hour(end)}"


def when(event: EventPage) -> SafeString | str:
    """Every day with its hours, a line a day."""
    days = sorted(event.source.days.all(), key=lambda day: day.date)
    if not days:
        return days_range(event)
    lines = [(date_format(day.date, "l, j E Y"), hours(day.start, day.end)) for day in days]
    return format_html_join(SafeString("<br>"), "{}, {}", lines)


def facts(event: EventPage) -> list[tuple[str, object]]:
    source = event.source
    place = [event.told("place"), event.told("address")]
    if source.municipality and source.municipality.name not in " ".join(place):
        place.append(source.municipality.name)
    where = format_html_join(SafeString(",<br>"), "{}", [(part,) for part in place if part])
    if source.online:
        where = format_html("{}{}{}", where, SafeString("<br>") if where else "", _("online"))
    region = meant_for(source.voivodeships)
    rows: list[tuple[str, object]] = [
        (_("Kiedy"), when(event)),
        (_("Gdzie"), where),
        (_("Gmina"), source.municipality.link if source.municipality else ""),
        (_("Dla kogo"), event.told("audience")),
        (_("Skąd"), region[:1].upper() + region[1:]),
        (_("Miejsca"), source.seats or ""),
        (_("Opłata"), zlotys(source.price) if source.price else _("bez opłat")),
        (_("Dostępność"), event.told("accessibility")),
        (_("Dojazd"), event.told("getting_there")),
        (_("Organizatorzy"), event.told("organisers")),
    ]
    return [(name, str(value) if isinstance(value, int) else value) for name, value in rows if value]


def programme(event: EventPage) -> list[dict[str, Any]]:
    """Days of slots of sessions for components/programme.html. Leaders have an address only if the public sees them.

    A constant number of queries, whatever the number of sessions.
    """
    from events.models import SessionLeader

    source = event.source
    if source.pk:
        leaders = SessionLeader.objects.select_related("practitioner")
        prefetch_related_objects([source], Prefetch("blocks__sessions__leaders", leaders), "days")
    blocks = sorted(source.blocks.all(), key=lambda block: (block.day, block.start, block.sort_order or 0))
    people = {
        leader.practitioner.translation_key
        for block in blocks
        for session in block.sessions.all()
        for leader in session.leaders.all()
    }
    public = {
        person.translation_key: (person.name, person.get_absolute_url())
        for person in (Practitioner.objects.visible().filter(translation_key__in=people) if people else ())
    }
    dates = dict(enumerate(sorted(day.date for day in source.days.all()), 1))
    return [
        _day(number, dates.get(number), list(slots), public)
        for number, slots in groupby(blocks, key=lambda block: block.day)
    ]


def _day(number: int, day: date | None, blocks: list[EventBlock], public: dict[Any, Any]) -> dict[str, Any]:
    weekday = date_format(day, "l") if day else _("Dzień %(number)s") % {"number": number}
    return {
        "title": weekday[:1].upper() + weekday[1:],
        "date": date_format(day, "j E") if day else "",
        "slots": [
            {
                "time": hours(block.start, block.end),
                "title": block.title,
                "text": block.note,
                "sessions": [_session(session, public) for session in block.sessions.all()],
            }
            for block in blocks
        ],
    }


def _session(session: EventSession, public: dict[Any, Any]) -> dict[str, Any]:
    leaders = [
        public.get(leader.practitioner.translation_key, (leader.practitioner.name, ""))
        for leader in session.leaders.all()
    ]
    outside = [name.strip() for name in session.outside_leaders.split(",") if name.strip()]
    return {
        "id": f"sesja-{session.pk}" if session.pk else "",
        "room": session.room,
        "title": session.title,
        "format": session.get_format_display(),
        "text": session.summary,
        "leaders": [*leaders, *((name, "") for name in outside)],
    }


def ticket(event: EventPage, now: datetime) -> dict[str, Any]:
    """How a seat is got: title, status, steps and a word when the event is cancelled."""
    source = event.source
    known = facts_of(event)
    state = status(known, now)
    rows = steps(known, event.town, now)
    title = _("Jak dostać miejsce")
    text = ""
    if source.cancelled:
        title, text = _("Wydarzenie odwołane"), event.cancelled_note or source.cancelled_note
    elif is_past(known, now):
        title = _("To już za nami")
    elif source.starts_at and source.starts_at <= now:
        title = _("Spotkanie trwa")
    elif not rows:
        text = _("Terminy zgłoszeń podamy wkrótce.")
    found = {"title": title, "status": state, "steps": rows, "text": text}
    if takes_applications(known, now) and source.kind != Kind.STUDY_VISIT:
        selection = source.mode == Mode.SELECTION
        found["button"] = _("Wyślij zgłoszenie") if selection else _("Zapisz się")
        found["url"] = reverse("event_register", args=[source.slug])
    return found


def json_ld(event: EventPage, url: str) -> dict[str, Any]:
    """Schema.org Event; facts of the Polish source, words of this page."""
    source = event.source
    venue = source.place or source.municipality
    online = {"@type": "VirtualLocation", "url": url}
    place = {
        "@type": "Place",
        "name": source.place or (source.municipality.name if source.municipality else ""),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": source.address,
            "addressLocality": source.municipality.name if source.municipality else "",
            "addressCountry": "PL",
        },
    }
    mode = "MixedEventAttendanceMode" if venue else "OnlineEventAttendanceMode"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "inLanguage": event.locale.language_code,
        "eventStatus": f"https://schema.org/Event{'Cancelled' if source.cancelled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/"
        + (mode if source.online else "OfflineEventAttendanceMode"),
        "isAccessibleForFree": not source.price,
        "offers": {"@type": "Offer", "price": str(source.price), "priceCurrency": "PLN", "url": url},
    }
    if venue and source.online:
        data["location"] = [place, online]
    elif venue or source.online:
        data["location"] = place if venue else online
    if source.starts_at and source.ends_at:
        data["startDate"] = timezone.localtime(source.starts_at).isoformat()
        data["endDate"] = timezone.localtime(source.ends_at).isoformat()
    if source.organisers:
        data["organizer"] = {"@type": "Organization", "name": source.organisers}
    if source.seats:
        data["maximumAttendeeCapacity"] = source.seats
    return data


def kind_label(event: EventPage) -> str:
    source = event.source
    label = str(source.get_kind_display())
    if source.kind == Kind.SEMINAR and source.seminar_kind:
        return f"{label} {source.get_seminar_kind_display()}"
    return label


def event_context(event: EventPage, now: datetime, url: str) -> dict[str, Any]:
    days = programme(event)
    return {
        "kicker": " · ".join(part for part in (kind_label(event), days_range(event), event.town) if part),
        "ticket": ticket(event, now),
        "facts": facts(event),
        "programme": days,
        "programme_note": ""
        if is_past(facts_of(event), now)
        else _("Godziny mogą się przesunąć o kwadrans."),
        "programme_lang": event.source.locale.language_code,
        "topics": [term.name for term in in_readers_language(event.source.topics.all())],
        "methods": [term.name for term in in_readers_language(event.source.methods.all())],
        "json_ld": json_ld(event, url),
    }
