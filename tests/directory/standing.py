"""A clock that stands until a test moves it: the fixture `clock` (conftest.py) makes it the site's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """What time the site thinks it is."""

    def __init__(self) -> None:
        self.now = NOW

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
