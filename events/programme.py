"""What may not happen in a programme: pure rules over plain values."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import time
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Slot:
    """One session in its place: the number of the day, the hours of its block, its room and who leads it."""

    day: int
    start: time
    end: time
    title: str
    room: str = ""
    leaders: tuple[tuple[Hashable, str], ...] = ()  # (key of the person, name)

    def meets(self, other: "Slot") -> bool:
        """Some minute belongs to both; what ends at noon does not meet what starts at noon."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Conflict:
    """`what` ("room" or "leader") called `name` is needed by both sessions at once."""

    what: str
    name: str
    first: Slot
    second: Slot


def conflicts(slots: Iterable[Slot]) -> list[Conflict]:
    """Every pair of sessions that meet in time and share a room (spelt alike but for case and spaces) or a person."""
    wanted: dict[tuple[str, Hashable], list[tuple[str, Slot]]] = defaultdict(list)
    for slot in slots:
        if room := " ".join(slot.room.split()):
            wanted["room", room.casefold()].append((room, slot))
        for key, name in dict(slot.leaders).items():
            wanted["leader", key].append((name, slot))
    return [
        Conflict(what, name, first, second)
        for (what, _), uses in wanted.items()
        for (name, first), (_, second) in combinations(uses, 2)
        if first.meets(second)
    ]
