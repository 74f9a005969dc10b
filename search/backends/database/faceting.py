"""Hits of a page, total, facet counts and neighbours in meaning from the database in one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.db.models import F, QuerySet
from modelsearch.query import MatchAll

from search.analysis import parse
from search.documents import kind_of
from search.meaning.matrix import matrix
from search.orders import ByRank
from search.plan import Key

from .index import engine
from .statements import SEPARATOR, Statement, all_of, allowed, object_key, selection

if TYPE_CHECKING:
    from search.faceted import Answer, Question

#: Objects that hold some of the words and are looked at though they are not near.
HOLDERS = 50
#: Neighbours in meaning that are held against the filters.
LOOKED_AT = 1000
#: Kinds of so many entries are not counted anew for each question: how rare a word is follows from it, and hardly changes.
LARGE = 5000
#: Seconds for which such a number is kept.
KEPT = 60
_sizes: dict[tuple[str, str, str], tuple[float, int]] = {}


def size(place: tuple[str, str, str]) -> int | None:
    until, number = _sizes.get(place, (0.0, 0))
    return number if monotonic() < until else None


def ask(question: Question) -> Answer:
    from search.faceted import Answer

    compiler = question.compiler
    queryset = compiler.queryset
    alias = queryset.db
    place = (alias, str(connections[alias].settings_dict["NAME"]), compiler.kind)
    statement: Statement = engine(alias).hits(compiler.plan, compiler.kind, size(place))
    columns = selection(statement, queryset, alias, question.filters)
    passing = all_of(columns)
    column = ordering_column(question)
    parts = [f"SELECT 1, NULL, NULL, COUNT(*) FROM chosen WHERE {passing}"]  # nosec B608
    params: list[Any] = []
    if question.facets:
        only, values = counting(columns, question.facets)
        parts.append(
            f"SELECT 2, o.counted_in, e.facets, 0 FROM (SELECT id, {only} AS counted_in FROM chosen) o"  # nosec B608
            " CROSS JOIN search_entry e WHERE e.id = o.id AND o.counted_in IS NOT NULL"
        )
        params += values
    if isinstance(question.order, ByRank):
        parts.append(
            "SELECT 5, CAST(chosen.object_id AS text), e.facets, chosen.id FROM chosen CROSS JOIN search_entry e"  # nosec B608
            f" WHERE e.id = chosen.id AND {passing}"
        )
    elif column is None:
        order, order_params = order_sql(question.order)
        parts.append(
            f"SELECT 0, CAST(object_id AS text), NULL, score FROM (SELECT object_id, score FROM chosen WHERE {passing}"  # nosec B608
            f" ORDER BY {order} LIMIT {question.stop - question.start} OFFSET {question.start}) page"
        )
        params += order_params
    if statement.counts_all:
        parts.append("SELECT 4, NULL, NULL, n FROM n")
    likeness = neighbours(question)
    if question.wish:
        add_near(statement, question, likeness)
        near_columns = selection(statement, queryset, alias, question.filters, of="near", name="by_meaning")
        parts.append(
            "SELECT 3, CAST(object_id AS text), NULL, score FROM by_meaning"  # nosec B608
            f" WHERE {all_of(near_columns, name='by_meaning')}"
        )
    ranked: list[tuple[Any, float]] = []
    standing: list[tuple[tuple[float, bool, str, int], str]] = []
    total = 0
    held: dict[str, float] = {}
    to_python = queryset.model._meta.pk.to_python
    bags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for what, first, second, number in statement.rows(alias, " UNION ALL ".join(parts), params):
        if what == 0:
            ranked.append((to_python(first), float(number)))
        elif what == 1:
            total = int(number)
        elif what == 3:
            held[first] = float(number)
        elif what == 5 and isinstance(question.order, ByRank):
            standing.append((place_by_rank(question.order, second, int(number)), first))
        elif what == 4:
            if number >= LARGE:
                _sizes[place] = (monotonic() + KEPT, int(number))
        else:
            bags[first].update(second.split(SEPARATOR))
    if standing:
        standing.sort()
        ranked = [(to_python(key), 0.0) for _place, key in standing[question.start : question.stop]]
    if column is not None and total > question.start:
        from django.db.models.expressions import RawSQL

        key = object_key(queryset.model, alias, "chosen")
        sql, values = statement.sql(f"SELECT {key} FROM chosen WHERE {passing}")  # nosec B608
        rows = queryset.filter(pk__in=RawSQL(sql, values))  # nosec B611
        if column:
            value = F(column.removeprefix("-"))
            # SQLite puts what is empty first, PostgreSQL last, and each turns it round with the order.
            down = column.startswith("-")
            rows = rows.order_by(value.desc(nulls_last=True) if down else value.asc(nulls_last=True), "pk")
        elif not rows.ordered:
            rows = rows.order_by("pk")
        keys = rows.values_list("pk", flat=True)[question.start : question.stop]
        ranked = [(key, 0.0) for key in keys]
    wanted = question.wish.most if question.wish else 0
    near = [(to_python(key), value) for key, value in likeness.items() if key in held][:wanted]
    worth = {to_python(key): score for key, score in held.items()}
    return Answer(ranked, total, counts(bags, question.facets), near=near, worth=worth)


def counting(columns: Mapping[str, str], facets: Sequence[str]) -> tuple[str, list[str]]:
    """What a chosen hit counts in: "" all facets, the name of one whose own choice alone leaves it out, NULL none.

    Of each the values are read as they are packed: the databases take ten times as long to sort rows as Python to count.
    """
    own = [name for name in facets if name in columns]
    cases = "".join(f" WHEN {all_of(columns, but=name)} THEN %s" for name in own)
    return f"CASE WHEN {all_of(columns)} THEN ''{cases} END", own


def counts(bags: Mapping[str, Counter[str]], facets: Collection[str]) -> dict[str, dict[str, int]]:
    """How many have each value of each facet, out of packed values by what they count in."""
    found: dict[str, Counter[str]] = {name: Counter() for name in facets}
    for only, bag in bags.items():
        for packed, number in bag.items():
            name, _equals, value = packed.partition("=")
            if name in found and only in ("", name):
                found[name][value] += number
    return {**found}


def neighbours(question: Question) -> dict[str, float]:
    """Keys of what lies near in meaning with their likeness, nearest first, whether they pass the filters or not: the
    matrix in memory ranks."""
    wish, compiler = question.wish, question.compiler
    if wish is None:
        return {}
    held = matrix(compiler.queryset.db, compiler.kind)
    return dict(held.nearest(wish.vector, LOOKED_AT, wish.floor, compiler.stamps.vectors))


def add_near(statement: Statement, question: Question, keys: Collection[str]) -> None:
    """Add `near`: of the keys, and of what holds some of the words, that which holds the names and places of the question;
    with what its words score there."""
    compiler = question.compiler
    best = f"SELECT id FROM partly ORDER BY score DESC, id LIMIT {HOLDERS}"  # nosec B608
    either = [f"e.id IN ({best})", *([f"e.object_id IN ({', '.join(['%s'] * len(keys))})"] if keys else [])]
    conditions, params = [f"({' OR '.join(either)})"], [*keys]
    for group in question.wish.binding if question.wish else ():
        condition, values = engine(compiler.queryset.db).meets(group.keys)
        conditions.append(condition)
        params += values
    statement.add(
        "near AS (SELECT e.id, e.object_id, e.scopes, COALESCE(s.score, 0.0) AS score FROM search_entry e"  # nosec B608
        f" LEFT JOIN partly s ON s.id = e.id WHERE e.kind = %s AND {' AND '.join(conditions)})",
        [compiler.kind, *params],
    )


def stand(queryset: QuerySet[Any], texts: Sequence[str]) -> set[str]:
    """Which of the texts stand in an object of the queryset: all words of each, in any form. One statement.

    The database itself is asked who is in it: the index may not know yet of somebody who was hidden a moment ago.
    """
    if not texts:
        return set()
    alias = queryset.db
    condition, params = allowed(queryset, alias, as_indexed=False)
    parts: list[str] = []
    values: list[Any] = []
    for number, text in enumerate(texts):
        held = [
            engine(alias).meets([Key(key, 1.0) for key in word.folded]) for word in parse(f"{text} ").words
        ]
        parts.append(
            f"SELECT {number} WHERE EXISTS (SELECT 1 FROM search_entry e WHERE e.kind = %s"  # nosec B608
            f" AND {' AND '.join(met for met, _keys in held)} AND {condition})"
        )
        values += [kind_of(queryset.model), *(key for _met, keys in held for key in keys), *params]
    with connections[alias].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {texts[number] for (number,) in cursor.fetchall()}


def ordering_column(question: Question) -> str | None:
    """The model's own column to order by; "" for the queryset's order; None when the index orders."""
    if isinstance(question.order, ByRank):
        return None
    if question.order == "relevance":
        return "" if isinstance(question.compiler.query, MatchAll) else None
    try:
        question.compiler.queryset.model._meta.get_field(question.order.removeprefix("-"))
    except FieldDoesNotExist:
        return None
    return question.order


def order_sql(order: str) -> tuple[str, list[str]]:
    if order == "relevance":
        return "score DESC, id", []
    direction = "DESC" if order.startswith("-") else "ASC"
    value = "(SELECT MIN(v.value) FROM search_facetvalue v WHERE v.entry_id = chosen.id AND v.field = %s)"
    return f"{value} {direction} NULLS LAST, id", [order.removeprefix("-")]


def place_by_rank(order: ByRank, facets: str, entry: int) -> tuple[float, bool, str, int]:
    """Where an entry stands among others, by its packed values: to join the ranks took the databases a hundred times as long."""
    rank, then, known = inf, "", False
    for packed in facets.split(SEPARATOR):
        name, _equals, value = packed.partition("=")
        if name == order.field:
            rank = min(rank, order.ranks.get(value, inf))
        elif name == order.then:
            then, known = value, True
    return rank, not known, then, entry
