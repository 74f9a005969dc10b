"""The programme as readers see it: days of slots of sessions, narrowed by topic and format."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Practitioner, Topic
from directory.terms import term_names
from events.enums import Format, Language

if TYPE_CHECKING:
    from events.models import EventBlock, EventPage, EventSession


def programme_context(event: EventPage, query: QueryDict) -> dict[str, Any]:
    """`programme`: all the days; what `temat` and `forma` of the address leave out is `off`, there but hidden, so that a
    script can show it without asking again. What no session has is no filter.

    A constant number of queries, whatever the number of sessions.
    """
    blocks = _blocks(event)
    sessions = [session for block in blocks for session in block.sessions.all()]
    names = term_names(Topic)
    filters = [
        _filter("temat", _("Temat"), query, {one.topic: names.get(one.topic, "") for one in sessions}),
        _filter("forma", _("Forma"), query, {one.format: str(one.get_format_display()) for one in sessions}),
    ]
    chosen = {name: value for name, _label, value, _options in filters if value}
    return {
        "programme": _days(event, blocks, chosen),
        "programme_filters": [one for one in filters if len(one[3]) > 1],
        "programme_narrowed": bool(chosen),
        "has_sessions": bool(sessions),
    }


def _filter(
    name: str, label: str, query: QueryDict, options: dict[str, str]
) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Name in the address, label, what is chosen, and (value, words) of what there is."""
    known = {value: words for value, words in options.items() if value and words}
    asked = query.get(name, "")
    return name, label, asked if asked in known else "", sorted(known.items(), key=lambda one: one[1])


def _blocks(event: EventPage) -> list[EventBlock]:
    from events.models import SessionLeader

    source = event.source
    if source.pk:
        leaders = SessionLeader.objects.select_related("practitioner")
        prefetch_related_objects([source], Prefetch("blocks__sessions__leaders", leaders), "days")
    return sorted(source.blocks.all(), key=lambda block: (block.day, block.start, block.sort_order or 0))


def _days(event: EventPage, blocks: list[EventBlock], chosen: dict[str, str]) -> list[dict[str, Any]]:
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
    dates = dict(enumerate(sorted(day.date for day in event.source.days.all()), 1))
    # A preview of a page that was never stored has no address to hang files on.
    address = event.get_url() or "" if event.source.pk else ""
    return [
        _day(number, dates.get(number), list(slots), public, chosen, address)
        for number, slots in groupby(blocks, key=lambda block: block.day)
    ]


def _day(
    number: int,
    day: date | None,
    blocks: list[EventBlock],
    public: dict[Any, Any],
    chosen: dict[str, str],
    address: str,
) -> dict[str, Any]:
    weekday = date_format(day, "l") if day else _("Dzień %(number)s") % {"number": number}
    slots = [_slot(block, public, chosen, address if day else "") for block in blocks]
    return {
        "title": weekday[:1].upper() + weekday[1:],
        "date": date_format(day, "j E") if day else "",
        "slots": slots,
        "off": all(slot["off"] for slot in slots),
    }


def _slot(block: EventBlock, public: dict[Any, Any], chosen: dict[str, str], address: str) -> dict[str, Any]:
    from events.display import hours

    sessions = [
        _session(session, public, address) | {"off": not _fits(session, chosen)}
        for session in block.sessions.all()
    ]
    return {
        "time": hours(block.start, block.end),
        "title": block.title,
        "text": block.note,
        "sessions": sessions,
        "off": bool(chosen) and all(session["off"] for session in sessions),
    }


def _fits(session: EventSession, chosen: dict[str, str]) -> bool:
    return chosen.get("temat", session.topic) == session.topic and (
        chosen.get("forma", session.format) == session.format
    )


def _session(session: EventSession, public: dict[Any, Any], address: str) -> dict[str, Any]:
    leaders = [
        public.get(leader.practitioner.translation_key, (leader.practitioner.name, ""))
        for leader in session.leaders.all()
    ]
    outside = [name.strip() for name in session.outside_leaders.split(",") if name.strip()]
    notes = [
        term_names(Topic).get(session.topic, "") if session.topic else "",
        str(session.get_level_display()) if session.level else "",
        str(session.get_language_display()) if session.language != Language.POLISH else "",
        _("tłumaczenie na PJM") if session.sign_language else "",
        ngettext("%(count)s miejsce", "%(count)s miejsc", session.seats) % {"count": session.seats}
        if session.seats
        else "",
    ]
    kept = bool(session.pk) and session.format != Format.BREAK
    return {
        "id": f"sesja-{session.pk}" if session.pk else "",
        "room": session.room,
        "title": session.title,
        "format": session.get_format_display(),
        "kind": session.format,
        "topic": session.topic,
        "text": session.summary,
        "leaders": [*leaders, *((name, "") for name in outside)],
        "notes": ", ".join(note for note in notes if note),
        "calendar_url": f"{address}sesja-{session.pk}.ics" if kept and address else "",
    }
