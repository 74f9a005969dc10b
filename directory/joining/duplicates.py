"""Who may be in the base already: a name that is alike and a place that is the same.

A visitor is told only of people whom everybody sees: the question is never put to the others, so neither an answer nor
the time it takes can tell of them. The staff are told of all.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from directory.models import Practitioner
from directory.names import alike
from home.querysets import SOURCE_LANGUAGE

MOST_SHOWN = 3


def same_place(one: Practitioner, other: Practitioner) -> bool:
    """The municipality, or the voivodeship where one of them names no municipality."""
    if one.municipality_id and other.municipality_id:
        return one.municipality_id == other.municipality_id
    return bool(one.voivodeship) and one.voivodeship == other.voivodeship


def among(people: Iterable[Practitioner], person: Practitioner) -> list[Practitioner]:
    return [other for other in people if same_place(person, other) and alike(person.name, other.name)]


def near(people: Iterable[Practitioner]) -> Q:
    return Q(voivodeship__in={person.voivodeship for person in people if person.voivodeship})


def columns(rows: QuerySet[Practitioner]) -> QuerySet[Practitioner]:
    return rows.only(
        "name", "slug", "headline", "municipality_id", "voivodeship", "public_id", "state", "email"
    )


def public(person: Practitioner) -> list[Practitioner]:
    """People of the public base who may be this one. Two queries."""
    visible = Practitioner.objects.visible(SOURCE_LANGUAGE)
    found = among(columns(visible.filter(near([person])).order_by("pk")), person)[:MOST_SHOWN]
    return list(visible.filter(pk__in=[one.pk for one in found]).for_cards()) if found else []


def for_staff(people: list[Practitioner]) -> dict[int, list[Practitioner]]:
    """By the key of each of `people`: everybody else who may be the same, also by the address. One query."""
    if not people:
        return {}
    addresses = {person.email.lower() for person in people if person.email}
    rows = columns(
        Practitioner.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        .alias(address=Lower("email"))
        .filter(near(people) | Q(address__in=addresses))
        .order_by("pk")
    )
    others = list(rows)
    return {
        person.pk: [
            other
            for other in others
            if other.pk != person.pk
            and (
                (person.email and other.email.lower() == person.email.lower())
                or (same_place(person, other) and alike(person.name, other.name))
            )
        ]
        for person in people
    }
