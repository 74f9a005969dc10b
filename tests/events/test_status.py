from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.enums import Mode
from events.status import Facts, status, steps, takes_applications

WARSAW = ZoneInfo("Europe/Warsaw")
FORUM = Facts(
    starts_at=datetime(2027, 2, 4, 9, tzinfo=WARSAW),
    ends_at=datetime(2027, 2, 5, 14, tzinfo=WARSAW),
    mode=Mode.SELECTION,
    applications_open=date(2026, 11, 16),
    applications_close=date(2026, 11, 29),
    decision_by=date(2026, 12, 11),
    confirm_by=date(2027, 1, 8),
)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 1, 12, tzinfo=WARSAW), "Zgłoszenia od 16 listopada"),
        (datetime(2026, 11, 15, 23, 59, tzinfo=WARSAW), "Zgłoszenia od 16 listopada"),
        (datetime(2026, 11, 16, 0, 0, tzinfo=WARSAW), "Zgłoszenia otwarte, zostało 13 dni"),
        (datetime(2026, 11, 29, 23, 59, tzinfo=WARSAW), "Zgłoszenia otwarte, dziś ostatni dzień"),
        (datetime(2026, 11, 30, 0, 0, tzinfo=WARSAW), "Zgłoszenia zamknięte"),
        (datetime(2027, 2, 4, 9, 0, tzinfo=WARSAW), "Trwa"),
        (datetime(2027, 2, 5, 13, 59, tzinfo=WARSAW), "Trwa"),
        (datetime(2027, 2, 5, 14, 0, tzinfo=WARSAW), "Odbyło się"),
    ],
)
def test_the_state_follows_the_clock(now: datetime, words: str) -> None:
    found = status(FORUM, now)
    assert found is not None
    assert found[1] == words


def test_cancelled_and_full_are_said_before_applications() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=WARSAW)
    assert status(Facts(None, None, cancelled=True), now) == ("", "Odwołane")
    full = Facts(FORUM.starts_at, FORUM.ends_at, applications_open=date(2026, 11, 1), full=True)
    assert status(full, now) == ("part", "Brak miejsc")
    assert not takes_applications(full, now)


def test_steps_of_a_selection_mark_what_is_done_and_what_is_now() -> None:
    found = steps(FORUM, "Łódź", datetime(2026, 12, 1, 12, tzinfo=WARSAW))
    assert [state for _, _, state in found] == ["done", "now", "", ""]
    assert found[0][0] == "16–29 listopada 2026"
    assert found[-1] == ("4–5 lutego 2027", "widzimy się: Łódź", "")


def test_no_steps_for_what_is_over_or_has_no_dates() -> None:
    assert not steps(FORUM, "Łódź", datetime(2027, 3, 1, tzinfo=WARSAW))
    assert not steps(Facts(FORUM.starts_at, FORUM.ends_at), "", datetime(2026, 12, 1, tzinfo=WARSAW))


@given(st.integers(-400, 400))
def test_applications_are_taken_only_while_the_status_says_open(days: int) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=WARSAW) + timedelta(days=days)
    words = status(FORUM, now)
    assert takes_applications(FORUM, now) == (words is not None and words[1].startswith("Zgłoszenia otwarte"))
