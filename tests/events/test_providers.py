from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events.enums import Kind
from events.providers import events_in, promise, sessions_led, upcoming_events
from home import registry
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    MunicipalityFactory,
    PractitionerFactory,
    programme,
)

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 12, tzinfo=WARSAW)


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


def forum(index: Any, start: datetime, **fields: Any) -> Any:
    return EventPageFactory(
        parent=index, kind="national_forum", on=(start, start + timedelta(days=1, hours=3)), **fields
    )


def test_a_promise_counts_what_was_held_and_what_has_a_date(index: Any) -> None:
    forum(index, datetime(2025, 3, 20, 9, tzinfo=WARSAW))
    forum(index, datetime(2026, 3, 20, 9, tzinfo=WARSAW), cancelled=True)
    forum(index, datetime(2027, 2, 4, 9, tzinfo=WARSAW), municipality=MunicipalityFactory(name="Łódź"))
    forum(index, datetime(2027, 9, 4, 9, tzinfo=WARSAW))
    EventPageFactory(parent=index, kind="national_forum", title="Bez daty")
    forum(index, datetime(2025, 5, 20, 9, tzinfo=WARSAW), live=False)
    found = promise(Kind.NATIONAL_FORUM)(NOW)
    assert (found.done, found.planned, found.note) == (1, 2, "następne 4–5 lutego, Łódź")
    assert promise(Kind.YOUTH_FORUM)(NOW) == registry.Count(0, 0)


def test_what_runs_now_is_planned_until_its_last_minute(index: Any) -> None:
    forum(index, datetime(2026, 11, 22, 9, tzinfo=WARSAW))
    assert (promise(Kind.NATIONAL_FORUM)(NOW).done, promise(Kind.NATIONAL_FORUM)(NOW).planned) == (0, 1)


def test_every_promise_of_events_is_told() -> None:
    assert {"national_forums", "regional_forums", "seminars", "youth_forums", "study_visits"} <= dict(
        registry.promises.items()
    ).keys()


def test_the_agenda_has_the_soonest_first_and_no_cancelled(index: Any) -> None:
    forum(index, datetime(2027, 5, 4, 9, tzinfo=WARSAW), title="Później")
    forum(index, datetime(2027, 2, 4, 9, tzinfo=WARSAW), title="Wcześniej")
    forum(index, datetime(2027, 1, 4, 9, tzinfo=WARSAW), title="Odwołane", cancelled=True)
    cards = upcoming_events(NOW, 5)
    assert [card.title for card in cards] == ["Wcześniej", "Później"]
    assert (cards[0].day, cards[0].month) == ("4", "lutego 2027")


def test_a_profile_lists_the_sessions_a_person_led(index: Any) -> None:
    person, other = PractitionerFactory(), PractitionerFactory()
    page = forum(index, datetime(2027, 2, 4, 9, tzinfo=WARSAW), title="III Forum")
    programme(page, blocks=1, sessions=2, leaders=[person, other])
    section = sessions_led(person)
    assert section is not None
    assert [card.title for card in section.cards] == ["Sesja 0.0"]
    assert section.cards[0].url.startswith(page.url)
    page.unpublish()
    assert sessions_led(person) is None


def test_a_municipality_lists_its_events(index: Any) -> None:
    town = MunicipalityFactory()
    forum(index, datetime(2027, 2, 4, 9, tzinfo=WARSAW), title="U nas", municipality=town)
    section = events_in(town)
    assert section is not None
    assert [card.title for card in section.cards] == ["U nas"]
    assert events_in(MunicipalityFactory()) is None
