"""What cells are compared with: the vocabulary, the register of municipalities, closed sets. Held for one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils import translation
from rapidfuzz import fuzz, process
from wagtail.models import Locale

from directory.models import Audience, Language, Method, Municipality, Sector, Topic, Voivodeship
from directory.models.vocabulary import Term
from directory.querysets import ascii_slug
from home.querysets import SOURCE_LANGUAGE

TERMS: dict[str, type[Term]] = {"methods": Method, "topics": Topic, "audiences": Audience}
# Below this likeness (0 to 100) a suggestion would only puzzle.
NEAR = 62
# Unknown words whose nearest known one is remembered: a file repeats its own.
SUGGESTIONS = 1000
OTHER_NAMES = {
    "praktyk-niezalezny": Sector.INDEPENDENT,
    "niezalezny": Sector.INDEPENDENT,
    "ngo": Sector.NGO,
    "samorzad": Sector.PUBLIC,
}
LANGUAGE_NAMES = {"jezyk-migowy": Language.SIGN, "migowy": Language.SIGN}


def nearest(text: str, names: Collection[str]) -> str:
    """The name most like `text`, or "" when none is near."""
    known = list(names)  # of a mapping, rapidfuzz would compare the values
    for scorer in (fuzz.ratio, fuzz.WRatio):
        # The second finds "budżet" in "budżet obywatelski", which the first, better at slips, holds for different.
        found = process.extractOne(text, known, scorer=scorer, processor=str.lower, score_cutoff=NEAR)
        if found:
            return str(found[0])
    return ""


class Words:
    """A vocabulary by folded name, other name and name in another language; the value is the Polish term's key."""

    def __init__(self, model: type[Term]) -> None:
        self.model = model
        self.keys: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.suggested: dict[str, str] = {}
        rows = list(model._default_manager.select_related("locale"))
        polish = {row.translation_key: row for row in rows if row.locale.language_code == SOURCE_LANGUAGE}
        # Names go before other names, so that a synonym of one term never hides the name of another.
        for get in (lambda row: [row.name, row.slug], lambda row: row.other_names):
            for row in rows:
                if source := polish.get(row.translation_key):
                    for name in get(row):
                        self.keys.setdefault(ascii_slug(name), source.pk)
                        self.names.setdefault(name, source.name)
        self.keys.pop("", None)

    def find(self, name: str) -> int | None:
        return self.keys.get(ascii_slug(name))

    def nearest(self, name: str) -> str:
        """The known term whose name or other name is most like `name`."""
        if name not in self.suggested:
            if len(self.suggested) >= SUGGESTIONS:
                self.suggested.clear()
            self.suggested[name] = self.names.get(nearest(name, self.names), "")
        return self.suggested[name]

    def create(self, name: str) -> int:
        """A term that the file brings, in Polish and without a description."""
        term = self.model._default_manager.create(
            name=name, slug=ascii_slug(name)[:80], locale=Locale.objects.get(language_code=SOURCE_LANGUAGE)
        )
        self.keys[ascii_slug(name)] = term.pk
        self.names[name] = name
        self.suggested.clear()
        return int(term.pk)


@dataclass(frozen=True, slots=True)
class Place:
    teryt: str
    name: str
    voivodeship: str
    rural: bool
    county: str


class Places:
    """The register by folded name and by code: 2,477 rows and those of the demo."""

    def __init__(self) -> None:
        self.by_code: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for row in Municipality.objects.values_list("teryt", "name", "voivodeship", "kind", "county"):
            place = Place(row[0], row[1], row[2], row[3] == "rural", row[4])
            self.by_code[place.teryt] = place
            self.by_name[ascii_slug(place.name)].append(place)

    def named(self, name: str, voivodeship: str = "") -> list[Place]:
        places = self.by_name.get(ascii_slug(name), [])
        return [place for place in places if not voivodeship or place.voivodeship == voivodeship]

    def nearest(self, name: str, voivodeship: str) -> str:
        return nearest(
            name,
            {
                place.name
                for place in self.by_code.values()
                if not voivodeship or place.voivodeship == voivodeship
            },
        )


def by_label(choices: type[models.TextChoices], more: Mapping[str, models.TextChoices]) -> dict[str, str]:
    """Values of a closed set by their folded Polish label and by themselves."""
    with translation.override(SOURCE_LANGUAGE):
        found = {ascii_slug(str(label)): value for value, label in choices.choices}
    return (
        found | {value: value for value in choices.values} | {key: value.value for key, value in more.items()}
    )


class Lookups:
    def __init__(self) -> None:
        self.terms = {name: Words(model) for name, model in TERMS.items()}
        self.places = Places()
        self.sectors = by_label(Sector, OTHER_NAMES)
        self.languages = by_label(Language, LANGUAGE_NAMES)
        self.voivodeships = {ascii_slug(Voivodeship(value).polish): value for value in Voivodeship.values}
        self.voivodeships |= {ascii_slug(Voivodeship(value).english): value for value in Voivodeship.values}
