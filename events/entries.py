"""An event and its sessions as entries of a calendar. The online link is for participants only and is never here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.ical import Entry

if TYPE_CHECKING:
    from events.models import EventPage, EventSession


def entries_of(event: EventPage, request: HttpRequest) -> list[Entry]:
    """One for each day: nights between days of a forum are nobody's business. None while the date is not known."""
    from events.models.pages import warsaw

    days = sorted(event.source.days.all(), key=lambda day: day.date)
    return [
        _entry(
            event,
            request,
            # By number: a day that moves stays the same entry, and calendars move it.
            key=uuid5(event.translation_key, f"day-{number}"),
            title=_("%(title)s (dzień %(number)s z %(all)s)")
            % {"title": event.title, "number": number, "all": len(days)}
            if len(days) > 1
            else event.title,
            hours=(warsaw(day.date, day.start), warsaw(day.date, day.end)),
            text=event.summary,
        )
        for number, day in enumerate(days, 1)
    ]


def session_entry(event: EventPage, session: EventSession, request: HttpRequest) -> Entry | None:
    """None while the day of its block has no date."""
    from events.models.pages import warsaw

    days = sorted(event.source.days.all(), key=lambda day: day.date)
    block = session.block
    if block.day > len(days):
        return None
    day = days[block.day - 1].date
    return _entry(
        event,
        request,
        key=uuid5(event.translation_key, f"session-{session.pk}"),
        title=session.title,
        hours=(warsaw(day, block.start), warsaw(day, block.end)),
        text=f"{event.title}\n\n{session.summary}",
        room=session.room,
        anchor=f"#sesja-{session.pk}",
    )


def _entry(
    event: EventPage,
    request: HttpRequest,
    *,
    key: UUID,
    title: str,
    hours: tuple[datetime, datetime],
    text: str,
    room: str = "",
    anchor: str = "",
) -> Entry:
    source = event.source
    if source.cancelled:
        title = _("Odwołane: %(title)s") % {"title": title}
        text = f"{event.cancelled_note or source.cancelled_note}\n\n{text}"
    elif source.change_note:
        text = f"{event.change_note or source.change_note}\n\n{text}"
    return Entry(
        key=key,
        title=title,
        starts_at=hours[0],
        ends_at=hours[1],
        url=f"{event.get_full_url(request)}{anchor}",
        changed=source.last_published_at or source.latest_revision_created_at or hours[0],
        sequence=source.sequence,
        cancelled=source.cancelled,
        place=", ".join(part for part in (room, *_place(event)) if part),
        text=text.strip(),
    )


def _place(event: EventPage) -> list[str]:
    source = event.source
    parts = [source.place, source.address]
    if source.municipality and source.municipality.name not in " ".join(parts):
        parts.append(source.municipality.name)
    if source.online:
        parts.append(_("online"))
    return parts
