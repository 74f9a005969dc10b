"""What of the base is suggested while somebody types: people, methods, topics, municipalities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from directory.addresses import base_url
from directory.models import Municipality, Practitioner, Voivodeship
from directory.models.indexing import names_and_synonyms
from directory.names import sort_key
from directory.terms import TERMS, term_names
from home.frame import remembered
from home.querysets import SOURCE_LANGUAGE
from search.beginnings import begin, beginning
from search.prepared import Prepared
from search.suggestions import IN_GROUP, Suggestion

#: Municipalities of a name that are looked into for people.
LOOKED_AT = 8
Find = Callable[[Sequence[str], int], list[Suggestion]]

#: What is told of people: name, address and place are those of the Polish source, whichever row is the reader's.
PEOPLE = Prepared(
    lambda keys: (
        Practitioner.objects.filter(
            translation_key__in=Practitioner.objects.filter(pk__in=keys).values("translation_key"),
            locale__language_code=SOURCE_LANGUAGE,
        )
        .order_by()
        .values_list("name", "slug", "municipality__name", "municipality__voivodeship", "voivodeship")
    ),
    IN_GROUP,
)
#: Of these municipalities those where somebody is whom the public may see.
LIVED_IN = Prepared(
    lambda codes: (
        Municipality.objects.filter(
            Exists(Practitioner.objects.visible(SOURCE_LANGUAGE).filter(municipality=OuterRef("pk"))),
            pk__in=codes,
        )
        .order_by()
        .values_list("pk", "name", "voivodeship")
    ),
    LOOKED_AT,
)


def people(words: Sequence[str], most: int) -> list[Suggestion]:
    keys = beginning(Practitioner, words, field="name", most=most)
    base = base_url() if keys else ""
    found = sorted(PEOPLE.rows(keys), key=lambda row: sort_key(row[0])) if base else []
    return [
        Suggestion(name, f"{base}{slug}/", place_words(place, region or own))
        for name, slug, place, region, own in found
    ]


def place_words(municipality: str | None, region: str) -> str:
    words = Voivodeship(region).words if region else ""
    return f"{municipality}, {words}" if municipality else words


def terms(facet: str) -> Find:
    """Terms that somebody in the base has, by their names and synonyms in every language; they lead to those people."""

    def find(words: Sequence[str], most: int) -> list[Suggestion]:
        met = [term for term in in_use(facet) if begin(words, term[2])]
        base = base_url() if met else ""
        met.sort(key=lambda term: (not begin(words, term[1]), term[1]))
        return [
            Suggestion(
                name,
                f"{base}?{urlencode({facet: slug})}",
                "" if begin(words, name) else meant(words, others),
            )
            for slug, name, others in met[:most]
            if base
        ]

    return find


def meant(words: Sequence[str], others: str) -> str:
    """The other name of a term that begins as typed."""
    return next((name for name in others.split("; ") if begin(words, name)), "")


def in_use(facet: str) -> list[tuple[str, str, str]]:
    """Slug, name in the reader's language and all names of terms that somebody has whom the public may see; remembered."""
    model, path = TERMS[facet], {"metoda": "methods", "temat": "topics"}[facet]

    def find() -> list[tuple[str, str, str]]:
        people = Practitioner.objects.visible("pl").filter(**{path: OuterRef("pk")})
        rows = model._default_manager.filter(Exists(people), locale__language_code="pl")
        names, others = term_names(model), names_and_synonyms(model)
        slugs = rows.order_by().values_list("slug", flat=True)
        return [(slug, names[slug], others.get(slug, names[slug])) for slug in slugs if slug in names]

    return remembered(f"in-use-{facet}-{get_language()}", find)


def municipalities(words: Sequence[str], most: int) -> list[Suggestion]:
    """Places where somebody in the base is; they lead to those people."""
    first, *others = (f" {word}" for word in words)
    lines = [line for line in register().split("\n") if first in line]
    named = [(line[:7], line[7:]) for line in lines if all(start in line for start in others)]
    base = base_url() if named else ""
    if not base:
        return []
    named.sort(key=lambda place: (not place[1].startswith(first), len(place[1]), place[1]))
    likeliest = [code for code, _words in named[:LOOKED_AT]]
    found = sorted(LIVED_IN.rows(likeliest), key=lambda row: likeliest.index(row[0]))[:most]
    return [
        Suggestion(name, f"{base}?{urlencode({'q': name})}", Voivodeship(region).words)
        for _code, name, region in found
    ]


def register() -> str:
    """A line for each municipality: its code and the folded words of its name, each after a space. Remembered as one text,
    which is read from a cache and looked through faster than thousands of values."""

    def find() -> str:
        rows = Municipality.objects.order_by("pk").values_list("pk", "slug")
        return "\n".join(f"{code} {slug.replace('-', ' ')}" for code, slug in rows)

    return remembered("register", find)
