"""Site-wide search: hits grouped by kind, or one kind page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search import kinds, query_log, typed
from search.analysis import Query, highlight
from search.faceted import MAX_HITS, Results, faceted

IN_GROUP = 4
PAGE_SIZE = 20
SNIPPET_WORDS = 36
EXAMPLES = (_("panel obywatelski"), _("budżet obywatelski"), _("konsultacje"), _("mentoring"))


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as the template shows it; title and text with marks around what was found."""

    url: str
    title: SafeString
    text: SafeString
    kicker: str
    meta: str
    lang: str
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    label: str
    total: int
    rows: list[Row]
    all_url: str
    loosened: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    text = typed.question(request.GET.get("q", ""))
    chosen = kinds.named(request.GET.get("rodzaj", ""))
    context: dict[str, Any] = {"text": text, "examples": EXAMPLES, "kept": [], "chips": [], "groups": []}
    if text:
        context |= one_kind(chosen, text, request.GET.get("strona", "")) if chosen else every_kind(text)
        if not chosen:
            query_log.note(request, text, context["total"])
    if chosen:
        context["kept"] = [("rodzaj", chosen.name)]
        context["chips"] = [(str(chosen.label), address(text))]
    return render(request, "search/results.html", context)


def every_kind(text: str) -> dict[str, Any]:
    answers = [(kind, faceted(kind.queryset(), text, page_size=IN_GROUP)) for kind in kinds.registered()]
    by_words = any(answer.total for _kind, answer in answers)
    groups = [
        group_of(kind, answer, text)
        for kind, answer in answers
        if answer.total or (answer.hits and not by_words)
    ]
    if any(not group.loosened for group in groups):
        # Some kind has what was asked for: those that met only some of the words would bury it.
        groups = [group for group in groups if not group.loosened]
    return {
        "groups": groups,
        "total": sum(group.total for group in groups),
        **told([answer for _kind, answer in answers]),
    }


def one_kind(kind: kinds.Kind, text: str, page: str) -> dict[str, Any]:
    number = typed.page_number(page)
    answer = faceted(kind.queryset(), text, page=number, page_size=PAGE_SIZE)
    pages = max(1, -(-min(answer.total, MAX_HITS) // PAGE_SIZE))
    if number > pages:
        number = pages
        answer = faceted(kind.queryset(), text, page=number, page_size=PAGE_SIZE)
    return {
        "groups": [group_of(kind, answer, text)] if answer.hits else [],
        "total": answer.total,
        "number": number,
        "pages": pages,
        **told([answer]),
    }


def told(answers: list[Results]) -> dict[str, Any]:
    """What the reader should know of how the question was understood: true of every kind that was asked."""
    unknown = [set(answer.unknown) for answer in answers]
    found = [answer for answer in answers if answer.total]
    corrected = [{word for word, _other in answer.corrected} for answer in found]
    return {
        "degraded": any(answer.degraded for answer in answers),
        "unknown": sorted(set.intersection(*unknown)) if unknown else [],
        "corrected": sorted(set.intersection(*corrected)) if corrected else [],
        "loosened": bool(found) and all(answer.loosened for answer in found),
    }


def group_of(kind: kinds.Kind, answer: Results, text: str) -> Group:
    shown = [row(hit.object.card(), answer.query, hit.by_meaning) for hit in answer.hits]
    return Group(
        kind.name, str(kind.label), answer.total, shown, address(text, rodzaj=kind.name), answer.loosened
    )


def row(card: Any, query: Query, by_meaning: bool) -> Row:
    return Row(
        card.url,
        highlight(card.title, query),
        highlight(card.text, query, words=SNIPPET_WORDS),
        card.kicker,
        card.meta,
        card.lang,
        by_meaning,
    )


def address(text: str, **more: str) -> str:
    return f"?{urlencode({'q': text, **more})}"
