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

from search import kinds, query_log, suggesting, typed
from search.analysis import highlight
from search.faceted import MAX_HITS, Hit, Results, faceted
from search.why import Field, Reason, reasons, texts_at_hand

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
    why: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    label: str
    total: int
    rows: list[Row]
    all_url: str
    partial: bool
    corrected: bool


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
    nowhere = set.intersection(*(set(answer.unknown) for _kind, answer in answers))
    groups = [
        group_of(kind, answer, text, nowhere)
        for kind, answer in answers
        if answer.total or (answer.hits and not by_words)
    ]
    # Some kind has what was asked for: those that met other words, or only some, would bury it.
    groups = [group for group in groups if not group.corrected] or groups
    groups = [group for group in groups if not group.partial] or groups
    shown = {group.name for group in groups}
    return {
        "groups": groups,
        "total": sum(group.total for group in groups),
        **told([answer for kind, answer in answers if kind.name in shown or not shown], text, nowhere),
    }


def one_kind(kind: kinds.Kind, text: str, page: str) -> dict[str, Any]:
    number = typed.page_number(page)
    answer = faceted(kind.queryset(), text, page=number, page_size=PAGE_SIZE)
    pages = max(1, -(-min(answer.total, MAX_HITS) // PAGE_SIZE))
    if number > pages:
        number = pages
        answer = faceted(kind.queryset(), text, page=number, page_size=PAGE_SIZE)
    nowhere = set(answer.unknown)
    return {
        "groups": [group_of(kind, answer, text, nowhere)] if answer.hits else [],
        "total": answer.total,
        "number": number,
        "pages": pages,
        **told([answer], text, nowhere),
    }


def is_partial(answer: Results, nowhere: set[str]) -> bool:
    """Whether words were left out beside those that stand `nowhere` in the site."""
    return answer.loosened or not nowhere.issuperset(answer.unknown)


def told(answers: list[Results], text: str, nowhere: set[str]) -> dict[str, Any]:
    """What the reader should know of how the question was understood: true of every kind that is shown."""
    found = [answer for answer in answers if answer.total]
    best = next((answer for answer in found if answer.suggestion), None)
    return {
        "degraded": any(answer.degraded for answer in answers),
        "unknown": sorted(nowhere),
        "corrected": best.corrected if best else (),
        "verbatim_url": address(suggesting.verbatim(text, best.corrected)) if best else "",
        "suggestion": best.suggestion if best else None,
        "suggestion_url": address(best.suggestion or "") if best else "",
        "loosened": bool(found) and all(is_partial(answer, nowhere) for answer in found),
    }


def group_of(kind: kinds.Kind, answer: Results, text: str, nowhere: set[str]) -> Group:
    shown = [row(hit, answer) for hit in answer.hits]
    return Group(
        kind.name,
        str(kind.label),
        answer.total,
        shown,
        address(text, rodzaj=kind.name),
        is_partial(answer, nowhere),
        bool(answer.corrected),
    )


def row(hit: Hit, answer: Results) -> Row:
    card, query = hit.object.card(), answer.query
    return Row(
        card.url,
        highlight(card.title, query),
        highlight(card.text, query, words=SNIPPET_WORDS),
        card.kicker,
        card.meta,
        card.lang,
        hit.by_meaning,
        [str(reason) for reason in why(hit, answer, card)],
    )


def why(hit: Hit, answer: Results, card: Any) -> list[Reason]:
    """From the card alone, as long as it says all; else from the texts of the object's own row too."""
    fields = [Field("", card.title), Field("", card.text), Field("", card.meta), Field("", card.kicker)]
    told = dict(answer.corrected)
    found = reasons(answer.query, fields, corrected=told, by_meaning=hit.by_meaning)
    if len(found) < sum(not word.stop for word in answer.query.words):
        fields += texts_at_hand(hit.object)
        found = reasons(answer.query, fields, corrected=told, by_meaning=hit.by_meaning)
    return found


def address(text: str, **more: str) -> str:
    return f"?{urlencode({'q': text, **more})}"
