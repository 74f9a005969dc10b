"""Two of the staff decide at once: the last seat is given once, and each is told what became of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from events.models import EventIndexPage, EventPage, Registration, SeatLedger
from events.registration import seats
from events.staff import deciding
from tests.directory.test_import_together import threads, untouched  # noqa: F401
from tests.factories import EventIndexPageFactory, EventPageFactory, polish_home

from .test_seats import come
from .test_seats_together import Threads

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]),
]


def prepared() -> tuple[EventPage, list[int], User]:
    """A selection with one seat and two applications."""
    start = timezone.now() + timedelta(days=30)
    index = EventIndexPage.objects.first() or EventIndexPageFactory(parent=polish_home())
    page = EventPageFactory(parent=index, on=(start, start + timedelta(minutes=1)), mode="selection", seats=1)
    keys = [come(page, name, timezone.now()).pk for name in ("a", "b")]
    return page, keys, User.objects.create_superuser("koordynacja", "k@example.org", "x")


def press(page: EventPage, key: int, user: User) -> str:
    client = Client()
    client.force_login(user)
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = {"act": "offer", "chosen": [key], "until": until, "reason": ""}
    answer = client.post(f"/admin/wydarzenia/{page.pk}/nabor/", sent)
    assert answer.status_code == 302
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def counted() -> tuple[int, int]:
    return Registration.objects.filter(state="offered").count(), SeatLedger.objects.get().taken


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes both read how many seats are free before either takes one; with the lock on, one waits in vain."""

    def arrange(timeout: float) -> None:
        barrier, free = Barrier(2), seats.free

        def both_have_read(*args: Any) -> Any:
            found = free(*args)
            try:
                barrier.wait(timeout)
            except BrokenBarrierError:
                pass
            return found

        monkeypatch.setattr(seats, "free", both_have_read)

    return arrange


def test_the_last_seat_is_given_once(threads: Threads, meeting: Any) -> None:  # noqa: F811
    ((page, keys, user),) = threads(prepared)
    meeting(1)
    said = sorted(threads(*[partial(press, page, key, user) for key in keys]))
    assert said[0] == "Przyjęte osoby: 1."
    assert said[1].startswith("Zabrakło miejsc, bez zmian zostają (1)")
    assert threads(counted) == [(1, 1)]


def test_one_person_taken_by_two_has_one_seat(threads: Threads) -> None:  # noqa: F811
    ((page, keys, user),) = threads(prepared)
    said = sorted(threads(*[partial(press, page, keys[0], user)] * 2))
    assert said[0] == "Przyjęte osoby: 1."
    assert said[1].startswith("W ich stanie nie da się tego zrobić")
    assert threads(counted) == [(1, 1)]


def test_without_the_lock_both_get_the_last_seat(
    threads: Threads,  # noqa: F811
    meeting: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the test above is able to fail."""
    ((page, keys, user),) = threads(prepared)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(seats, "move", seats.move.__wrapped__)
        monkeypatch.setattr(deciding, "decide", deciding.decide.__wrapped__)
    meeting(5)
    threads(*[partial(press, page, key, user) for key in keys])
    ((offered, _taken),) = threads(counted)
    assert offered == 2
