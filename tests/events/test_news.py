"""What those who have registered are told by the clock, once each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events.models import EventPage, Registration, SeatLedger
from events.registration import news, seats
from home.models.mail import OutboxMail

from .test_seats import NOW, START, come, event

pytestmark = pytest.mark.django_db


def mails(kind: str) -> list[str]:
    rows = OutboxMail.objects.filter(kind=f"event-{kind}").order_by("pk")
    return [row.recipient.partition("@")[0] for row in rows]


def registered(home: Any) -> EventPage:
    page = event(home, seats=2)
    rows = [come(page, name) for name in "abcd"]
    seats.move(registration=rows[3], to="withdrawn", now=NOW)
    return page


def test_who_has_a_seat_is_reminded_a_week_and_a_day_before_and_written_to_after(home: Any) -> None:
    registered(home)
    assert news.run(NOW) == 0
    for moment, subject in (
        (START - timedelta(days=7), "Za tydzień"),
        (START - timedelta(days=1), "Jutro"),
        (START + timedelta(days=3), "To już za nami"),
    ):
        before = OutboxMail.objects.count()
        assert news.run(moment) == 1
        assert news.run(moment + timedelta(minutes=1)) == 0
        new = OutboxMail.objects.order_by("pk")[before:]
        assert [row.recipient for row in new] == ["a@example.org", "b@example.org"]
        assert all(row.subject.startswith(subject) for row in new)
    assert mails("reminder") == ["a", "b", "a", "b"]


def test_who_has_opened_late_is_reminded_once(home: Any) -> None:
    registered(home)
    assert news.run(START - timedelta(hours=5)) == 1
    assert mails("reminder") == ["a", "b"]


def test_a_change_of_time_is_told_to_all_who_are_in_it_once(home: Any) -> None:
    page = registered(home)
    page.days = [page.days.first()]
    day = page.days.first()
    day.date += timedelta(days=1)
    page.days = [day]
    page.save()
    assert EventPage.objects.get().starts_at != START
    assert news.run(NOW) == 1
    assert news.run(NOW) == 0
    assert mails("changed") == ["a", "b", "c"]
    assert "Kiedy:" in OutboxMail.objects.latest("pk").text
    assert "<" not in OutboxMail.objects.latest("pk").text


def test_a_cancelled_event_is_told_and_nobody_moves_up_or_is_reminded(home: Any) -> None:
    page = registered(home)
    EventPage.objects.filter(pk=page.pk).update(cancelled=True, cancelled_note="Powódź.")
    assert news.run(NOW) == 1
    assert news.run(START - timedelta(days=1)) == 0
    assert mails("cancelled") == ["a", "b", "c"]
    assert "Powódź." in OutboxMail.objects.latest("pk").text
    seats.move(registration=Registration.objects.get(name="a"), to="withdrawn", now=NOW)
    assert Registration.objects.get(name="c").state == "waiting"


def test_a_change_after_the_start_is_no_news(home: Any) -> None:
    page = registered(home)
    EventPage.objects.filter(pk=page.pk).update(place="Inna sala")
    news.run(START + timedelta(hours=1))
    assert mails("changed") == []


def test_an_event_without_registrations_has_no_ledger_and_no_mails(home: Any) -> None:
    event(home)
    assert news.run(START - timedelta(days=1)) == 0
    assert not SeatLedger.objects.exists()
