"""The one public question, the same for every engine: hits, total and multi-select facet counts together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL

from search import suggesting
from search.analysis import Query, parse
from search.backends.compiling import PlanCompiler
from search.backends.database.faceting import ask as ask_database
from search.backends.database.faceting import stand
from search.freshness import fresher
from search.meaning.fusion import DEEP, MOST_ADDED, Fused, fuse
from search.meaning.fusion import page as page_of
from search.meaning.gate import Wish, wish
from search.orders import ByRank

#: So many municipalities may lie near one.
MAX_FILTER_VALUES = 1000
MAX_PAGE_SIZE = 1000
#: Deeper pages are empty: nobody reads them, and an engine would pay for them.
MAX_HITS = 10_000


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """`by_meaning`: the words of the question did not find it, it is similar in meaning."""

    object: Any
    score: float
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts every hit that the words found; `hits` are those of the page, and with them some that are similar in
    meaning or, where there are few, hold some of the words: at most ten in all, or what fills a page of twenty.
    `degraded`: the search engine is away, the database answered. `unknown` are words that stand nowhere in the index,
    `corrected` pairs of such a word and what it was read as; `offered` pairs of a rare word and a frequent one that was
    probably meant. `suggestion` is the whole question put right so. `loosened`: no text meets enough of the words, so these
    meet only some.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, list[FacetValue]]
    query: Query
    engine: str
    degraded: bool
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    loosened: bool = False
    offered: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None

    def counts(self, facet: str) -> list[tuple[str, int]]:
        return [(value.value, value.count) for value in self.facets[facet]]


#: With fewer word hits than this, what holds some of the words stands beside them, before what is only similar in meaning.
FEW = 10
#: Of what holds none of the words only that is similar which is so near, beside the nearest.
SIMILAR = 0.4
#: What is similar in meaning fills a page, of so many at most, where the words find fewer.
FILLED = 20


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked: the compiler holds queryset and plan, the rest is bounded and clean."""

    compiler: PlanCompiler
    filters: Mapping[str, Sequence[str]]
    facets: Sequence[str]
    order: str | ByRank
    start: int
    stop: int
    wish: Wish | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says: keys with scores in order, the total, counts a facet and value; and the neighbours in meaning
    that pass every filter, nearest first. `worth` is what the words of the question score in what holds some of them, of
    those neighbours and of others that pass every filter. `looser`: what any one of the words finds, from an engine that was
    asked for it in the same request."""

    ranked: list[tuple[Any, float]]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    engine: str = "database"
    near: list[tuple[Any, float]] = field(default_factory=list)
    worth: Mapping[Any, float] = field(default_factory=dict)
    looser: Answer | None = None


def faceted(
    queryset: QuerySet[Any],
    text: str = "",
    *,
    filters: Mapping[str, Collection[str]] | None = None,
    facets: Sequence[str] = (),
    order: str | ByRank = "relevance",
    page: int = 1,
    page_size: int = 20,
    today: date | None = None,
) -> Results:
    """Search a queryset of an Indexed model.

    `filters` and `facets` name FilterFields whose value is a text, a truth ("true", "false") or a list of texts.
    OR inside a facet, AND between; a facet's own filter does not narrow its own counts. An empty text browses.
    `order` is "relevance", a FilterField, "-" before it turns it round, or ranks of values; browsing by relevance keeps the
    queryset's own order. Pages begin at 1; one out of range is empty, as one of
    no size, which is asked for total and counts alone. `today`, the present day where None, is what freshness
    is counted to. Never raises for what a reader typed.
    """
    text = text if text.strip() else ""
    compiler = PlanCompiler(queryset, text or MATCH_ALL)
    size = max(0, min(page_size, MAX_PAGE_SIZE))
    start = min((max(page, 1) - 1) * size, MAX_HITS)
    clean = {name: cleaned(values) for name, values in (filters or {}).items() if values}
    stop = min(start + size, MAX_HITS)
    question = Question(compiler, clean, tuple(facets), order, start, stop)
    question = deepened(question) if text else question
    backend = get_search_backend()
    ask: Callable[[Question], Answer | None] | None = getattr(backend, "ask", None)
    answer = ask(question) if ask else None
    degraded = ask is not None and answer is None
    if answer is None:
        answer = ask_database(question)
    loosened = bool(text and not answer.total and not clean and compiler.loosen())
    if loosened:
        looser = answer.looser or ask_database(replace(question, wish=None))
        answer = replace(looser, near=answer.near)
    if ages(question):
        answer = freshened(answer, queryset, today or localdate())
    if not loosened and answer.total < FEW:
        bound = bool(question.wish and question.wish.binding)
        answer = replace(answer, near=holders_first(answer.near, answer.worth, bound=bound))
    scores = dict([*answer.near, *answer.ranked])
    if question.wish:
        shown = shown_of(answer, start, stop, weight=question.wish.weight, alone=question.wish.alone)
    elif ages(question):
        shown = shown_of(answer, start, stop, weight=0.0, alone=0.0)
    else:
        shown = [Fused(key, False) for key in scores]
    objects = queryset.order_by().in_bulk([one.key for one in shown]) if shown else {}
    found = list(objects.values())
    unknown = compiler.plan.unknown
    corrected, offered = suggesting.shown(
        tuple(pair for pair in compiler.plan.corrected if pair[0] not in unknown),
        compiler.plan.offered,
        found,
        partial(stand, queryset),
    )
    return Results(
        hits=[
            Hit(objects[one.key], scores[one.key], one.by_meaning and scores[one.key] > 0)
            for one in shown
            if one.key in objects
        ],
        total=answer.total,
        facets={
            name: facet_values(answer.counts.get(name, {}), clean.get(name, ())) for name in question.facets
        },
        query=compiler.plan.query if text else parse(""),
        engine=answer.engine,
        degraded=degraded,
        unknown=unknown,
        corrected=corrected,
        loosened=loosened and answer.total > 0,
        offered=offered,
        suggestion=suggesting.question(text, (*corrected, *offered)),
    )


def deepened(question: Question) -> Question:
    """The same question, asked by meaning too where meaning has a say, and for all that meaning or freshness may move."""
    if question.order != "relevance" or question.start >= DEEP:
        return question
    wanted = wish(question.compiler)
    if not wanted and not ages(question):
        return question
    return replace(question, start=0, stop=max(question.stop, DEEP), wish=wanted)


def ages(question: Question) -> bool:
    """Whether what was confirmed lately comes before what is as good: first hits, in words, of a model that knows."""
    compiler = question.compiler
    ranked = question.order == "relevance" and question.start < DEEP and isinstance(compiler.query, str)
    return ranked and hasattr(compiler.queryset.model, "search_known")


def freshened(answer: Answer, queryset: QuerySet[Any], today: date) -> Answer:
    """The answer in the order of what its scores are worth. One query."""
    keys = list(dict.fromkeys(key for key, _score in (*answer.ranked[:DEEP], *answer.near)))
    if not keys:
        return answer
    known = queryset.model.search_known(keys, queryset.db)
    return replace(
        answer,
        ranked=fresher(answer.ranked, known, today, deep=DEEP),
        near=fresher(answer.near, known, today, deep=len(answer.near)),
    )


def holders_first(
    near: list[tuple[Any, float]], worth: Mapping[Any, float], *, bound: bool = False
) -> list[tuple[Any, float]]:
    """What is to stand beside few word hits: neighbours in meaning that hold some of the words, as the words rank them;
    others that hold some; then what is similar and holds none. `bound`: a name or a place decides who may stand there, and
    of neighbours alone is known whether they hold it."""
    neighbours = {key for key, _likeness in near}
    others = [] if bound else [(key, 0.0) for key in worth if worth[key] > 0 and key not in neighbours]
    return sorted(
        [*near, *others],
        key=lambda item: (worth.get(item[0], 0.0) <= 0, item[0] not in neighbours, -worth.get(item[0], 0.0)),
    )


def shown_of(answer: Answer, start: int, stop: int, *, weight: float, alone: float) -> list[Fused[Any]]:
    """A page of the fused order. Behind the first hundred the order of the words stands. `alone`: the least likeness where
    the words found nothing."""
    words = [key for key, _score in answer.ranked]
    least = SIMILAR * max((likeness for _key, likeness in answer.near), default=0.0)
    near = [
        key
        for key, likeness in answer.near
        if (likeness >= least or answer.worth.get(key)) and (words or likeness >= alone)
    ]
    add = max(MOST_ADDED, min(stop - start, FILLED) - len(words))
    fused = fuse(words[:DEEP], near, weight=weight, add=add)
    return page_of([*fused, *(Fused(key, False) for key in words[DEEP:])], start, stop)


def cleaned(values: Collection[str]) -> list[str]:
    """Values that a database can be asked for: no NUL, no lone surrogates, not too many."""
    kept = (str(value).replace("\0", "").encode("utf-8", "ignore").decode() for value in values)
    return list(dict.fromkeys(kept))[:MAX_FILTER_VALUES]


def facet_values(counts: Mapping[str, int], selected: Collection[str]) -> list[FacetValue]:
    """Most frequent first; a selected value that nothing has any more stays, so that it can be taken off."""
    everything = {**dict.fromkeys(selected, 0), **counts}
    ordered = sorted(everything.items(), key=lambda pair: (-pair[1], pair[0]))
    return [FacetValue(value, count, value in selected) for value, count in ordered]
