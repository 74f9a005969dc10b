"""Decisions of a selection that are told later: nobody knows before, everybody hears once, and until then they go back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.models import EventPage, Registration, RegistrationEvent
from events.registration import links, rules, seats, telling
from home.models.mail import OutboxMail
from tests.directory.own_entry import text_of

from .test_seats import NOW, START, come, event, states, taken

State = Registration.State
UNTIL = NOW + timedelta(days=10)


def decide(page: EventPage, name: str, to: str, now: datetime = NOW, **more: Any) -> Registration:
    row = Registration.objects.get(page=page, name=name)
    return seats.move(registration=row, to=to, now=now, tell=False, **more)


def mails(name: str) -> list[str]:
    sent = OutboxMail.objects.filter(recipient=f"{name}@example.org").order_by("pk")
    return list(sent.values_list("kind", flat=True))


@pytest.mark.django_db
class TestTelling:
    def selection(self, home: Any, names: str = "abc", **fields: Any) -> EventPage:
        page = event(home, mode="selection", **{"seats": 2} | fields)
        for name in names:
            come(page, name)
        return page

    def test_each_hears_once_and_nobody_before(self, home: Any) -> None:
        page = self.selection(home)
        decide(page, "a", State.OFFERED, until=UNTIL)
        decide(page, "b", State.WAITING)
        decide(page, "c", State.REJECTED, reason="Za mało miejsc.")
        assert [mails(name) for name in "abc"] == [["event-applied"]] * 3
        assert telling.untold(page) == {"offered": 1, "waiting": 1, "rejected": 1}
        for _twice in range(2):
            telling.send(page=page, now=NOW, seen=NOW)
        assert mails("a") == ["event-applied", "event-offered"]
        assert mails("b") == ["event-applied", "event-waiting"]
        assert mails("c") == ["event-applied", "event-rejected"]
        assert "Za mało miejsc." in OutboxMail.objects.get(kind="event-rejected").text
        assert telling.untold(page) == {}

    def test_what_somebody_decided_after_the_button_was_drawn_waits(self, home: Any) -> None:
        page = self.selection(home)
        decide(page, "a", State.REJECTED)
        decide(page, "b", State.REJECTED, now=NOW + timedelta(minutes=1))
        assert telling.send(page=page, now=NOW + timedelta(minutes=2), seen=NOW) == {"rejected": 1}
        assert telling.untold(page) == {"rejected": 1}

    def test_taken_back_it_frees_the_seat_and_stands_in_the_log(self, home: Any, admin_user: Any) -> None:
        page = self.selection(home, seats=1)
        row = decide(page, "a", State.OFFERED, until=UNTIL)
        assert taken(page) == 1
        telling.take_back(registration=row, now=NOW, user=admin_user)
        assert (states(page)["a"], taken(page), mails("a")) == ("applied", 0, ["event-applied"])
        passage = RegistrationEvent.objects.filter(registration=row).first()
        assert passage is not None
        assert (passage.before, passage.after, passage.user) == ("offered", "applied", admin_user)
        assert telling.send(page=page, now=NOW, seen=NOW) == {}

    def test_what_was_told_is_not_taken_back(self, home: Any) -> None:
        page = self.selection(home)
        row = decide(page, "a", State.REJECTED)
        telling.send(page=page, now=NOW, seen=NOW)
        with pytest.raises(seats.NotAllowed):
            telling.take_back(registration=row, now=NOW, user=None)
        assert states(page)["a"] == "rejected"

    def test_an_untold_decision_may_become_another(self, home: Any) -> None:
        page = self.selection(home)
        decide(page, "a", State.REJECTED)
        decide(page, "a", State.OFFERED, until=UNTIL)
        assert taken(page) == 1
        with pytest.raises(seats.NotAllowed):
            decide(page, "a", State.LAPSED)
        telling.send(page=page, now=NOW, seen=NOW)
        assert mails("a") == ["event-applied", "event-offered"]

    def test_who_gets_a_place_back_on_the_list_has_the_old_one(self, home: Any) -> None:
        page = self.selection(home)
        for minute, name in enumerate("ab"):
            decide(page, name, State.WAITING, now=NOW + timedelta(minutes=minute))
        telling.send(page=page, now=NOW, seen=NOW + timedelta(hours=1))
        row = decide(page, "a", State.REJECTED, now=NOW + timedelta(hours=2))
        telling.take_back(registration=row, now=NOW + timedelta(hours=3), user=None)
        assert [one.name for one in Registration.objects.queue()] == ["a", "b"]

    def test_nobody_moves_up_before_knowing_of_the_list(self, home: Any) -> None:
        page = self.selection(home, seats=1)
        a = decide(page, "a", State.OFFERED, until=UNTIL)
        telling.send(page=page, now=NOW, seen=NOW)
        decide(page, "b", State.WAITING)
        seats.move(registration=a, to=State.WITHDRAWN, now=NOW)
        assert (states(page)["b"], mails("b")) == ("waiting", ["event-applied"])
        telling.send(page=page, now=NOW, seen=NOW)
        assert seats.open_seats(NOW) == 1
        assert mails("b") == ["event-applied", "event-waiting", "event-offered"]

    def test_an_untold_offer_never_lapses(self, home: Any) -> None:
        page = self.selection(home)
        decide(page, "a", State.OFFERED, until=NOW + timedelta(days=1))
        assert seats.lapse_late(NOW + timedelta(days=5)) == 0
        later = NOW + timedelta(days=5)
        telling.send(page=page, now=later, seen=later)
        row = Registration.objects.get(name="a")
        assert row.offer_until == later + timedelta(days=1), "as long as was decided, from the mail on"
        assert seats.lapse_late(later + timedelta(days=2)) == 1

    def test_an_offer_that_would_come_too_late_is_not_sent(self, home: Any) -> None:
        page = self.selection(home)
        decide(page, "a", State.OFFERED, until=NOW + timedelta(days=1))
        late = START - timedelta(hours=2)
        assert telling.send(page=page, now=late, seen=late) == {}
        assert (mails("a"), telling.untold(page)) == (["event-applied"], {"offered": 1})

    def test_the_own_page_tells_what_was_told(self, client: Client, home: Any) -> None:
        now = timezone.now()
        page = self.selection(home, on=(now + timedelta(days=30), now + timedelta(days=30, minutes=5)))
        row = decide(page, "a", State.OFFERED, now=now, until=now + timedelta(days=3), reason="bo tak")
        mine = links.path_of(row)
        for to in (State.OFFERED, State.WAITING, State.REJECTED):
            if to != row.state:
                row = decide(page, "a", to, now=now)
            shown = text_of(client.get(mine))
            assert "Zgłoszenie oczekuje na decyzję" in shown
            for told in (
                "Masz miejsce",
                "Potwierdź do",
                "Jesteś na liście rezerwowej",
                "Tym razem",
                "bo tak",
            ):
                assert told not in shown
            assert "Zmień swoje dane" in shown
        assert "Tego nie da się" in text_of(client.post(mine, {"act": "confirm"}, follow=True))
        telling.send(page=page, now=now, seen=now)
        assert "Tym razem bez miejsca" in text_of(client.get(mine))

    def test_who_waits_for_the_answer_may_withdraw_whatever_it_is(self, client: Client, home: Any) -> None:
        page = self.selection(home)
        for name, to in (("a", State.OFFERED), ("b", State.WAITING), ("c", State.REJECTED)):
            row = decide(page, name, to, until=UNTIL)
            client.post(links.path_of(row), {"act": "withdraw"})
        assert set(states(page).values()) == {"withdrawn"}
        assert (taken(page), telling.untold(page)) == (0, {})


@given(
    until=st.none() | st.integers(1, 400),
    waited=st.integers(0, 500),
    begins=st.none() | st.integers(0, 900),
)
def test_waiting_with_the_mail_takes_no_time_away(until: int | None, waited: int, begins: int | None) -> None:
    """Hours since the decision. The deadline that was set stands, or the person has as long as then, up to three days."""
    decided = datetime(2026, 3, 27, tzinfo=UTC)
    now = decided + timedelta(hours=waited)
    starts_at = None if begins is None else decided + timedelta(hours=begins)
    chosen = None if until is None else decided + timedelta(hours=until)
    found = rules.told_until(until=chosen, decided_at=decided, now=now, starts_at=starts_at)
    if chosen is not None:
        assert found >= chosen
    if starts_at is None and until is not None:
        assert found - now >= min(rules.OFFER, timedelta(hours=until))
    if chosen is None or found > chosen:
        assert found <= now + rules.OFFER
