"""What a chunk of rows would do to the base. Reads only; a fixed number of queries, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Consent, Erased, Practitioner, PractitionerLink, State
from directory.models.imports import ImportRow
from directory.sharing import TERMS
from home.querysets import SOURCE_LANGUAGE

from .cells import Values, read
from .lookups import Lookups, Place
from .reading import Row

Outcome = ImportRow.Outcome


@dataclass(slots=True)
class Plan:
    """What is to be done for one row; `fields`, `terms` and `links` hold only what changes."""

    row: Row
    public_id: str
    outcome: str = Outcome.UNCHANGED
    notes: list[str] = field(default_factory=list)
    person: Practitioner | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, list[int]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] | None = None
    consent: bool = False

    def refuse(self, *reasons: str) -> Plan:
        self.outcome, self.notes = Outcome.REFUSED, [*reasons]
        return self


class Base:
    """What the base holds of the people of one chunk."""

    def __init__(self, everyone: Sequence[Values]) -> None:
        ids = [values.public_id for values in everyone if values.public_id]
        self.people = {
            person.public_id: person
            for person in Practitioner.objects.filter(
                locale__language_code=SOURCE_LANGUAGE, public_id__in=ids
            ).select_related("locale")
        }
        self.keys = [person.pk for person in self.people.values()]
        emails = [values.fields["email"] for values in everyone if "email" in values.fields]
        self.erased = {value.lower() for value in Erased.objects.among([*ids, *emails])}
        self.consents: dict[int, list[bool]] = defaultdict(list)
        self.links: dict[int, list[tuple[str, str]]] = defaultdict(list)
        self.terms: dict[str, dict[int, list[int]]] = {name: defaultdict(list) for name in TERMS}
        if self.keys:
            self.read_relations()

    def read_relations(self) -> None:
        for key, withdrawn in Consent.objects.filter(
            practitioner__in=self.keys, kind=Consent.Kind.PUBLIC_PROFILE
        ).values_list("practitioner", "withdrawn_at"):
            self.consents[key].append(withdrawn is None)
        for key, url, label in PractitionerLink.objects.filter(practitioner__in=self.keys).values_list(
            "practitioner", "url", "label"
        ):
            self.links[key].append((url, label))
        for name, found in self.terms.items():
            relation = Practitioner._meta.get_field(name)
            through = relation.remote_field.through
            term = f"{relation.related_model._meta.model_name}_id"
            for key, value in through._default_manager.filter(practitioner__in=self.keys).values_list(
                "practitioner_id", term
            ):
                found[key].append(value)


def plan(rows: Sequence[Row], lookups: Lookups, *, create_terms: bool = False) -> list[Plan]:
    everyone = [read(row, lookups, create_terms=create_terms) for row in rows]
    base = Base(everyone)
    return [plan_one(row, values, base, lookups) for row, values in zip(rows, everyone, strict=True)]


def plan_one(row: Row, values: Values, base: Base, lookups: Lookups) -> Plan:
    made = Plan(row, values.public_id, notes=list(values.notes))
    person = base.people.get(values.public_id)
    if {values.public_id.lower(), values.fields.get("email", "").lower()} & base.erased:
        return made.refuse(_("Ta osoba poprosiła o usunięcie danych: import jej nie przywróci."))
    if values.problems:
        return made.refuse(*values.problems)
    if person is None:
        if "name" not in values.fields:
            return made.refuse(_("Nowa osoba musi mieć imię i nazwisko."))
        made.outcome, made.consent = Outcome.CREATED, True
        made.fields = dict(values.fields)
        made.terms, made.unknown = values.terms, values.unknown
        made.links = [(url, "") for url in values.links]
        set_place(made, values, None, lookups)
        return made
    if reason := untouchable(person, base.consents[person.pk]):
        return made.refuse(reason)
    made.person = person
    made.consent = not base.consents[person.pk]
    made.fields = {name: value for name, value in values.fields.items() if getattr(person, name) != value}
    set_place(made, values, person, lookups)
    made.unknown = values.unknown
    made.terms = {
        name: keys
        for name, keys in values.terms.items()
        if name in values.unknown or set(keys) != set(base.terms[name][person.pk])
    }
    made.links = changed_links(base.links[person.pk], values.links)
    if made.fields or made.terms or made.links is not None or made.consent:
        made.outcome = Outcome.UPDATED
        made.notes[:0] = [said(made)]
        if person.has_unpublished_changes:
            made.notes.append(_("Wpis ma nieopublikowany szkic: zmiana trafi też do niego."))
    if person.state != State.LIVE:
        made.notes.append(
            _("Stan „%(state)s” zostaje: import go nie zmienia.") % {"state": person.get_state_display()}
        )
    return made


def untouchable(person: Practitioner, consents: list[bool]) -> str:
    """Why the import may not change this person, or ""."""
    if person.state == State.WITHDRAWN:
        return _("Ta osoba wycofała się z bazy.")
    if consents and not any(consents):
        return _("Ta osoba wycofała zgodę na profil w bazie.")
    if person.locked:
        return _("Wpis jest zablokowany przez redakcję.")
    return ""


def set_place(made: Plan, values: Values, person: Practitioner | None, lookups: Lookups) -> None:
    """Which of the namesakes: the one set by hand before, else the urban or urban-rural one, else none."""
    if not values.places:
        # A voivodeship without a municipality leaves no municipality of another one behind.
        region = made.fields.get("voivodeship")
        held = lookups.places.by_code.get(person.municipality_id or "") if person else None
        if region and held and held.voivodeship != region:
            made.fields["municipality_id"] = None
        return
    chosen = choose(values.places, person.municipality_id if person else None)
    if len(values.places) > 1 and not values.certain:
        name = values.places[0].name
        if chosen is None:
            made.notes.append(
                _(
                    "Gmina %(name)s: w tym województwie są %(count)d gminy wiejskie tej nazwy. Podaj kod w kolumnie teryt."
                )
                % {"name": name, "count": len(values.places)}
            )
        elif person is None or person.municipality_id != chosen.teryt:
            made.notes.append(
                _("Gmin o nazwie %(name)s jest tu %(count)d; wzięto miasto (TERYT %(code)s).")
                % {"name": name, "count": len(values.places), "code": chosen.teryt}
            )
    key = chosen.teryt if chosen else None
    if (person.municipality_id if person else None) != key:
        made.fields["municipality_id"] = key


def choose(places: list[Place], held: str | None) -> Place | None:
    if len(places) == 1:
        return places[0]
    for place in places:
        if place.teryt == held:
            return place
    return None if places[0].rural else places[0]


def changed_links(held: list[tuple[str, str]], wanted: list[str]) -> list[tuple[str, str]] | None:
    """All links as they should be, or None when nothing changes.

    One link in the base and one in the file: the file's replaces it. Several: those of the file are added.
    """
    known = {url for url, _label in held}
    fresh = [(url, "") for url in wanted if url not in known]
    if not fresh:
        return None
    return fresh if len(held) == len(wanted) == 1 else [*held, *fresh]


def said(made: Plan) -> str:
    """Which fields change, by their names in the admin."""
    names = [str(Practitioner._meta.get_field(name.removesuffix("_id")).verbose_name) for name in made.fields]
    names += [str(Practitioner._meta.get_field(name).verbose_name) for name in made.terms]
    names += [_("linki")] if made.links is not None else []
    names += [_("zgoda")] if made.consent else []
    return _("Zmienia się: %(fields)s.") % {"fields": ", ".join(names)}
