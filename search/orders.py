"""Orders that go by neither words nor a field alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class ByRank:
    """By the rank of an object's value in the FilterField `field`, least first; whoever has no value of `ranks` comes last,
    equals by the FilterField `then`. An object should have one value of `ranks` at most. Ranks are from 0 to a million."""

    field: str
    ranks: Mapping[str, int]
    then: str

    def first(self, most: int) -> ByRank:
        """With so many of the ranks, the least: whoever has none of them comes after those who have."""
        kept = sorted(self.values_of)[:most]
        if len(kept) == len(self.values_of):
            return self
        return ByRank(self.field, {value: rank for rank in kept for value in self.values_of[rank]}, self.then)

    @cached_property
    def values_of(self) -> dict[int, list[str]]:
        """The values of each rank."""
        found: dict[int, list[str]] = {}
        for value, rank in self.ranks.items():
            found.setdefault(rank, []).append(value)
        return found
