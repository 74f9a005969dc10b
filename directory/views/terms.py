"""A page for each method and topic: what it is, who works with it, and where it was met in the programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.addresses import base_url
from directory.asking import FACETS, Asked, ask
from directory.finder import Found, foreign
from directory.names import alphabetical
from directory.terms import TERMS, in_readers_language, term_names
from home import registry
from home.navigation import Link, home_url
from home.querysets import SOURCE_LANGUAGE, name_languages

#: People whom a term's page shows; the base has the others.
PEOPLE = 6
#: Terms that these people have most often.
BESIDE = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A term in the list, `lang` where it is not named in the reader's language; `people` who work with it."""

    name: str
    url: str
    text: str
    people: int
    topic: str
    seed: str
    lang: str


@require_safe
def term(request: HttpRequest, facet: str, slug: str) -> HttpResponse:
    shown = as_read(polish(facet).filter(slug=slug))
    if not shown:
        raise Http404
    base = base_url()
    people = Found(Asked.of(values={facet: [slug]}), page_size=PEOPLE)
    return render(
        request,
        "directory/term.html",
        {
            "term": shown[0],
            "lang": foreign(shown[0]),
            "facet": facet,
            "people": people,
            "all_url": f"{base}?{facet}={slug}" if base else "",
            "beside": beside(people, facet),
            "sections": registry.named_sections(registry.term_sections, shown[0]),
            "crumbs": [Link("", home_url()), Link(title(facet), reverse(TERMS[facet].plural))],
        },
    )


def beside(people: Found, facet: str) -> tuple[str, list[tuple[str, str, int]]]:
    """Topics of those who work with a method, methods of those who know a topic, the most frequent first: heading, and
    (name, address, people)."""
    other, heading = (
        ("temat", _("Tematy tych osób")) if facet == "metoda" else ("metoda", _("Metody tych osób"))
    )
    names = term_names(TERMS[other])
    counted = people.results.counts(FACETS[other])
    return heading, [
        (names[slug], reverse(TERMS[other].address, args=[slug]), count)
        for slug, count in counted
        if slug in names
    ][:BESIDE]


@require_safe
def index(request: HttpRequest, facet: str) -> HttpResponse:
    """The vocabulary in the order of the alphabet: what is described, or what somebody in the base works with."""
    people = counted()[facet]
    rows = [
        Row(
            row.name,
            row.get_absolute_url(),
            row.description,
            people.get(row.slug, 0),
            row.cover_topic,
            row.slug,
            foreign(row),
        )
        for row in as_read(worth_showing(facet, people))
    ]
    return render(
        request,
        "directory/terms.html",
        {
            "title": title(facet),
            "lead": LEADS[facet](),
            "rows": sorted(rows, key=lambda row: alphabetical(row.name)),
            "crumbs": [Link("", home_url())],
        },
    )


def polish(facet: str) -> QuerySet[Any]:
    return TERMS[facet].objects.filter(locale__language_code=SOURCE_LANGUAGE)


def as_read(terms: Iterable[Any]) -> list[Any]:
    """Polish terms in the reader's language where they are told in it, each with the language it is in."""
    found = in_readers_language(terms)
    name_languages(found)
    return found


def counted() -> dict[str, dict[str, int]]:
    """By facet and slug: how many people of the base the public may find."""
    answer = ask(Asked.of(), page_size=0)
    return {facet: dict(answer.counts(FACETS[facet])) for facet in TERMS}


def worth_showing(facet: str, people: Mapping[str, int]) -> list[Any]:
    """Polish terms whose page has something on it."""
    return [term for term in polish(facet).order_by("slug") if term.description or term.slug in people]


def told_of() -> list[Any]:
    """Methods and topics whose page has something on it, as Polish rows."""
    people = counted()
    return [term for facet in LEADS for term in worth_showing(facet, people[facet])]


def title(facet: str) -> str:
    return _("Metody") if facet == "metoda" else _("Tematy")


LEADS = {
    "metoda": lambda: _("Na czym polegają, kto je prowadzi i gdzie już ich spróbowano."),
    "temat": lambda: _("O czym rozmawia się z mieszkańcami, kto się na tym zna i co z tego wynikło."),
}
