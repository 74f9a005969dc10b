"""How complete an entry is: eight things that help a reader choose, and what to add. A pure rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from directory.models import Consent, Practitioner

BIOGRAPHY = 200
CONFIRMED_WITHIN = relativedelta(years=1)


@dataclass(frozen=True, slots=True)
class Completeness:
    """`missing` says, in the order in which readers meet them, what to add."""

    total: int
    missing: tuple[str, ...]

    @property
    def done(self) -> int:
        return self.total - len(self.missing)

    @property
    def short(self) -> str:
        return _("%(done)d z %(total)d") % {"done": self.done, "total": self.total}


def completeness(
    person: Practitioner, *, has_place: bool, has_methods: bool, has_consent: bool, today: date
) -> Completeness:
    """Of the Polish row, published or a draft. What stands in other tables is told by the caller, who may know it of many
    people at once."""
    written = len(person.biography.strip())
    confirmed = person.confirmed_at
    met = {
        _("jedno zdanie o tym, czym się zajmuje"): bool(person.headline.strip()),
        _("gmina albo województwo"): has_place,
        _("co najmniej jedna metoda"): has_methods,
        _("„O sobie” na co najmniej %(least)d znaków (jest %(written)d)")
        % {"least": BIOGRAPHY, "written": written}: written >= BIOGRAPHY,
        _("doświadczenie"): bool(person.experience.strip()),
        _("zdjęcie"): person.photo_id is not None,
        _("potwierdzenie danych w ostatnim roku"): bool(confirmed and confirmed > today - CONFIRMED_WITHIN),
        _("zgoda na publikację profilu"): has_consent,
    }
    return Completeness(len(met), tuple(words for words, is_met in met.items() if not is_met))


def of(person: Practitioner, today: date) -> Completeness:
    """Of one person, a draft too; two queries."""
    consents = Consent.objects.standing().filter(kind=Consent.Kind.PUBLIC_PROFILE)
    return completeness(
        person,
        has_place=bool(person.municipality_id or person.voivodeship),
        has_methods=bool(person.methods.all()),
        has_consent=consents.filter(practitioner=person.pk).exists(),
        today=today,
    )
