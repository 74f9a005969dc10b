"""The writer of calendars: any text comes back as it was, and nothing that was typed becomes a line of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from events.ical import Entry, calendar, one_line, plain

WARSAW = ZoneInfo("Europe/Warsaw")
START = datetime(2026, 11, 24, 9, tzinfo=WARSAW)
texts = st.text(st.characters(codec=None), max_size=200)


def entry(**more: object) -> Entry:
    values: dict[str, object] = {
        "key": uuid4(),
        "title": "Forum",
        "starts_at": START,
        "ends_at": START + timedelta(hours=8),
        "url": "https://example.org/wydarzenia/forum/",
        "changed": START - timedelta(days=30),
    }
    return Entry(**(values | more))  # type: ignore[arg-type]


@given(texts, texts, texts)
@example("Zażółć; gęślą, jaźń \\n", "X:1\r\nBEGIN:VEVENT\r\nSUMMARY:obcy", "\x00\u2028\x85" + "ą" * 200)
@example("\n ciąg dalszy", "\\", '"')
def test_any_text_survives_and_stays_one_value(title: str, place: str, text: str) -> None:
    made = calendar([entry(title=title, place=place, text=text)], title)
    for line in made.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
    read = Calendar.from_ical(made)
    assert str(read["X-WR-CALNAME"]).replace("\\", "") == one_line(title).replace("\\", "")
    (event,) = read.walk("VEVENT")
    assert str(event["summary"]) == one_line(title)
    assert str(event.get("location", "")) == one_line(place)
    assert str(event["description"]) == plain(f"{text}\n\nhttps://example.org/wydarzenia/forum/".strip())
    assert set(event) == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "URL", "DESCRIPTION",
        "STATUS", "TRANSP", *(["LOCATION"] if place else []),
    }  # fmt: skip


def test_hours_are_of_warsaw_on_both_sides_of_the_change_of_time() -> None:
    summer = datetime(2027, 6, 1, 9, tzinfo=WARSAW)
    made = calendar([entry(), entry(starts_at=summer, ends_at=summer + timedelta(hours=1))], "Wydarzenia")
    assert b"DTSTART;TZID=Europe/Warsaw:20261124T090000" in made
    assert b"DTSTART;TZID=Europe/Warsaw:20270601T090000" in made
    (zone,) = Calendar.from_ical(made).walk("VTIMEZONE")
    assert {part["TZNAME"] for part in zone.subcomponents} == {"CET", "CEST"}
    first, second = Calendar.from_ical(made).walk("VEVENT")
    assert first["DTSTART"].dt == START
    assert second["DTSTART"].dt == summer


def test_the_same_entries_are_the_same_file() -> None:
    """Else a subscriber would fetch the whole calendar again each time."""
    one = entry()
    assert calendar([one], "x") == calendar([one], "x")


def test_a_cancelled_event_takes_no_time() -> None:
    made = calendar([entry(cancelled=True, sequence=3)], "x")
    for line in (b"STATUS:CANCELLED", b"TRANSP:TRANSPARENT", b"SEQUENCE:3"):
        assert line in made


def test_a_calendar_without_events_is_still_a_calendar() -> None:
    made = calendar([], "Wydarzenia")
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")
    assert Calendar.from_ical(made).walk("VEVENT") == []
