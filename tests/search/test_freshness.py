"""What a match loses by the age of its data: the rule, without an engine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.freshness import MOST, STALE, fresher, worth
from search.meaning.fusion import fuse

TODAY = date(2026, 11, 24)

days = st.integers(-400, 4000).map(lambda age: TODAY - timedelta(days=age))
scores = st.floats(0.01, 100.0)


def best_first(pairs: list[tuple[int, float]]) -> list[tuple[int, float]]:
    return sorted(pairs, key=lambda pair: -pair[1])


@pytest.mark.parametrize(
    ("age", "kept"),
    [(-30, 1.0), (0, 1.0), (STALE // 2, 1 - MOST / 2), (STALE, 1 - MOST), (20 * STALE, 1 - MOST)],
)
def test_a_match_loses_evenly_for_two_years_and_no_more(age: int, kept: float) -> None:
    assert worth(TODAY - timedelta(days=age), TODAY) == pytest.approx(kept)


def test_who_was_never_known_counts_as_stale() -> None:
    assert worth(None, TODAY) == 1 - MOST


@given(held=st.lists(st.tuples(scores, days), min_size=2, max_size=12))
def test_only_what_is_nearly_as_good_changes_places(held: list[tuple[float, date]]) -> None:
    ranked = best_first([(place, score) for place, (score, _day) in enumerate(held)])
    known = {place: day for place, (_score, day) in enumerate(held)}
    found = fresher(ranked, known, TODAY, deep=100)
    assert sorted(found) == sorted(ranked)
    for place, (key, score) in enumerate(found):
        for other, better in found[place + 1 :]:
            if better > score:
                assert score >= better * (1 - MOST) * 0.999999, (key, other)
                assert known[key] > known[other]


@given(
    held=st.lists(
        st.tuples(scores, st.one_of(st.none(), st.floats(0.12, 1.0)), days), min_size=2, max_size=10
    )
)
def test_who_is_clearly_better_by_words_and_by_meaning_stays_first(
    held: list[tuple[float, float | None, date]],
) -> None:
    """Whatever the dates of these two, and of everybody else."""
    words = best_first([(place, score) for place, (score, _near, _day) in enumerate(held)])
    near = best_first([(place, like) for place, (_score, like, _day) in enumerate(held) if like])
    known = {place: day for place, (_score, _like, day) in enumerate(held)}
    fused = fuse(
        [key for key, _score in fresher(words, known, TODAY, deep=100)],
        [key for key, _like in fresher(near, known, TODAY, deep=100)],
    )
    order = [one.key for one in fused]
    for one, (score, like, _day) in enumerate(held):
        for other, (less, less_like, _other_day) in enumerate(held):
            clearly = less < score * (1 - MOST) * 0.999999
            if clearly and (less_like is None or (like and less_like < like * (1 - MOST) * 0.999999)):
                assert order.index(one) < order.index(other)


def test_equals_stay_as_they_were_and_so_does_what_lies_deep() -> None:
    ranked = [("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0)]
    known = {"a": TODAY - timedelta(days=900), "c": TODAY, "b": TODAY, "d": TODAY}
    assert [key for key, _score in fresher(ranked, known, TODAY, deep=100)] == ["b", "c", "d", "a"]
    assert [key for key, _score in fresher(ranked, known, TODAY, deep=2)] == ["b", "a", "c", "d"]
