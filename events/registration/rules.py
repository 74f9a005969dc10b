"""Who may have a seat: pure rules over plain values. Sources: docs/registration.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from events.models.registration import Registration

State = Registration.State

#: From which state to which one a person or the staff may bring a registration; the engine checks seats beside it.
PASSAGES: Mapping[str, frozenset[str]] = {
    State.APPLIED: frozenset({State.OFFERED, State.WAITING, State.REJECTED, State.WITHDRAWN}),
    State.OFFERED: frozenset({State.CONFIRMED, State.LAPSED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.WITHDRAWN}),
    State.WAITING: frozenset({State.OFFERED, State.CONFIRMED, State.REJECTED, State.WITHDRAWN}),
    State.REJECTED: frozenset({State.OFFERED, State.WAITING}),
    State.WITHDRAWN: frozenset({State.WAITING}),
    State.LAPSED: frozenset({State.WAITING}),
}


def passages(*, state: str, told: str) -> frozenset[str]:
    """Where a registration may go. What nobody was told has not happened: it may be taken back, or decided otherwise."""
    if state == told:
        return PASSAGES[state]
    return (PASSAGES[told] | {told}) - {state}


#: How long an offer from the reserve list stands, and how long before the event none is made any more.
OFFER = timedelta(days=3)
LAST_OFFER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Pool:
    """Reserved seats: how many, how many of them somebody has, and the day from which they are everybody's."""

    key: int
    seats: int
    taken: int
    opens_on: date


def free(
    *, seats: int | None, taken: int, pools: Iterable[Pool], pool: int | None, today: date
) -> int | None:
    """How many seats somebody of that pool (None: of none) may still take; None where there is no limit.

    What is reserved for others and not yet taken by them is not free; from its day on it is.
    """
    if seats is None:
        return None
    kept = sum(max(0, one.seats - one.taken) for one in pools if one.key != pool and today < one.opens_on)
    return max(0, seats - taken - kept)


def capacity(*, seats: int | None, taken: int) -> int | None:
    """Fewer seats on the page than are taken take nobody's away: they become fewer as they are given back."""
    return None if seats is None else max(seats, taken)


def offer_until(*, now: datetime, starts_at: datetime | None) -> datetime:
    """When an offer from the reserve list ends: after three days, and a day before the event at the latest."""
    until = now + OFFER
    return until if starts_at is None else max(now, min(until, starts_at - LAST_OFFER))


class Facts(Protocol):
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    address: str
    municipality_id: str | None
    online: bool
    cancelled: bool


def closed(event: Facts, now: datetime) -> bool:
    """Begun or cancelled: nobody gets a seat any more, and nothing about one changes."""
    return event.cancelled or (event.starts_at is not None and event.starts_at <= now)


def told(event: Facts) -> dict[str, Any]:
    """What a person plans by, as JSON: a change of it is told to everybody who has registered."""
    return {
        "starts_at": event.starts_at.astimezone(UTC).isoformat() if event.starts_at else "",
        "ends_at": event.ends_at.astimezone(UTC).isoformat() if event.ends_at else "",
        "place": [event.municipality_id or "", event.place, event.address, event.online],
        "cancelled": event.cancelled,
    }


def told_until(
    *, until: datetime | None, decided_at: datetime, now: datetime, starts_at: datetime | None
) -> datetime:
    """When an offer ends of which the person hears now, later than it was decided.

    Nobody gets less time than at the decision, or than an offer from the reserve list gives, whichever is shorter.
    """
    usual = offer_until(now=now, starts_at=starts_at)
    return usual if until is None else max(until, min(usual, now + (until - decided_at)))


def of_this_region(voivodeships: Collection[str], voivodeship: str) -> bool:
    """Whether an event for people from these voivodeships (none: from anywhere) is for somebody from there."""
    return not voivodeships or voivodeship in voivodeships
