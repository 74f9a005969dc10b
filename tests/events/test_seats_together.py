"""Many at once: no seat is given twice, nobody is lost, the queue is in order. Without the lock, seats are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from events.models import EventIndexPage, EventPage, Registration, SeatLedger
from events.registration import seats
from home.models.mail import OutboxMail
from tests.directory.test_import_together import threads, untouched  # noqa: F401
from tests.factories import EventIndexPageFactory, EventPageFactory, polish_home

from .test_seats import NOW, START, come

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]),
]
Threads = Callable[..., list[Any]]
SEATS, PEOPLE = 6, 16


def opened() -> EventPage:
    index = EventIndexPage.objects.first() or EventIndexPageFactory(parent=polish_home())
    return EventPageFactory(parent=index, on=(START, START.replace(hour=18)), mode="signup", seats=SEATS)


def counts() -> tuple[int, int, int]:
    rows = Registration.objects
    return rows.filter(state="confirmed").count(), rows.filter(state="waiting").count(), rows.count()


def numbers() -> list[int]:
    return list(Registration.objects.order_by("number").values_list("number", flat=True))


def test_a_rush_takes_every_seat_once(threads: Threads) -> None:  # noqa: F811
    (page,) = threads(opened)
    threads(*[partial(come, page, f"p{number}") for number in range(PEOPLE)])
    assert threads(counts) == [(SEATS, PEOPLE - SEATS, PEOPLE)]
    assert threads(numbers) == [list(range(1, PEOPLE + 1))]
    assert threads(OutboxMail.objects.count) == [PEOPLE]
    assert threads(lambda: SeatLedger.objects.get().taken) == [SEATS]


def test_one_form_sent_many_times_is_one_registration(threads: Threads) -> None:  # noqa: F811
    (page,) = threads(opened)
    threads(*[partial(come, page, "ten-sam")] * 8)
    assert threads(counts) == [(1, 0, 1)]


def test_those_who_give_up_at_once_each_promote_one(threads: Threads) -> None:  # noqa: F811
    (page,) = threads(opened)
    rows = [threads(partial(come, page, f"p{number}"))[0] for number in range(SEATS + 3)]
    threads(
        *[partial(seats.move, registration=row, to="withdrawn", now=NOW) for row in rows[:4]],
    )
    assert threads(counts) == [(SEATS - 1, 0, SEATS + 3)]
    assert threads(lambda: SeatLedger.objects.get().taken) == [SEATS - 1]


def test_without_the_lock_seats_are_given_twice(
    threads: Threads,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from threading import Barrier, BrokenBarrierError

    (page,) = threads(opened)
    threads(*[partial(come, page, f"p{number}") for number in range(SEATS - 1)])
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(seats, "register", seats.register.__wrapped__)
        monkeypatch.setattr(seats, "transaction", SimpleNamespace(atomic=nullcontext))
    barrier, free = Barrier(2), seats.free

    def both_have_read(*args: Any) -> Any:
        found = free(*args)
        try:
            barrier.wait(5)
        except BrokenBarrierError:
            pass
        return found

    monkeypatch.setattr(seats, "free", both_have_read)

    def rush(name: str) -> str:
        try:
            return str(come(page, name).state)
        except Exception as error:
            return type(error).__name__

    said = threads(partial(rush, "x"), partial(rush, "y"))
    # Both saw the last seat: two have it, or the constraint on the order stops one with an error.
    assert sorted(said) in (["confirmed", "confirmed"], ["IntegrityError", "confirmed"])
