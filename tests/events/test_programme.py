from __future__ import annotations

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from events.programme import Slot, conflicts

minutes = st.integers(0, 23 * 60 + 59)


def at(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    start, end = sorted(draw(st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1])))
    people = draw(st.lists(st.integers(1, 3), max_size=2, unique=True))
    return Slot(
        draw(st.integers(1, 2)),
        at(start),
        at(end),
        "Sesja",
        draw(st.sampled_from(["", "Sala A", "Sala B"])),
        tuple((pk, f"Osoba {pk}") for pk in people),
    )


def slot(start: int, end: int, *, room: str = "", leader: int | None = None, day: int = 1) -> Slot:
    return Slot(day, time(start), time(end), f"{start}", room, ((leader, "Ewa"),) if leader else ())


def test_a_room_twice_at_once_is_a_conflict_however_it_is_typed() -> None:
    found = conflicts([slot(9, 11, room="Sala A"), slot(10, 12, room=" sala  a ")])
    assert [(conflict.what, conflict.first.title, conflict.second.title) for conflict in found] == [
        ("room", "9", "10")
    ]


def test_a_person_twice_at_once_is_a_conflict() -> None:
    assert [conflict.name for conflict in conflicts([slot(9, 11, leader=1), slot(10, 12, leader=1)])] == [
        "Ewa"
    ]


def test_one_after_another_other_days_and_nameless_rooms_are_not() -> None:
    assert not conflicts([slot(9, 10, room="A", leader=1), slot(10, 11, room="A", leader=1)])
    assert not conflicts([slot(9, 10, room="A", leader=1), slot(9, 10, room="A", leader=1, day=2)])
    assert not conflicts([slot(9, 10), slot(9, 10)])


@given(st.lists(slots(), max_size=8))
def test_conflicts_are_exactly_the_pairs_that_share_a_minute_and_a_room_or_a_person(rows: list[Slot]) -> None:
    expected = 0
    for i, first in enumerate(rows):
        for second in rows[i + 1 :]:
            together = first.day == second.day and max(first.start, second.start) < min(first.end, second.end)
            if together:
                expected += bool(first.room and first.room == second.room)
                expected += len(dict(first.leaders).keys() & dict(second.leaders).keys())
    assert len(conflicts(rows)) == expected
