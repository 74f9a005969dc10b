"""When an event has changed so much that a calendar must tell people: its SEQUENCE (RFC 5545, 3.8.7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from events.models import EventPage

PLACE = ("municipality_id", "place", "address", "online", "cancelled")


def sequence_after(event: EventPage) -> int:
    """The number that the event has once it is published as it now stands.

    Compared with what the database holds, which is what was published last, so that asking twice, or from an old draft,
    raises it once. An event that was never public keeps its number.
    """
    from events.models import EventPage, EventSession

    if not event.pk:
        return event.sequence
    stored = EventPage.objects.filter(pk=event.pk).defer("body").first()
    if stored is None or not (stored.live or stored.first_published_at):
        return event.sequence
    moved = any(getattr(stored, name) != getattr(event, name) for name in PLACE)
    moved = moved or _days(stored) != _days(event)
    if not moved:
        rows = EventSession.objects.filter(block__page=event.pk).values_list(
            "pk", "block__day", "block__start", "block__end", "room"
        )
        before = {pk: seat for pk, *seat in rows}
        moved = any(before.get(pk, seat) != seat for pk, seat in _sessions(event))
    return stored.sequence + moved


def _days(event: EventPage) -> list[tuple[Any, ...]]:
    return sorted((day.date, day.start, day.end) for day in event.days.all())


def _sessions(event: EventPage) -> list[tuple[int | None, list[Any]]]:
    return [
        (session.pk, [block.day, block.start, block.end, session.room])
        for block in event.blocks.all()
        for session in block.sessions.all()
    ]
