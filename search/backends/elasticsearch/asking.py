"""A plan in Elasticsearch's language: hits of a page, total and facet counts in one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from elasticsearch import ApiError, Elasticsearch
from modelsearch.query import MatchAll

from search.backends.database.statements import COORDINATION, key_field
from search.documents import WEIGHTS
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
_FIELDS = [f"{name}^{weight:g}" for name, weight in WEIGHTS.items()]
#: One occurrence in a field is worth this beside one in the last, as the SQL engines' saturation has it.
_ONE = {name: weight * 5 / (weight + 4) for name, weight in WEIGHTS.items()}
_REWRITE = "top_terms_blended_freqs_50"

Clause = dict[str, Any]


class CannotAsk(Exception):
    """The question can't be put in the server's language; the database answers it."""


def requests(question: Question) -> dict[str, dict[str, Any]]:
    """The bodies of the one request: what the words find; `near` in meaning, where that is wished; and `looser`: what any
    one of the words finds, for a question that no text meets, and to rank the neighbours by."""
    compiler = question.compiler
    inside = [
        {"term": {"m": compiler.queryset.model._meta.label_lower}},
        *allowed(compiler.queryset),
    ]
    filters = {name: {"terms": {f"f.{name}": list(values)}} for name, values in question.filters.items()}
    passing = [*inside, *filters.values()]
    bodies = {"words": worded(question, compiler.plan, inside, filters)}
    if question.wish:
        bodies["near"] = nearest(question.wish, passing)
    if looser := compiler.looser:
        if not filters:
            bodies["looser"] = worded(question, looser, inside, {})
        elif question.wish:
            bodies["looser"] = worded(replace(question, facets=()), looser, passing, {})
    return bodies


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
    question: Question, plan: Plan, inside: list[Clause], filters: Mapping[str, Clause]
) -> dict[str, Any]:
    aggregations = {
        f"{number}": {
            "filter": every([clause for other, clause in filters.items() if other != name]),
            "aggs": {"values": {"terms": {"field": f"f.{name}", "size": MAX_VALUES}}},
        }
        for number, name in enumerate(question.facets)
    }
    return {
        "query": matching(plan, inside),
        "post_filter": every(list(filters.values())),
        **({"aggs": aggregations} if aggregations else {}),
        "sort": order_of(question, question.compiler.queryset.model),
        "from": question.start,
        "size": question.stop - question.start,
        "track_total_hits": True,
        "track_scores": True,
        "_source": False,
        "docvalue_fields": ["pk"],
    }


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
        "_source": False,
        "docvalue_fields": ["pk"],
    }


def matching(plan: Plan, inside: list[Clause]) -> Clause:
    """What is found, whatever facets are chosen: the rule decides, the groups rank."""
    groups = trimmed(plan)
    if not isinstance(plan.rule, Everything):
        inside = [*inside, rule(plan.rule, groups)]
    return {"bool": {"filter": inside, "should": [one for group in groups for one in worth(group)]}}


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


def rule(node: Node, groups: list[Group]) -> Clause:
    match node:
        case Everything():
            return {"match_all": {}}
        case Leaf(group):
            return any_key(groups[group].keys)
        case Except(inner):
            return {"bool": {"must_not": [rule(inner, groups)]}}
        case AtLeast(nodes, least):
            return {
                "bool": {
                    "should": [rule(inner, groups) for inner in nodes],
                    "minimum_should_match": least,
                }
            }


def any_key(keys: tuple[Key, ...]) -> Clause:
    whole = [key.term for key in keys if not key.prefix]
    parts: list[Clause] = [{"terms": {"k": whole}}] if whole else []
    parts += [{"prefix": {"k": {"value": key.term}}} for key in keys if key.prefix]
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def worth(group: Group) -> list[Clause]:
    """What a group adds: being met at all, and its best key by how rare and how often it is."""
    parts: list[Clause] = [
        {"dis_max": {"queries": [ranked(key) for key in group.keys], "boost": group.weight}}
    ]
    if not group.optional and group.weight:
        parts.append(
            {"constant_score": {"filter": any_key(group.keys), "boost": group.weight * COORDINATION}}
        )
    return parts if group.weight else []


def ranked(key: Key) -> Clause:
    if key.term.startswith("^") or "." in key.term:
        if key.prefix:
            return {"prefix": {"k": {"value": key.term, "boost": key.boost, "rewrite": _REWRITE}}}
        return {"term": {"k": {"value": key.term, "boost": key.boost}}}
    if key.prefix:
        return {
            "dis_max": {
                "queries": [
                    {"prefix": {name: {"value": key.term, "boost": key.boost * one, "rewrite": _REWRITE}}}
                    for name, one in _ONE.items()
                ]
            }
        }
    return {"combined_fields": {"query": key.term, "fields": _FIELDS, "boost": key.boost}}


def every(clauses: list[Clause]) -> Clause:
    return {"bool": {"filter": clauses}} if clauses else {"match_all": {}}


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
