"""Everybody in the base under the letter of their surname, in Polish order: for readers and for search engines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from directory.finder import foreign
from directory.models import Practitioner
from directory.names import ALPHABET, OTHER
from home import navigation
from search.faceted import MAX_HITS, Results, faceted
from search.typed import page_number

if TYPE_CHECKING:
    from directory.models.pages import DirectoryPage

PATH = "a-z/"
PAGE_SIZE = 100
#: So many stand on one page, whatever their letters; of more a letter has to be chosen.
TOGETHER = 200
LETTERS = [*ALPHABET, OTHER]


@dataclass(frozen=True, slots=True)
class Letter:
    """`people` stand under it; `path`: below the base."""

    name: str
    people: int
    path: str
    here: bool


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    meta: str
    lang: str


def index(page: DirectoryPage, request: HttpRequest, letter: str) -> HttpResponse:
    """404 for what is no letter; a page too far leads to the last one."""
    if letter and letter not in LETTERS:
        raise Http404
    number = page_number(request.GET.get("strona", "")) if letter else 1
    found = ask(letter, number)
    counts = dict(found.counts("initial"))
    shown = bool(letter) or sum(counts.values()) <= TOGETHER
    pages = max(1, -(-min(counts.get(letter, 0), MAX_HITS) // PAGE_SIZE)) if letter else 1
    below = f"{PATH}{quote(letter)}/" if letter else PATH
    here = page.get_url(request) or ""
    if number > pages:
        return redirect(f"{here}{below}{f'?strona={pages}' if pages > 1 else ''}")
    context = {
        "letter": name_of(letter) if letter else "",
        "letters": letters(counts, letter),
        "groups": grouped(found) if shown else [],
        "total": counts.get(letter, 0) if letter else sum(counts.values()),
        "number": number,
        "pages": pages,
        "below": f"{here}{PATH}",
        "here": here,
        "canonical": f"{here}{below}{f'?strona={number}' if number > 1 else ''}",
        "crumbs": [
            navigation.Link("", navigation.home_url()),
            navigation.Link(page.title, here),
            *([navigation.Link(_("Osoby od A do Z"), f"{here}{PATH}")] if letter else []),
        ],
        "language_links": navigation.below(request, page, below),
    }
    return page.render(request, template="directory/a_to_z.html", context_overrides=context)


def ask(letter: str, number: int) -> Results:
    """Those under a letter, or, without one, as many as may stand together; with how many stand under each."""
    return faceted(
        Practitioner.objects.visible().for_cards(),
        filters={"initial": [letter]} if letter else {},
        facets=["initial"],
        order="sort_name",
        page=number,
        page_size=PAGE_SIZE if letter else TOGETHER,
    )


def letters(counts: dict[str, int], present: str) -> list[Letter]:
    """All of the Polish alphabet; foreign letters where somebody stands under them."""
    return [
        Letter(name_of(one), counts.get(one, 0), f"{quote(one)}/", one == present)
        for one in LETTERS
        if counts.get(one) or one not in ("q", "v", "x", "ą", "ę", "ń", "ó", OTHER)
    ]


def name_of(letter: str) -> str:
    return _("inne") if letter == OTHER else letter.upper()


def grouped(found: Results) -> list[tuple[str, list[Row]]]:
    people = [hit.object for hit in found.hits]
    return [(name_of(one), [row(person) for person in few]) for one, few in groupby(people, initial)]


def initial(person: Any) -> str:
    return str(person.initial())


def row(person: Practitioner) -> Row:
    meta = ", ".join(part for part in (person.headline, person.place) if part)
    return Row(person.name, person.get_absolute_url(), meta, foreign(person))


def paths() -> list[str]:
    """The index and each letter under which somebody stands, below the base."""
    counts = dict(ask("", 1).counts("initial"))
    return [PATH, *(f"{PATH}{quote(letter)}/" for letter in LETTERS if counts.get(letter))]
