"""How much less a match is worth whose data were confirmed long ago. Pure; knows no engine and no model.

A model takes part with a classmethod `search_known(keys, using)`: of rows, the day on which their data were last known to be
true. It is asked with each question, so neither a confirmation nor the clock asks for anything to be indexed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

#: What a match loses at most, of its score by words and of its likeness by meaning. So whoever is better than somebody by more
#: than this, by words and by meaning, stays before them, whatever the dates.
MOST = 0.03
#: Days after which nothing more is lost.
STALE = 730


def worth(known: date | None, today: date) -> float:
    """What a score is multiplied by: 1 where the data were known to be true today (or on a day to come), evenly less to
    1 - MOST after STALE days, or where nobody knows when."""
    age = STALE if known is None else min(max((today - known).days, 0), STALE)
    return 1 - MOST * age / STALE


def fresher(
    ranked: Sequence[tuple[Any, float]], known: Mapping[Any, date], today: date, *, deep: int
) -> list[tuple[Any, float]]:
    """Keys with their scores in the order of what these are worth; equals stay as they were, and so do those behind the
    first `deep`. Scores are not negative, and stand in descending order."""
    first = sorted(ranked[:deep], key=lambda item: -item[1] * worth(known.get(item[0]), today))
    return [*first, *ranked[deep:]]
