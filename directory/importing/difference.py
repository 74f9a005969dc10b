"""What a staged row would change of somebody in the base: field by field, the old value and the new one, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.fields import CodesField
from directory.models import Practitioner
from directory.models.imports import ImportRow

from .lookups import Lookups
from .planning import Plan, plan
from .reading import Row

#: Fields that not everybody on the staff may read.
PRIVATE = ("email",)


@dataclass(frozen=True, slots=True)
class Change:
    """`old` and `new` are "" where there is nothing; both are None where the reader may not see them."""

    label: str
    old: str | None
    new: str | None


def differences(rows: Iterable[ImportRow], *, create_terms: bool, private: bool) -> dict[int, list[Change]]:
    """By number, for the rows that update somebody and wait; as many queries for many rows as for one.

    `private`: whether the reader may see e-mail addresses. What was stored has no cells any more, and no difference.
    """
    waiting = [row for row in rows if row.outcome == ImportRow.Outcome.UPDATED and not row.stored]
    if not waiting:
        return {}
    lookups = Lookups()
    plans = plan([Row(row.number, row.line, row.data) for row in waiting], lookups, create_terms=create_terms)
    # The base may have changed since the file was read: whoever is no update any more has no difference.
    plans = [made for made in plans if made.person]
    words = Words(plans, lookups)
    return {made.row.number: list(words.changes(made, private)) for made in plans}


class Words:
    """Values of a few plans in words."""

    def __init__(self, plans: Sequence[Plan], lookups: Lookups) -> None:
        self.lookups = lookups
        keys = [made.person.pk for made in plans if made.person]
        people = Practitioner.objects.filter(pk__in=keys)
        self.held: dict[int, Practitioner] = {
            person.pk: person for person in people.prefetch_related("methods", "topics", "audiences", "links")
        }
        self.terms = {
            name: dict(
                known.model._default_manager.filter(
                    pk__in={key for made in plans for key in made.terms.get(name, ())}
                ).values_list("pk", "name")
            )
            for name, known in lookups.terms.items()
        }

    def changes(self, made: Plan, private: bool) -> Iterable[Change]:
        person = self.held[made.person.pk] if made.person else None
        for name, new in made.fields.items():
            label = label_of(name.removesuffix("_id"))
            if name in PRIVATE and not private:
                yield Change(label, None, None)
            else:
                yield Change(label, self.said(name, getattr(person, name)), self.said(name, new))
        for name, keys in made.terms.items():
            old = sorted(term.name for term in getattr(person, name).all())
            new_names = [self.terms[name][key] for key in keys if key in self.terms[name]]
            yield Change(
                label_of(name), "; ".join(old), "; ".join(sorted({*new_names, *made.unknown.get(name, [])}))
            )
        if made.links is not None and person:
            old = [link.url for link in person.links.all()]
            yield Change(_("Linki"), "; ".join(old), "; ".join(url for url, _label in made.links))
        if made.consent:
            yield Change(_("Zgoda na profil"), _("nie zapisano"), _("zapisana z pliku"))

    def said(self, name: str, value: Any) -> str:
        if name == "municipality_id":
            place = self.lookups.places.by_code.get(value or "")
            return f"{place.name} ({place.county}, {place.teryt})" if place else ""
        field = Practitioner._meta.get_field(name)
        if isinstance(field, CodesField) and field.options:
            return "; ".join(str(label) for code, label in field.options.choices if code in value)
        if isinstance(value, bool):
            return _("tak") if value else _("nie")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return "" if value is None else str(value)


def label_of(name: str) -> str:
    return capfirst(str(Practitioner._meta.get_field(name).verbose_name))
