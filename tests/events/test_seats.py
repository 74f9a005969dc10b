"""Seats: who gets one, who waits, who moves up, and that no seat is given twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models import (
    EventIndexPage,
    EventPage,
    Registration,
    RegistrationEvent,
    ReservedSeats,
    SeatLedger,
)
from events.registration import rules, seats
from home.models.mail import OutboxMail
from tests.factories import EventIndexPageFactory, EventPageFactory

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
START = NOW + timedelta(days=30)
State = Registration.State


def event(home: Any, **fields: Any) -> EventPage:
    index = EventIndexPage.objects.first() or EventIndexPageFactory(parent=home)
    on = fields.pop("on", (START, START + timedelta(hours=6)))
    return EventPageFactory(parent=index, on=on, **{"mode": "signup", "seats": 2} | fields)


def come(page: EventPage, name: str, now: datetime = NOW, pool: int | None = None) -> Registration:
    person = {"name": name, "email": f"{name}@example.org"}
    return seats.register(page=page, person=person, needs={}, now=now, pool=pool)[0]


def states(page: EventPage) -> dict[str, str]:
    return dict(Registration.objects.filter(page=page).order_by("number").values_list("name", "state"))


def taken(page: EventPage) -> int:
    return SeatLedger.objects.get(page=page).taken


@pytest.mark.django_db
class TestSignUp:
    def test_first_come_first_served_then_a_queue_in_order(self, home: Any) -> None:
        page = event(home)
        for name in "abcd":
            come(page, name)
        assert states(page) == {"a": "confirmed", "b": "confirmed", "c": "waiting", "d": "waiting"}
        assert [one.name for one in Registration.objects.queue()] == ["c", "d"]
        assert taken(page) == 2

    def test_who_gives_a_place_up_promotes_the_first_who_waits(self, home: Any) -> None:
        page = event(home)
        first = [come(page, name) for name in "abcd"][0]
        seats.move(registration=first, to=State.WITHDRAWN, now=NOW)
        assert states(page) == {"a": "withdrawn", "b": "confirmed", "c": "confirmed", "d": "waiting"}
        assert taken(page) == 2
        told = (
            OutboxMail.objects.filter(recipient="c@example.org").order_by("pk").values_list("kind", flat=True)
        )
        assert list(told) == ["event-waiting", "event-confirmed"]

    def test_who_comes_later_does_not_overtake_the_queue(self, home: Any) -> None:
        page = event(home)
        for name in "abc":
            come(page, name)
        EventPage.objects.filter(pk=page.pk).update(seats=3)
        assert come(page, "d").state == "waiting"
        assert seats.open_seats(NOW) == 1
        assert states(page)["c"] == "confirmed"
        assert states(page)["d"] == "waiting"

    def test_who_comes_back_is_the_last_of_the_queue(self, home: Any) -> None:
        page = event(home)
        first, *_ = [come(page, name) for name in "abc"]
        seats.move(registration=first, to=State.WITHDRAWN, now=NOW)
        come(page, "d", NOW + timedelta(minutes=1))
        seats.move(registration=first, to=State.WAITING, now=NOW + timedelta(minutes=2))
        assert [one.name for one in Registration.objects.queue()] == ["d", "a"]

    def test_who_asked_first_but_came_later_waits_behind(self, home: Any) -> None:
        page = event(home, seats=1)
        come(page, "zero")
        come(page, "first", NOW + timedelta(seconds=1))
        come(page, "second", NOW)
        assert [one.name for one in Registration.objects.queue()] == ["first", "second"]

    def test_the_same_address_comes_once(self, home: Any) -> None:
        page = event(home)
        come(page, "a")
        again, new = seats.register(
            page=page, person={"name": "A", "email": " A@EXAMPLE.org"}, needs={}, now=NOW
        )
        assert (again.name, new, taken(page), OutboxMail.objects.count()) == ("a", False, 1, 1)

    def test_fewer_seats_take_nobodys_away(self, home: Any) -> None:
        page = event(home)
        first, second = (come(page, name) for name in "ab")
        EventPage.objects.filter(pk=page.pk).update(seats=1)
        assert come(page, "c").state == "waiting"
        seats.move(registration=first, to=State.WITHDRAWN, now=NOW)
        assert states(page) == {"a": "withdrawn", "b": "confirmed", "c": "waiting"}

    def test_nobody_moves_up_once_the_event_has_begun(self, home: Any) -> None:
        page = event(home)
        first = [come(page, name) for name in "abc"][0]
        seats.move(registration=first, to=State.WITHDRAWN, now=START)
        assert states(page)["c"] == "waiting"

    def test_without_a_limit_everybody_has_a_seat(self, home: Any) -> None:
        page = event(home, seats=None)
        assert {come(page, name).state for name in "abcde"} == {"confirmed"}

    def test_reserved_seats_wait_for_their_people_until_their_day(self, home: Any) -> None:
        page = event(home, seats=3)
        pool = ReservedSeats.objects.create(page=page, name="prowadzący", seats=2, opens_on=date(2026, 12, 1))
        assert come(page, "a").state == "confirmed"
        assert come(page, "b").state == "waiting"
        assert come(page, "leader", pool=pool.pk).state == "confirmed"
        assert seats.open_seats(NOW) == 0
        assert seats.open_seats(datetime(2026, 12, 1, 12, tzinfo=UTC)) == 1
        assert states(page)["b"] == "confirmed"


@pytest.mark.django_db
class TestSelection:
    def test_an_application_is_no_seat(self, home: Any) -> None:
        page = event(home, mode="selection", seats=1)
        assert {come(page, name).state for name in "abc"} == {"applied"}
        assert taken(page) == 0

    def test_an_offer_holds_a_seat_until_its_deadline_and_then_goes_to_the_next(self, home: Any) -> None:
        page = event(home, mode="selection", seats=1)
        a, b, c = (come(page, name) for name in "abc")
        until = NOW + timedelta(days=5)
        seats.move(registration=a, to=State.OFFERED, now=NOW, until=until)
        with pytest.raises(seats.NoSeat):
            seats.move(registration=b, to=State.OFFERED, now=NOW, until=until)
        for minute, one in enumerate((c, b)):
            seats.move(registration=one, to=State.WAITING, now=NOW + timedelta(minutes=minute))
        assert seats.lapse_late(until) == 0
        assert seats.lapse_late(until + timedelta(seconds=1)) == 1
        assert states(page) == {"a": "lapsed", "b": "waiting", "c": "offered"}
        offered = Registration.objects.get(name="c")
        assert offered.offer_until == until + timedelta(seconds=1) + rules.OFFER
        assert seats.lapse_late(until + timedelta(seconds=1)) == 0
        assert taken(page) == 1

    def test_a_late_confirmation_is_refused(self, home: Any) -> None:
        page = event(home, mode="selection", seats=1)
        a = come(page, "a")
        seats.move(registration=a, to=State.OFFERED, now=NOW, until=NOW + timedelta(days=1))
        with pytest.raises(seats.NotAllowed):
            seats.move(registration=a, to=State.CONFIRMED, now=NOW + timedelta(days=2))

    def test_who_decided_what_and_why_is_kept(self, home: Any, admin_user: Any) -> None:
        page = event(home, mode="selection", seats=1)
        a = come(page, "a")
        seats.move(registration=a, to=State.REJECTED, now=NOW, user=admin_user, reason="Za mało miejsc.")
        row = RegistrationEvent.objects.first()
        assert row is not None
        assert (row.before, row.after, row.user, row.reason) == (
            "applied",
            "rejected",
            admin_user,
            "Za mało miejsc.",
        )
        assert "Za mało miejsc." in OutboxMail.objects.latest("pk").text

    @pytest.mark.parametrize("to", ["confirmed", "lapsed", "applied", "nonsense"])
    def test_other_passages_are_refused(self, home: Any, to: str) -> None:
        a = come(event(home, mode="selection"), "a")
        with pytest.raises(seats.NotAllowed):
            seats.move(registration=a, to=to, now=NOW)


@given(
    total=st.none() | st.integers(0, 50),
    held=st.integers(0, 50),
    kept=st.lists(st.tuples(st.integers(1, 20), st.integers(0, 25), st.booleans()), max_size=4),
)
def test_free_seats_never_pass_what_is_left(
    total: int | None, held: int, kept: list[tuple[int, int, bool]]
) -> None:
    today = date(2026, 11, 24)
    pools = [
        rules.Pool(key, size, used, today if opened else today + timedelta(days=1))
        for key, (size, used, opened) in enumerate(kept)
    ]
    for pool in (None, *range(len(pools))):
        left = rules.free(seats=total, taken=held, pools=pools, pool=pool, today=today)
        if total is None:
            assert left is None
        else:
            assert left is not None
            assert 0 <= left <= max(0, total - held)
            anyone = rules.free(seats=total, taken=held, pools=pools, pool=None, today=today)
            assert anyone is not None
            assert anyone <= left, "who belongs to a pool has no fewer seats to take"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 60))
def test_an_offer_ends_before_the_event_and_never_before_it_is_made(moment: datetime, days: int) -> None:
    now = moment.replace(tzinfo=UTC)
    until = rules.offer_until(now=now, starts_at=now + timedelta(days=days))
    assert now <= until <= now + rules.OFFER
    assert until <= max(now, now + timedelta(days=days) - rules.LAST_OFFER)
