"""A plan in Elasticsearch's language: hits of a page, total and facet counts in one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from elasticsearch import ApiError, Elasticsearch
from modelsearch.query import MatchAll

from search.backends.database.statements import COORDINATION, key_field
from search.documents import kind_of
from search.orders import ByRank
from search.plan import AtLeast, Everything, Except, Group, Key, Leaf, Node, Plan
from search.scopes import scope_of

from .bodies import columns_of_order

if TYPE_CHECKING:
    from search.faceted import Question
    from search.meaning.gate import Wish

#: Keys of a queryset that are sent along. Elasticsearch takes 65,536 terms.
MAX_KEYS_SENT = 50_000
#: Keys of one question: the server bounds the clauses of a query.
MAX_KEYS_ASKED = 300
MAX_VALUES = 1000
#: How many neighbours the graph is searched for, for each that is wanted.
CANDIDATES = 3
_REWRITE = "top_terms_blended_freqs_50"

#: After so many documents the server stops looking for what any one of the words finds: it is asked in case that next to
#: nothing meets them all, which is seldom where so much meets one of them. Then it is asked again, without this.
AMPLE = 5_000

#: Ranks of an order that are asked for at first, a clause each: mostly the first page stands within them. Where it does not,
#: the server is asked again, with all.
FIRST_RANKS = 48

#: What the name of a body of counts ends with.
COUNTED = " counted"
#: Of a hit its key alone, which need not be unpacked with all that the document stores.
KEYS_ONLY = {"stored_fields": "_none_", "docvalue_fields": ["pk"]}

Clause = dict[str, Any]


class CannotAsk(Exception):
    """The question can't be put in the server's language; the database answers it."""


def requests(question: Question, *, ranks: int | None = FIRST_RANKS) -> dict[str, dict[str, Any]]:
    """The bodies of the one request: what the words find (`words`, its total and counts in `words counted`); `near` in
    meaning, where that is wished; and `looser`: what any one of the words finds, for a question that no text meets, and to
    rank the neighbours by."""
    compiler = question.compiler
    if isinstance(question.order, ByRank) and ranks is not None:
        question = replace(question, order=question.order.first(ranks))
    inside = [*of_model(compiler.queryset.model), *allowed(compiler.queryset)]
    filters = {name: {"terms": {f"f.{name}": list(values)}} for name, values in question.filters.items()}
    passing = [*inside, *filters.values()]
    bodies = worded("words", question, compiler.plan, inside, filters)
    if question.wish:
        bodies["near"] = nearest(question.wish, passing)
    if looser := compiler.looser:
        asked = {}
        if not filters:
            asked = worded("looser", question, looser, inside, {})
        elif question.wish:
            asked = {"looser": listed(question, looser, passing)}
        bodies |= {name: body | {"terminate_after": AMPLE} for name, body in asked.items()}
    return bodies


def unranked(question: Question, found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The bodies of hits of which some have none of the first ranks, to be asked with all of them."""
    order = question.order
    if not isinstance(order, ByRank) or order.first(FIRST_RANKS) is order:
        return {}
    short = [name for name, one in found.items() if any(hit["_score"] == 0 for hit in one["hits"]["hits"])]
    whole = requests(question, ranks=None) if short else {}
    return without_end({name: whole[name] for name in short})


def unfinished(bodies: Mapping[str, dict[str, Any]], found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The bodies at which the server stopped before the end, to be asked whole."""
    return without_end({name: bodies[name] for name, one in found.items() if one.get("terminated_early")})


def without_end(bodies: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {word: value for word, value in body.items() if word != "terminate_after"}
        for name, body in bodies.items()
    }


def of_model(model: type[Model]) -> list[Clause]:
    """The condition that a hit is of the model: none where everything in the index is."""
    label = model._meta.label_lower
    return [] if label == kind_of(model) else [{"term": {"m": label}}]


def answers(client: Elasticsearch, name: str, bodies: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """What the server says to each body, in one request. Raises what it refuses."""
    if len(bodies) == 1:
        ((only, body),) = bodies.items()
        return {only: client.search(index=name, body=body, allow_partial_search_results=False)}
    header = {"allow_partial_search_results": False}
    answer = client.msearch(
        index=name, searches=[line for body in bodies.values() for line in (header, body)]
    )
    for one in answer["responses"]:
        if "error" in one:
            meta = replace(answer.meta, status=one["status"])
            raise ApiError(str(one["error"].get("type")), meta=meta, body=one)
    return dict(zip(bodies, answer["responses"], strict=True))


def worded(
    name: str, question: Question, plan: Plan, inside: list[Clause], filters: Mapping[str, Clause]
) -> dict[str, dict[str, Any]]:
    """Hits and counts, each in a body of its own where both are wanted: so the server need not score what comes to no
    page, and remembers the counts."""
    if question.stop <= question.start:
        return {f"{name}{COUNTED}": counted(question, plan, inside, filters)}
    hits = listed(question, plan, [*inside, *filters.values()])
    if not question.facets:
        return {name: hits | {"track_total_hits": True}}
    return {name: hits, f"{name}{COUNTED}": counted(question, plan, inside, filters)}


def listed(question: Question, plan: Plan, inside: list[Clause]) -> dict[str, Any]:
    ranks = question.order if isinstance(question.order, ByRank) else None
    return {
        "query": by_rank(ranks, [*inside, *required(plan)]) if ranks else matching(plan, inside),
        "sort": order_of(question, question.compiler.queryset.model),
        "from": question.start,
        "size": question.stop - question.start,
        "track_total_hits": False,
        **KEYS_ONLY,
    }


def counted(
    question: Question, plan: Plan, inside: list[Clause], filters: Mapping[str, Clause]
) -> dict[str, Any]:
    """The total and the counts of each facet, which its own filter does not narrow."""
    asked = required(plan)
    aggregations: dict[str, Any] = {}
    for number, name in enumerate(question.facets):
        values: Clause = {"terms": {"field": f"f.{name}", "size": MAX_VALUES}}
        others = [clause for other, clause in filters.items() if other != name]
        aggregations[f"{number}"] = (
            {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}} if others else values
        )
    return {
        "query": {"bool": {"filter": [*inside, *asked]}},
        **({"post_filter": {"bool": {"filter": list(filters.values())}}} if filters else {}),
        **({"aggs": aggregations} if aggregations else {}),
        "size": 0,
        "track_total_hits": True,
    }


def required(plan: Plan) -> list[Clause]:
    """What a hit has to meet of the words, when nothing is scored."""
    return [] if isinstance(plan.rule, Everything) else [rule(plan.rule, trimmed(plan), set())]


def by_rank(order: ByRank, inside: list[Clause]) -> Clause:
    """The score is how far before the last rank a hit stands; there need be no scripts on the server. Scores are floats of
    the server's, exact for whole numbers of this size."""
    last = max(order.ranks.values(), default=0) + 1
    worth = [
        {"constant_score": {"filter": {"terms": {f"f.{order.field}": values}}, "boost": last - rank}}
        for rank, values in order.values_of.items()
    ]
    return {"bool": {"filter": inside, "should": worth, "minimum_should_match": 0}}


def nearest(wish: Wish, inside: list[Clause]) -> dict[str, Any]:
    """Neighbours that pass every filter and hold the question's names and places. Totals and counts know nothing of them."""
    # Ranked by the stored floats: the bytes of the graph are a little off.
    return {
        "knn": {
            "field": "v",
            "query_vector": wish.vector.tolist(),
            "k": wish.most,
            "num_candidates": wish.most * CANDIDATES,
            "similarity": wish.floor,
            "filter": [*inside, *(any_key(group.keys) for group in wish.binding)],
            "rescore_vector": {"oversample": 2.0},
        },
        "size": wish.most,
        "track_total_hits": False,
        **KEYS_ONLY,
    }


def matching(plan: Plan, inside: list[Clause]) -> Clause:
    """What is found, in its order: the rule decides, the groups rank."""
    groups = trimmed(plan)
    best = [
        {"dis_max": {"queries": [ranked(key) for key in group.keys], "boost": group.weight}}
        for group in groups
    ]
    if alone := needed(plan.rule, groups):
        # Who has a key of each is found, and scored, at once. That each is met adds the same to all.
        found = [best[place] for place in alone]
    elif alone := sufficient(plan.rule, groups):
        # So the server sees what a group can add at most, and passes over those who hold the least of them.
        found = [any_of([with_bonus(best[place], bonus(groups[place])) for place in alone])]
    if alone:
        beside = [clause for place, clause in enumerate(best) if place not in alone and groups[place].weight]
        return {"bool": {"filter": inside, "must": found, "should": beside}}
    scored: set[int] = set()
    must = [] if isinstance(plan.rule, Everything) else [rule(plan.rule, groups, scored)]
    should = [clause for clause, group in zip(best, groups, strict=True) if group.weight]
    should += [
        met(group)
        for place, group in enumerate(groups)
        if place not in scored and group.weight and not group.optional
    ]
    return {"bool": {"filter": inside, "must": must, "should": should}}


def needed(node: Node, groups: list[Group]) -> list[int]:
    """The groups that a hit has to meet, where the rule is just that; none where it is not, or the ranking of a group does
    not look at all that meets it."""
    match node:
        case Leaf(group):
            return [group] if plain(groups[group]) else []
        case AtLeast(nodes, least) if least == len(nodes):
            inner = [needed(one, groups) for one in nodes]
            return [*dict.fromkeys(place for one in inner for place in one)] if all(inner) else []
    return []


def sufficient(node: Node, groups: list[Group]) -> list[int]:
    """The groups of which a hit has to meet any one, where the rule is just that; else as `needed`."""
    match node:
        case AtLeast(nodes, 1):
            inner = [needed(one, groups) for one in nodes]
            places = [place for one in inner for place in one]
            return places if all(len(one) == 1 for one in inner) and len({*places}) == len(places) else []
    return []


def plain(group: Group) -> bool:
    """Whether the ranking of a group looks at all that meets it."""
    return bool(group.weight) and not any(key.prefix for key in group.keys)


def trimmed(plan: Plan) -> list[Group]:
    """The groups with no more keys in all than the server takes; those of the least boost go first."""
    share = max(4, MAX_KEYS_ASKED // max(len(plan.groups), 1))
    return [
        group
        if len(group.keys) <= share
        else Group(
            tuple(sorted(group.keys, key=lambda key: -key.boost)[:share]), group.weight, group.optional
        )
        for group in plan.groups
    ]


def rule(node: Node, groups: list[Group], scored: set[int]) -> Clause:
    """What the rule asks for. A group that it names is `scored`: being met counts, once."""
    match node:
        case Everything():
            return {"match_all": {"boost": 0}}
        case Leaf(group):
            if group in scored:
                return {"bool": {"filter": any_key(groups[group].keys)}}
            scored.add(group)
            return met(groups[group])
        case Except(inner):
            return {"bool": {"must_not": [rule(inner, groups, {*range(len(groups))})]}}
        case AtLeast(nodes, least):
            return {
                "bool": {
                    "should": [rule(inner, groups, scored) for inner in nodes],
                    "minimum_should_match": least,
                }
            }


def any_key(keys: tuple[Key, ...]) -> Clause:
    """That any of the keys is met."""
    whole: dict[str, list[str]] = {}
    for key in keys:
        if not key.prefix:
            whole.setdefault(field_of(key), []).append(key.term)
    parts: list[Clause] = [{"terms": {field: terms}} for field, terms in whole.items()]
    parts += [{"prefix": {field_of(key): {"value": key.term}}} for key in keys if key.prefix]
    return any_of(parts)


def any_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def bonus(group: Group) -> float:
    """What a group adds by being met at all."""
    return group.weight * COORDINATION


def met(group: Group) -> Clause:
    return {"constant_score": {"filter": any_key(group.keys), "boost": bonus(group)}}


def with_bonus(clause: Clause, more: float) -> Clause:
    return {"bool": {"must": [clause, {"match_all": {"boost": more}}]}}


def ranked(key: Key) -> Clause:
    field = field_of(key)
    if key.prefix:
        return {"prefix": {field: {"value": key.term, "boost": key.boost, "rewrite": _REWRITE}}}
    return {"term": {field: {"value": key.term, "boost": key.boost}}}


def field_of(key: Key) -> str:
    return "k" if key.term.startswith("^") or "." in key.term else "t"


def allowed(queryset: QuerySet[Any]) -> list[Clause]:
    """The condition that a hit is in the queryset: the name of its reading rule where that says all; else its keys, or
    the keys of all others when those are fewer."""
    query = queryset.query
    if not (query.where or query.is_sliced or query.combinator or query.distinct):
        return []
    if scope := scope_of(queryset):
        return [{"term": {"r": scope}}]
    rows = queryset if query.is_sliced or query.combinator else queryset.order_by()
    keys = list(rows.values_list("pk", flat=True)[: MAX_KEYS_SENT + 1])
    if len(keys) <= MAX_KEYS_SENT:
        return [{"terms": {"pk": texts(queryset.model, keys)}}]
    others = queryset.model._base_manager.using(queryset.db).exclude(pk__in=rows.values("pk"))
    keys = list(others.values_list("pk", flat=True)[: MAX_KEYS_SENT + 1])
    if len(keys) <= MAX_KEYS_SENT:
        return [{"bool": {"must_not": [{"terms": {"pk": texts(queryset.model, keys)}}]}}]
    raise CannotAsk("The queryset is too large, and so is the rest.")


def texts(model: type[Model], keys: list[Any]) -> list[str]:
    from django.db import connections

    prepare = key_field(model).get_db_prep_value
    return [str(prepare(key, connections["default"])) for key in keys]


def order_of(question: Question, model: type[Model]) -> list[Any]:
    last = {"pk": "asc"}
    if isinstance(question.order, ByRank):
        return [{"_score": "desc"}, by_column(question.order.then, descending=False), last]
    if question.order != "relevance":
        return [by_column(question.order.removeprefix("-"), question.order.startswith("-")), last]
    if not isinstance(question.compiler.query, MatchAll):
        return [{"_score": "desc"}, last]
    query = question.compiler.queryset.query
    names = query.order_by or (model._meta.ordering if query.default_ordering else None) or ()
    own = {entry.field_name for entry in model.get_filterable_search_fields()}  # type: ignore[attr-defined]
    own |= set(columns_of_order(model))
    made = []
    for entry in names:
        text = entry if isinstance(entry, str) else ""
        name = text.removeprefix("-")
        if name in ("pk", "id"):
            break
        if name not in own:
            raise CannotAsk(f"The index does not hold {entry!r} to order by.")
        made.append(by_column(name, text.startswith("-")))
    return [*made, last]


def by_column(name: str, descending: bool) -> Clause:
    return {
        f"s.{name}": {
            "order": "desc" if descending else "asc",
            "missing": "_last",
            "unmapped_type": "keyword",
        }
    }
