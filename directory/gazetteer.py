"""The register of municipalities at hand: which one a typed name means, and how far each lies from another.

A field in which one is typed is `directory.municipality_field`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile
from math import asin, cos, isnan, nan, radians, sin, sqrt
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.models import Municipality, Voivodeship
from directory.models.choices import Likeness
from directory.models.vocabulary import LIKENESSES
from directory.querysets import ascii_slug
from home.frame import at_hand
from search.analysis.lemmas import known
from search.analysis.tokens import normal
from search.slips import cost

#: Mean radius of the Earth in kilometres (IUGG).
EARTH = 6371.0088
#: Municipalities offered to choose from, where a name is that of several or of none.
OFFERED = 8
#: Letters from which on a name may be two slips away.
LONG = 7
LONGEST = 80
#: Words beside a name: "gmina Brzeziny, pow. brzeziński", "w Łodzi".
BESIDE = {
    *("gmina", "gminie", "gminy", "pow", "powiat", "woj", "wojewodztwo", "w", "we"),
    *("municipality", "county", "voivodeship", "in"),
}
KINDS = {
    "wiejska": {Likeness.RURAL},
    "miejska": {Likeness.URBAN, Likeness.CITY},
    "miejsko": {Likeness.MIXED},
    "miasto": {Likeness.URBAN, Likeness.CITY},
    "city": {Likeness.CITY},
}


class Place(NamedTuple):
    """A municipality; `approximate` as in the model, degrees as in WGS 84, not a number where the position is not known."""

    code: str
    name: str
    slug: str
    likeness: Likeness
    county: str
    voivodeship: str
    latitude: float
    longitude: float
    approximate: bool

    @property
    def located(self) -> bool:
        return not (isnan(self.latitude) or isnan(self.longitude))

    @property
    def url(self) -> str:
        return reverse("municipality", args=[self.code, self.slug])

    @property
    def region(self) -> str:
        return Voivodeship(self.voivodeship).words

    @property
    def around(self) -> str:
        """The folded words of the county and the voivodeship, which has an English name too."""
        return "-".join(
            (folded(self.county), self.voivodeship, folded(Voivodeship(self.voivodeship).english))
        )

    @property
    def detail(self) -> str:
        """What tells namesakes apart: the kind, the county, the voivodeship."""
        if self.likeness is Likeness.CITY:
            return f"{self.likeness.label}, {self.region}"
        return f"{self.likeness.label}, {self.powiat}, {self.region}"

    @property
    def powiat(self) -> str:
        return _("pow. %(county)s") % {"county": self.county}


@dataclass(frozen=True, slots=True)
class Named:
    """What a typed name means: one place; or some to choose from, which are called so (`namesakes`) or nearly so."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    namesakes: bool = False


@dataclass(frozen=True, eq=False)
class Gazetteer:
    places: dict[str, Place]
    by_slug: dict[str, list[Place]] = field(default_factory=dict)
    #: What a place is called after "w": "lodzi".
    by_locative: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Gazetteer:
        rows = Municipality.objects.order_by("slug", "teryt").values_list(
            "teryt", "name", "slug", "kind", "city_with_county_rights", "county", "voivodeship", "latitude",
            "longitude", "approximate", "name_locative",
        )  # fmt: skip
        made = cls({})
        for code, name, slug, kind, city, county, region, north, east, approximate, locative in rows:
            likeness = Likeness.CITY if city else LIKENESSES[kind]
            point = [nan if degrees is None else float(degrees) for degrees in (north, east)]
            place = Place(code, name, slug, likeness, county, region, point[0], point[1], approximate)
            made.places[code] = place
            made.by_slug.setdefault(folded(name), []).append(place)
            if locative:
                made.by_locative.setdefault(folded(locative), []).append(place)
        return made

    def label(self, place: Place) -> str:
        """The shortest that `named` takes for this place alone: its name, with kind and county where others have it too."""
        kind = _("miasto") if place.likeness is Likeness.CITY else place.likeness.value
        ways = (
            place.name,
            f"{place.name} ({kind})" if place.likeness is Likeness.CITY else f"{place.name}, {place.powiat}",
            f"{place.name} ({kind}), {place.powiat}",
            f"{place.name} ({kind}), {place.powiat}, {place.region}",
        )
        return next((way for way in ways if self.named(way).place is place), place.code)

    def named(self, text: str) -> Named:
        """Never an error, whatever was typed. Diacritics, case and what stands between words don't matter."""
        text = text.strip()[:LONGEST]
        if text in self.places:
            return Named(self.places[text])
        words = [word for word in ascii_slug(text).split("-") if word]
        bare = list(dropwhile(lambda word: word in BESIDE or word in KINDS, words))
        kinds = [KINDS[word] for word in words[: len(words) - len(bare)] if word in KINDS]
        found = (
            self._called(words, self.by_slug)
            or self._called(bare, self.by_slug, kinds)
            or self._called(bare, self.by_locative, kinds)
            or self._inflected(text, len(bare), kinds)
            or self._begun("-".join(bare))
        )
        if len(found) == 1:
            return Named(found[0])
        if found:
            return Named(choices=tuple(found[:OFFERED]), namesakes=True)
        return Named(choices=tuple(self._nearly(text, "-".join(bare))))

    def beginning(self, text: str) -> list[Place]:
        """Whose name begins as typed, or of whose name, county and voivodeship a word begins with each typed one; the very
        name first."""
        words = [
            word
            for word in ascii_slug(text[:LONGEST]).split("-")
            if word and word not in ("pow", "woj", "county")
        ]
        if not words:
            return []
        joined = "-".join(words)
        found = [
            place
            for place in self.places.values()
            if place.slug.startswith(joined)
            or (begins(words[:1], place.slug) and begins(words, f"{place.slug}-{place.around}"))
        ]  # fmt: skip
        found.sort(
            key=lambda place: (
                place.slug != joined,
                not place.slug.startswith(joined),
                place.slug,
                place.code,
            )
        )
        return found

    def _called(
        self, words: Sequence[str], names: dict[str, list[Place]], kinds: Sequence[set[Likeness]] = ()
    ) -> list[Place]:
        """Whose name the words are, or begin with: then the others tell the kind, the county or the voivodeship."""
        for length in range(len(words), 0, -1):
            rest = [word for word in words[length:] if word not in BESIDE]
            told = [
                *kinds,
                *([KINDS["miejsko"]] if "miejsko" in rest else [KINDS[one] for one in rest if one in KINDS]),
            ]
            regions = [word for word in rest if word not in KINDS]
            found = [
                place for place in names.get("-".join(words[:length]), ()) if begins(regions, place.around)
            ]
            if found:
                return [one for one in found if all(one.likeness in kind for kind in told)] or found
        return []

    def _inflected(self, text: str, number: int, kinds: Sequence[set[Likeness]]) -> list[Place]:
        """Whose name of one word is inflected otherwise than the register tells: "w Łodzi"."""
        lemmas = known(normal(text.split()[-1])) if number == 1 else ()
        found = (self._called([folded(lemma)], self.by_slug, kinds) for lemma in lemmas)
        return next(filter(None, found), [])

    def _begun(self, slug: str) -> list[Place]:
        if len(slug) < 3:
            return []
        return [place for name, found in self.by_slug.items() if name.startswith(slug) for place in found]

    def _nearly(self, text: str, slug: str) -> Iterable[Place]:
        """Places spelled nearly so, the likeliest first."""
        if len(slug) < 3:
            return []
        slips = 1 if len(slug) < LONG else 2
        near = [
            name
            for name, _distance, _place in process.extract(
                slug, self.by_slug.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50
            )
        ]
        typed = " ".join(text.lower().split())
        near.sort(key=lambda name: (cost(typed, self.by_slug[name][0].name.lower()), name))
        return [place for name in near for place in self.by_slug[name]][:OFFERED]

    @lru_cache(maxsize=64)  # noqa: B019  (as many registers as are at hand: one, and the one before)
    def kilometres(self, code: str) -> dict[str, int]:
        """Whole kilometres from a located place to each other, as the crow flies, the nearest first."""
        origin = self.places[code]
        north, east = radians(origin.latitude), radians(origin.longitude)
        far = {
            place.code: distance(north, east, radians(place.latitude), radians(place.longitude))
            for place in self.places.values()
            if place.located
        }
        return {code: round(far[code]) for code in sorted(far, key=far.__getitem__)}


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    return ascii_slug(text)


def begins(words: Iterable[str], slug: str) -> bool:
    """Whether each word begins one of the slug's."""
    held = slug.split("-")
    return all(any(one.startswith(word) for one in held) for word in words)


def distance(north: float, east: float, other_north: float, other_east: float) -> float:
    """Kilometres along a great circle between two points, in radians (the haversine formula)."""
    half = (
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    )
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def gazetteer() -> Gazetteer:
    return at_hand("gazetteer", Gazetteer.load)
