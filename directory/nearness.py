"""Where somebody is looked for: a municipality, and how far from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from search.orders import ByRank
from search.typed import question

from .gazetteer import Named, Place, gazetteer

if TYPE_CHECKING:
    from .models import Practitioner

#: What `km` may be: kilometres, the municipality's voivodeship, or anywhere, the nearest first.
WITHIN = ("25", "50", "100", "wojewodztwo", "polska")
USUAL = "50"
#: The FilterField that holds where people are: codes of municipalities and voivodeships.
FIELD = "place_codes"


@dataclass(frozen=True, slots=True)
class Where:
    """`place` is None where what was typed is nobody's name, that of several, or of one without a known position. Distances
    are whole kilometres, as the crow flies from seat to seat, and everything goes by them as they are shown: "do 50 km" is
    whoever is told to be 50 km away."""

    typed: str = ""
    within: str = USUAL
    named: Named = field(default=Named())
    distances: Mapping[str, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, typed: str, within: str = "") -> Where:
        """Any text, a name or a code of the register; the usual distance where it is none of WITHIN."""
        typed = question(typed)
        within = within if within in WITHIN else USUAL
        if not typed:
            return cls(within=within)
        register = gazetteer()
        named = register.named(typed)
        if named.place is None:
            return cls(typed, within, named)
        if not named.place.located:
            return cls(typed, within)
        return cls(register.label(named.place), within, named, register.kilometres(named.place.code))

    def __bool__(self) -> bool:
        return self.place is not None

    @property
    def place(self) -> Place | None:
        return self.named.place

    @property
    def kept(self) -> dict[str, str]:
        """What stands in addresses; nothing of a place that nobody knows."""
        if self.place is None:
            return {}
        return {"blisko": self.place.code, "km": "" if self.within == USUAL else self.within}

    @property
    def filters(self) -> dict[str, list[str]]:
        if self.place is None or self.within == "polska":
            return {}
        if self.within == "wojewodztwo":
            return {FIELD: [self.place.voivodeship]}
        return {FIELD: [code for code, far in self.distances.items() if far <= int(self.within)]}

    @property
    def order(self) -> ByRank:
        near = self.filters.get(FIELD, ()) if self.within.isdigit() else self.distances
        return ByRank(FIELD, {code: self.distances[code] for code in near}, "sort_name")

    def away(self, person: Practitioner) -> int | None:
        """Kilometres to the municipality of a person's source row."""
        return self.distances.get(person.municipality_id) if person.municipality_id else None

    def roughly(self, person: Practitioner) -> bool:
        """Whether one of the two points is only the middle of a county."""
        other = gazetteer().places.get(person.municipality_id or "")
        return bool((self.place and self.place.approximate) or (other and other.approximate))
