"""A month as weeks of days: pure rules over plain values."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

Item = TypeVar("Item")

#: Further away nothing is planned, and date arithmetic would end.
FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month | None:
        """ "2026-11"; None for anything else, and for years that no event of ours is in."""
        found = _MONTH.fullmatch(text)
        if not found:
            return None
        year, number = int(found[1]), int(found[2])
        return cls(year, number) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12 else None

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Day(Generic[Item]):
    """`ours`: in this month, not in the ends of its neighbours that fill the first and the last week."""

    date: date
    ours: bool
    today: bool
    items: list[Item] = field(default_factory=list)


def weeks(month: Month, today: date, items: Iterable[tuple[date, Item]]) -> list[list[Day[Item]]]:
    """Weeks from Monday to Sunday that the month touches, with the items of their days."""
    rows: list[list[Day[Item]]] = [
        [Day(day, day.month == month.number, day == today) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.number)
    ]
    by_date = {day.date: day for week in rows for day in week}
    for day, item in items:
        if day in by_date:
            by_date[day].items.append(item)
    return rows
