"""Taking and giving back seats. Every passage locks the event's ledger, so that two at once come one after the other.

On PostgreSQL the lock is the ledger's row; on SQLite a transaction that writes is alone from its beginning. The constraint
`no_seat_is_sold_twice` stands behind both.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from events.enums import Mode
from events.models import EventPage
from events.models.registration import (
    Registration,
    RegistrationEvent,
    ReservedSeats,
    SeatLedger,
    SupportNeeds,
)
from home.privacy.hashing import keyed_hash

from . import letters, rules

State = Registration.State


class NotAllowed(Exception):
    """A passage that the rules don't know, or that somebody else made meanwhile."""


class NoSeat(Exception):
    """All seats that this person could have are taken."""


def address_hash(address: str) -> str:
    return keyed_hash("events.registration", address)


def locked(page: EventPage) -> SeatLedger:
    """The event's ledger, locked until the transaction ends, with the seats that its page says now."""
    SeatLedger.objects.get_or_create(
        page_id=page.pk, defaults={"seats": page.seats, "told": rules.told(page)}
    )
    ledger = SeatLedger.objects.select_for_update().get(page_id=page.pk)
    fit(ledger)
    return ledger


def fit(ledger: SeatLedger) -> None:
    """The ledger's seats as the page and what is taken give them now."""
    seats = EventPage.objects.values_list("seats", flat=True).get(pk=ledger.page_id)
    ledger.seats = rules.capacity(seats=seats, taken=ledger.taken)


def free(ledger: SeatLedger, pool: int | None, now: datetime) -> int | None:
    """Seats that somebody of that pool may take now. The ledger is locked."""
    holding = Registration.objects.holding().filter(page_id=ledger.page_id)
    taken = dict(holding.exclude(pool=None).values_list("pool").annotate(Count("pk")))
    pools = [
        rules.Pool(row.pk, row.seats, taken.get(row.pk, 0), row.opens_on)
        for row in ReservedSeats.objects.filter(page_id=ledger.page_id)
    ]
    return rules.free(
        seats=ledger.seats, taken=ledger.taken, pools=pools, pool=pool, today=timezone.localdate(now)
    )


def has_room(ledger: SeatLedger, pool: int | None, now: datetime) -> bool:
    """Whether somebody of that pool may take a seat now. The ledger is locked."""
    left = free(ledger, pool, now)
    return left is None or left > 0


def end_of_queue(page_id: int, now: datetime) -> datetime:
    """A moment after that of everybody who waits: clocks of two servers differ, and a lock is not got in the order of asking.

    The ledger is locked.
    """
    last = Registration.objects.queue().filter(page_id=page_id).aggregate(last=Max("queued_at"))["last"]
    return now if last is None or now > last else last + timedelta(microseconds=1)


@transaction.atomic
def register(
    *, page: EventPage, person: dict[str, Any], needs: dict[str, str], now: datetime, pool: int | None = None
) -> tuple[Registration, bool]:
    """Store somebody who signs up or applies; (the registration, whether it is new).

    Sign-up: a seat, or the end of the waiting list where there is none or somebody waits already. Selection: awaiting a
    decision. The same address at the same event is the registration that is there already: nothing changes.
    """
    ledger = locked(page)
    known = address_hash(person["email"])
    if there := Registration.objects.filter(page_id=page.pk, address_hash=known).first():
        return there, False
    state = State.APPLIED
    if page.mode == Mode.SIGNUP:
        waits = Registration.objects.queue().filter(page_id=page.pk, pool=pool).exists()
        state = State.CONFIRMED if not waits and has_room(ledger, pool, now) else State.WAITING
    made = Registration.objects.create(
        page_id=page.pk,
        pool_id=pool,
        number=ledger.next_number,
        address_hash=known,
        state=state,
        told_state=state,
        state_changed_at=now,
        created_at=now,
        queued_at=end_of_queue(page.pk, now) if state == State.WAITING else None,
        **person,
    )
    if any(needs.values()):
        SupportNeeds.objects.create(registration=made, **needs)
    RegistrationEvent.objects.create(registration=made, after=state, at=now)
    ledger.next_number += 1
    ledger.taken += state in Registration.HOLDING
    ledger.save()
    letters.state_told(made, now)
    return made, True


@transaction.atomic
def move(
    *,
    registration: Registration,
    to: str,
    now: datetime,
    user: Any = None,
    reason: str = "",
    until: datetime | None = None,
    tell: bool = True,
) -> Registration:
    """Bring a registration into another state and, where that frees a seat, the next ones of the queue into theirs.

    Without `tell` the person hears nothing yet (events.registration.telling), and it may be taken back.

    Raises NotAllowed for a passage that is none (any more) and NoSeat where there is no seat for it.
    """
    ledger = locked(registration.page)
    row = Registration.objects.select_for_update().select_related("page").get(pk=registration.pk)
    if to not in rules.passages(state=row.state, told=row.told_state):
        raise NotAllowed(f"{row.state} → {to}")
    held, holds = row.state in Registration.HOLDING, to in Registration.HOLDING
    if holds and not held and not has_room(ledger, row.pool_id, now):
        raise NoSeat
    if row.state == State.OFFERED and to == State.CONFIRMED and row.offer_until and row.offer_until < now:
        raise NotAllowed("the offer is over")
    enter(row, to, now, user=user, reason=reason, until=until, tell=tell)
    ledger.taken += holds - held
    fit(ledger)
    ledger.save()
    if held and not holds:
        fill(ledger, now)
    return row


def enter(
    row: Registration,
    to: str,
    now: datetime,
    *,
    user: Any = None,
    reason: str = "",
    until: datetime | None = None,
    tell: bool = True,
) -> None:
    """Write a passage down. The ledger is locked and counted by the caller."""
    before, row.state = row.state, to
    row.state_changed_at = now
    # Who was told of a place in the queue has it again when a decision is taken back.
    if to == State.WAITING and row.told_state != State.WAITING:
        row.queued_at = end_of_queue(row.page_id, now)
    row.offer_until = until if to == State.OFFERED else None
    row.told_state = to if tell else row.told_state
    row.save(update_fields=["state", "told_state", "state_changed_at", "queued_at", "offer_until"])
    RegistrationEvent.objects.create(
        registration=row, before=before, after=to, at=now, user=user, reason=reason
    )
    if tell:
        letters.state_told(row, now)


def fill(ledger: SeatLedger, now: datetime) -> int:
    """Give free seats to those who wait, in their order; how many got one. The ledger is locked.

    Sign-up gives the seat itself; selection offers it, with a deadline. Nobody gets one once the event has begun, or
    before they know that they are on the list.
    """
    page = EventPage.objects.get(pk=ledger.page_id)
    if rules.closed(page, now):
        return 0
    given = 0
    told = Registration.objects.queue().filter(page_id=page.pk, told_state=State.WAITING)
    for row in told.select_related("page"):
        if not has_room(ledger, row.pool_id, now):
            if row.pool_id is None:
                break
            continue
        if page.mode == Mode.SIGNUP:
            enter(row, State.CONFIRMED, now)
        else:
            until = rules.offer_until(now=now, starts_at=page.starts_at)
            if until <= now:
                break
            enter(row, State.OFFERED, now, until=until)
        ledger.taken += 1
        ledger.save()
        given += 1
    return given


def lapse_late(now: datetime) -> int:
    """The clock's part: offers whose deadline is over go to the next in order; how many were over."""
    done = 0
    for row in Registration.objects.late(now).select_related("page").order_by("offer_until", "pk")[:200]:
        try:
            move(registration=row, to=State.LAPSED, now=now)
        except NotAllowed:
            continue  # confirmed or given up meanwhile
        done += 1
    return done


def open_seats(now: datetime) -> int:
    """The clock's part: seats that the page got, or that are reserved no more, go to those who wait; how many."""
    waiting = Registration.objects.filter(state=State.WAITING).values_list("page_id", flat=True)
    given = 0
    for page in EventPage.objects.filter(pk__in=set(waiting), starts_at__gt=now, cancelled=False):
        with transaction.atomic():
            given += fill(locked(page), now)
    return given
