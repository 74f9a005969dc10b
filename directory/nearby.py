"""What the page of the base says about nearness: distances, how far is looked, who has no place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.asking import Asked, ask
from directory.models.choices import Likeness
from directory.models.practitioners import Practitioner
from directory.models.vocabulary import Voivodeship
from directory.nearness import USUAL, WITHIN, Where
from home.drawings import Spot


@dataclass(frozen=True, slots=True)
class Nearby:
    asked: Asked

    usual = USUAL

    @property
    def where(self) -> Where:
        return self.asked.where

    @property
    def name(self) -> str:
        return self.asked.where.place.name if self.asked.where.place else ""

    @property
    def url(self) -> str:
        return self.where.place.url if self.where.place else ""

    @property
    def distances(self) -> list[tuple[str, str]]:
        """For the form: value and words of each."""
        words = {"wojewodztwo": _("to samo województwo"), "polska": _("cała Polska")}
        return [(within, words.get(within) or _("do %(km)s km") % {"km": within}) for within in WITHIN]

    @property
    def widths(self) -> list[tuple[str, str]]:
        """Words and address of each distance; the present one without an address."""
        where = self.asked.where
        return [
            (words, "" if within == where.within else self.asked.asking(km="" if within == USUAL else within))
            for within, words in self.distances
        ]

    @property
    def chip(self) -> list[tuple[str, str]]:
        """As any other filter: what was chosen, and the address without it."""
        where = self.asked.where
        if not where:
            return []
        name = {"name": self.name}
        words = {
            "wojewodztwo": _("w województwie gminy %(name)s") % name,
            "polska": _("najbliżej gminy %(name)s") % name,
        }
        within = _("do %(km)s km od gminy %(name)s") % {"km": where.within, **name}
        kept = {"blisko": "", "km": ""} | ({"kolejnosc": ""} if self.asked.order == "odleglosc" else {})
        return [(words.get(where.within, within), self.asked.asking(**kept))]

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """For a name that is that of several, or of none: name, what tells it apart, and the address that asks for it."""
        where = self.asked.where
        km = "" if where.within == USUAL else where.within
        return [
            (place.name, place.detail, self.asked.asking(blisko=place.code, km=km))
            for place in where.named.choices
        ]

    def away(self, person: Practitioner) -> str:
        """How far a person lives, by their Polish row; "" where nobody knows."""
        where = self.asked.where
        far = where.away(person)
        if far is None or where.place is None:
            return ""
        if person.municipality_id == where.place.code:
            return _("w tej gminie")
        if far == 0:
            return _("mniej niż kilometr stąd")
        words = _("około %(km)d km stąd") if where.roughly(person) else _("%(km)d km stąd")
        return words % {"km": far}

    @property
    def like(self) -> tuple[str, str] | None:
        """Words and address that leave those from municipalities of the same kind; None where they are chosen."""
        place = self.asked.where.place
        if place is None or place.likeness in self.asked.choice["rodzaj"]:
            return None
        words = {
            Likeness.RURAL: _("Tylko z gmin wiejskich, jak %(name)s"),
            Likeness.MIXED: _("Tylko z gmin miejsko-wiejskich, jak %(name)s"),
            Likeness.URBAN: _("Tylko z gmin miejskich, jak %(name)s"),
            Likeness.CITY: _("Tylko z miast na prawach powiatu, jak %(name)s"),
        }[place.likeness]
        return words % {"name": place.name}, self.asked.choice.toggled("rodzaj", place.likeness.value)

    def unplaced(self) -> tuple[str, str] | None:
        """Of those whom the question finds in the voivodeship, people who name no municipality and so are within no distance, and
        the address that finds them too. One more question to the engine."""
        where = self.asked.where
        if where.place is None or not where.within.isdigit():
            return None
        region = Voivodeship(where.place.voivodeship)
        # In an order of the index: nobody is shown, so nothing need be ranked.
        asked = replace(self.asked, where=replace(where, within="wojewodztwo"), order="nazwisko", page=1)
        people = Practitioner.objects.visible().naming_only(region.value)
        number = ask(asked, people, page_size=0).total
        words = ngettext(
            "%(count)d osoba podała tylko województwo (%(region)s), więc nie wiadomo, jak daleko mieszka.",
            "%(count)d osób podało tylko województwo (%(region)s), więc nie wiadomo, jak daleko mieszkają.",
            number,
        )
        said = words % {"count": number, "region": region.label}
        return (said, self.asked.asking(km="wojewodztwo")) if number else None

    @property
    def spots(self) -> list[Spot]:
        """The place on the map, with the distance around it."""
        where = self.asked.where
        if where.place is None:
            return []
        kilometres = int(where.within) if where.within.isdigit() else 0
        return [Spot(where.place.latitude, where.place.longitude, where.place.name, around=kilometres)]
