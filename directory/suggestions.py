"""What of the base is suggested while somebody types: people, methods, topics, municipalities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from directory.addresses import base_url
from directory.models import Method, Municipality, Practitioner, Topic
from directory.models.indexing import names_and_synonyms
from directory.querysets import folded_words
from directory.terms import TERMS, term_names
from home.frame import remembered
from search.beginnings import begin, beginning
from search.suggestions import Suggestion

#: Municipalities of a name that are looked into for people.
LOOKED_AT = 8
Find = Callable[[Sequence[str], int], list[Suggestion]]


def people(words: Sequence[str], most: int) -> list[Suggestion]:
    found = beginning(Practitioner.objects.visible().for_cards(), words, field="name", most=most)
    return [
        Suggestion(person.name, person.get_absolute_url(), person.place)
        for person in sorted(found, key=lambda person: person.sort_name())
        if person.get_absolute_url()
    ]


def terms(facet: str) -> Find:
    """Terms that somebody in the base has, by their names and synonyms in every language; they lead to those people."""
    model: type[Method] | type[Topic] = TERMS[facet]

    def find(words: Sequence[str], most: int) -> list[Suggestion]:
        base, names, others = base_url(), term_names(model), names_and_synonyms(model)
        if not base:
            return []
        used = [
            slug for slug in in_use(facet) if slug in names and begin(words, others.get(slug, names[slug]))
        ]
        used.sort(key=lambda slug: (not begin(words, names[slug]), names[slug]))
        return [
            Suggestion(
                names[slug],
                f"{base}?{urlencode({facet: slug})}",
                "" if begin(words, names[slug]) else meant(words, others.get(slug, "")),
            )
            for slug in used[:most]
        ]

    return find


def meant(words: Sequence[str], others: str) -> str:
    """The other name of a term that begins as typed."""
    return next((name for name in others.split("; ") if begin(words, name)), "")


def in_use(facet: str) -> list[str]:
    """Slugs of terms that somebody has whom the public may see; remembered."""
    model, path = TERMS[facet], {"metoda": "methods", "temat": "topics"}[facet]

    def find() -> list[str]:
        people = Practitioner.objects.visible("pl").filter(**{path: OuterRef("pk")})
        rows = model._default_manager.filter(Exists(people), locale__language_code="pl")
        return list(rows.order_by().values_list("slug", flat=True))

    return remembered(f"in-use-{facet}", find)


def municipalities(words: Sequence[str], most: int) -> list[Suggestion]:
    """Places where somebody in the base is; they lead to those people."""
    base = base_url()
    starts = [f" {word}" for word in words]
    named = [place for place in register() if all(start in place[1] for start in starts)] if base else []
    if not named:
        return []
    named.sort(key=lambda place: (not place[1].startswith(starts[0]), len(place[1]), place[1]))
    likeliest = [code for code, _words in named[:LOOKED_AT]]
    people = Practitioner.objects.visible("pl").filter(municipality=OuterRef("pk"))
    rows = Municipality.objects.filter(Exists(people), pk__in=likeliest)
    found = sorted(rows, key=lambda row: likeliest.index(row.pk))[:most]
    return [Suggestion(row.name, f"{base}?{urlencode({'q': row.name})}", row.region_words) for row in found]


def register() -> list[tuple[str, str]]:
    """Code and folded words of the name of every municipality; remembered."""

    def find() -> list[tuple[str, str]]:
        rows = Municipality.objects.order_by().values_list("pk", "name")
        return [(code, folded_words(name)) for code, name in rows]

    return remembered("register", find)
