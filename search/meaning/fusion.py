"""One order out of two: what the words found and what lies near in meaning. Pure; knows no engine."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

#: Reciprocal ranks: the first of a list is worth 1 / (K + 1), the second 1 / (K + 2).
K = 5
#: What a rank by meaning is worth beside the same rank by words.
WEIGHT = 0.3
#: Word hits that meaning may move, counted from the first.
DEEP = 100
#: Objects that no word found and that are shown all the same, at most.
MOST_ADDED = 10


@dataclass(frozen=True, slots=True)
class Fused(Generic[Key]):
    key: Key
    by_meaning: bool


def fuse(
    words: Sequence[Key], near: Sequence[Key], *, weight: float = WEIGHT, add: int = MOST_ADDED
) -> list[Fused[Key]]:
    """Word hits in a new order, with at most `add` objects that only lie near among them or behind.

    `words` and `near` are keys in their own order, best first. Of equals the word hit comes first. With no weight the
    order of the words stands and what lies near follows it.
    """
    scores: dict[Key, float] = {key: 1 / (K + rank) for rank, key in enumerate(words, 1)}
    found = set(scores)
    added = 0
    for rank, key in enumerate(near, 1):
        if key in found:
            scores[key] += weight / (K + rank)
        elif added < add and key not in scores:
            scores[key] = weight / (K + rank)
            added += 1
    order = {key: place for place, key in enumerate((*words, *near))}
    ranked = sorted(scores, key=lambda key: (-scores[key], key not in found, order[key]))
    return [Fused(key, key not in found) for key in ranked]


def page(fused: Sequence[Fused[Key]], start: int, stop: int) -> list[Fused[Key]]:
    """The word hits from `start` to `stop`, each with what was added right before it; behind the last stands the rest.

    So pages, totals and cursors count word hits only, and what was added stands on exactly one page.
    """
    last = sum(not one.by_meaning for one in fused) - 1
    passed = 0
    kept: list[Fused[Key]] = []
    for one in fused:
        if start <= (min(passed, max(last, 0)) if one.by_meaning else passed) < stop:
            kept.append(one)
        passed += not one.by_meaning
    return kept
