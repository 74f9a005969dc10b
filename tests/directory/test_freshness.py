"""The yearly question, with the clock moved day by day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry as log_registry

from directory import services
from directory.models import DirectoryPage, FreshnessStep, Practitioner
from directory.self_service import acts, freshness
from home import clock as home_clock
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
CONFIRMED = date(2025, 11, 10)
ASKED, REMINDED, WARNED, PAUSED = (
    date(2026, 11, 10), date(2026, 12, 11), date(2027, 1, 3), date(2027, 1, 10),
)  # fmt: skip


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


class Days:
    """The clock; each day the mails go out and the job runs twice, as on two machines.

    `daily=False` leaves out the days on which nothing can be due.
    """

    now = noon(CONFIRMED)
    working = True

    def until(self, last: date, *, daily: bool = False) -> list[tuple[date, str]]:
        """The mails by day, the day `last` included."""
        before = set(OutboxMail.objects.values_list("pk", flat=True))
        while self.now.date() < last:
            self.now += timedelta(days=1)
            today = self.now.date()
            if not daily and all(
                abs((today - mark).days) > 1 for mark in (ASKED, REMINDED, WARNED, PAUSED, last)
            ):
                continue
            freshness.run(self.now)
            freshness.run(self.now + timedelta(minutes=1))
            if self.working:
                OutboxMail.objects.filter(state="waiting").update(state="sent", sent_at=self.now)
        new = OutboxMail.objects.exclude(pk__in=before).order_by("created_at", "pk")
        return [(mail.created_at.date(), mail.subject) for mail in new]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    moved = Days()
    monkeypatch.setattr(timezone, "now", lambda: moved.now)
    # Mails are "sent" by the clock above: the tests' worker would do it at once.
    monkeypatch.setattr(
        "home.mail.outbox.deliver_one", type("Idle", (), {"enqueue": lambda self, pk: None})()
    )
    return moved


@pytest.fixture
def person(base: DirectoryPage) -> Practitioner:
    return PractitionerFactory(
        name="Halina Wrona",
        email="halina@example.org",
        confirmed_at=CONFIRMED,
        state_changed_at=noon(CONFIRMED),
    )


def test_fifteen_months_without_an_answer(days: Days, person: Practitioner) -> None:
    assert days.until(CONFIRMED + timedelta(days=460), daily=True) == [
        (ASKED, "Czy Twój wpis w bazie praktyków jest aktualny?"),
        (REMINDED, "Przypomnienie: potwierdź swój wpis w bazie praktyków"),
        (WARNED, "Za tydzień wstrzymamy Twój wpis w bazie praktyków"),
        (PAUSED, "Wstrzymaliśmy Twój wpis w bazie praktyków"),
    ]
    person.refresh_from_db()
    assert (person.state, person.state_changed_at.date()) == ("paused", PAUSED)
    assert person.state_reason == "Nikt nie potwierdził danych mimo trzech próśb."
    said = [str(entry.message) for entry in log_registry.get_logs_for_instance(person)]
    assert "Zegar zmienił stan: z „w bazie” na „wstrzymany przez osobę”" in said
    assert (timedelta(days=30), timedelta(days=7)) == (PAUSED - REMINDED, PAUSED - WARNED)


def test_the_entry_is_seen_until_the_day_of_the_pause(
    days: Days, client: Client, person: Practitioner
) -> None:
    days.until(PAUSED - timedelta(days=1))
    assert client.get(person.get_absolute_url()).status_code == 200
    days.until(PAUSED)
    assert client.get(person.get_absolute_url()).status_code == 404


def test_mails_say_until_when_and_what_then(days: Days, person: Practitioner) -> None:
    days.until(PAUSED)
    asked, reminded, warned, paused = OutboxMail.objects.order_by("pk")
    for mail in (asked, reminded, warned):
        assert "10 stycznia 2027" in mail.text
        assert "jednym przyciskiem wróci" in mail.text
    assert "potwierdzono go 10 listopada 2025" in asked.text
    assert "To ostatni list w tej sprawie" in paused.text
    for mail in (asked, reminded, warned, paused):
        assert mail.recipient == "halina@example.org"
        assert "Halina Wrona" in mail.text
        assert len(re.findall(r"http\S+/moj-wpis/odnosnik/\S+", mail.text)) == 1
        assert "&" not in mail.text


@pytest.mark.parametrize("on", [ASKED, REMINDED, WARNED])
def test_one_button_ends_it_for_a_year(days: Days, client: Client, person: Practitioner, on: date) -> None:
    days.until(on + timedelta(days=2))
    path = link_of_newest()
    page = client.get(path).content.decode()
    assert "Wszystko się zgadza" in page
    person.refresh_from_db()
    assert person.confirmed_at == CONFIRMED
    after = client.post(path, {"act": "confirm"}, follow=True).content.decode()
    assert "Dziękujemy. Zapisaliśmy, że dane są aktualne." in after
    answered = days.now.date()
    assert days.until(answered + timedelta(days=364)) == []
    ((asked_on, _subject),) = days.until(answered + timedelta(days=366))
    assert asked_on == answered.replace(year=answered.year + 1)


def link_of_newest() -> str:
    found = re.search(r"http://[^/]+(/\S+)", OutboxMail.objects.latest("pk").text)
    assert found
    return found[1]


def test_one_button_brings_a_paused_entry_back(days: Days, client: Client, person: Practitioner) -> None:
    days.until(PAUSED + timedelta(days=20))
    path = link_of_newest()
    assert "Pokaż wpis znowu" in client.get(path).content.decode()
    assert client.get(person.get_absolute_url()).status_code == 404
    after = client.post(path, {"act": "show"}, follow=True).content.decode()
    assert "Wpis jest znowu w bazie" in after
    assert client.get(person.get_absolute_url()).status_code == 200
    assert days.until(days.now.date() + timedelta(days=364)) == []


def test_opening_from_such_a_mail_confirms_nothing(days: Days, client: Client, person: Practitioner) -> None:
    days.until(ASKED)
    client.post(link_of_newest(), {"act": "open"}, follow=True)
    person.refresh_from_db()
    assert person.confirmed_at == CONFIRMED


def test_the_button_of_an_old_mail_does_not_bring_back_whom_the_staff_hid(
    days: Days, client: Client, person: Practitioner
) -> None:
    days.until(ASKED)
    path = link_of_newest()
    services.change_state(practitioner=person, state="hidden", reason="skarga", now=days.now)
    assert "Wszystko się zgadza" not in client.get(path).content.decode()
    client.post(path, {"act": "show"}, follow=True)
    person.refresh_from_db()
    assert (person.state, person.confirmed_at) == ("hidden", CONFIRMED)


def test_whoever_has_no_address_is_neither_written_to_nor_paused(days: Days, base: DirectoryPage) -> None:
    person = PractitionerFactory(confirmed_at=CONFIRMED)
    assert days.until(CONFIRMED + timedelta(days=460)) == []
    person.refresh_from_db()
    assert person.state == "live"
    assert list(freshness.stale(days.now.date())) == [person]


@pytest.mark.parametrize("state", ["paused", "hidden", "withdrawn", "moderation", "unconfirmed"])
def test_only_those_in_the_base_are_asked(days: Days, person: Practitioner, state: str) -> None:
    Practitioner.objects.update(state=state, state_reason="powód")
    assert days.until(CONFIRMED + timedelta(days=460)) == []


def test_who_leaves_in_between_hears_no_more(days: Days, person: Practitioner) -> None:
    days.until(REMINDED)
    acts.withdraw(practitioner=person, reason="koniec", now=days.now)
    assert days.until(CONFIRMED + timedelta(days=460)) == []


def test_a_clock_that_stood_still_takes_nobodys_notice(days: Days, person: Practitioner) -> None:
    """Found after two years of silence, a person has the same two months, and never two mails on a day."""
    days.now = noon(CONFIRMED + timedelta(days=730))
    first = days.now.date() + timedelta(days=1)
    mails = days.until(first + timedelta(days=65), daily=True)
    assert [(day - first).days for day, _subject in mails] == [0, 31, 54, 61]


def test_nobody_is_paused_over_a_mail_that_did_not_go_out(days: Days, person: Practitioner) -> None:
    days.working = False
    assert len(days.until(CONFIRMED + timedelta(days=460))) == 1
    person.refresh_from_db()
    assert person.state == "live"
    OutboxMail.objects.update(state="failed")
    assert days.until(CONFIRMED + timedelta(days=500)) == []
    assert person in freshness.stale(days.now.date())


def test_who_never_confirmed_is_asked_a_year_after_they_came(days: Days, base: DirectoryPage) -> None:
    PractitionerFactory(email="nowa@example.org", state_changed_at=noon(CONFIRMED))
    ((day, _subject),) = days.until(ASKED + timedelta(days=1))
    assert day == ASKED
    assert "Ostatnio potwierdzono" not in OutboxMail.objects.get().text


def test_a_state_the_staff_set_begins_no_second_round(days: Days, person: Practitioner) -> None:
    days.until(PAUSED)
    services.change_state(practitioner=person, state="live", now=days.now)
    assert days.until(PAUSED + timedelta(days=100)) == []
    person.refresh_from_db()
    assert person.state == "live"
    assert list(freshness.stale(days.now.date())) == [person]


def test_two_machines_take_a_step_once(days: Days, person: Practitioner) -> None:
    step = FreshnessStep.Step.ASKED
    assert freshness.take(person.pk, CONFIRMED, step, noon(ASKED))
    assert not freshness.take(person.pk, CONFIRMED, step, noon(ASKED))
    assert OutboxMail.objects.count() == 1


def test_an_answer_between_looking_and_acting_counts(days: Days, person: Practitioner) -> None:
    acts.confirm(practitioner=person, now=noon(ASKED))
    assert not freshness.take(person.pk, CONFIRMED, FreshnessStep.Step.ASKED, noon(ASKED))
    assert not OutboxMail.objects.exists()


def test_a_leap_day_comes_round(days: Days, base: DirectoryPage) -> None:
    PractitionerFactory(email="a@example.org", confirmed_at=date(2028, 2, 29))
    assert not freshness.to_be_asked(date(2029, 2, 27)).exists()
    assert freshness.to_be_asked(date(2029, 3, 1)).exists()


def test_the_clock_has_the_job(person: Practitioner) -> None:
    jobs = dict(home_clock.jobs.items())
    assert jobs["freshness"](noon(ASKED)) == 1
    assert jobs["freshness"](noon(ASKED)) == 0
    assert "halina" in OutboxMail.objects.get().recipient


def test_many_are_asked_in_parts(base: DirectoryPage, days: Days) -> None:
    for n in range(freshness.BATCH + 3):
        PractitionerFactory(email=f"o{n}@example.org", confirmed_at=CONFIRMED)
    assert freshness.run(noon(ASKED)) == freshness.BATCH
    assert freshness.run(noon(ASKED)) == 3
    assert freshness.run(noon(ASKED)) == 0
