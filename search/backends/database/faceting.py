"""Hits of a page, total and facet counts from the database in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F
from modelsearch.query import MatchAll

from search.meaning.matrix import matrix

from .index import engine
from .statements import Statement, all_of, object_key, selection

if TYPE_CHECKING:
    from search.faceted import Answer, Question

#: Neighbours in meaning that are held against the filters.
LOOKED_AT = 1000


def ask(question: Question) -> Answer:
    from search.faceted import Answer

    compiler = question.compiler
    queryset = compiler.queryset
    alias = queryset.db
    statement: Statement = engine(alias).hits(compiler.plan, compiler.kind)
    columns = selection(statement, queryset, alias, question.filters)
    passing = all_of(columns)
    column = ordering_column(question)
    parts = [f"SELECT 1, NULL, NULL, COUNT(*) FROM chosen WHERE {passing}"]  # nosec B608
    params: list[Any] = []
    if question.facets:
        marks = ", ".join(["%s"] * len(question.facets))
        cases = " ".join(
            f"WHEN %s THEN {all_of(columns, but=name)}" for name in question.facets if name in columns
        )
        allowed = f"CASE v.field {cases} ELSE {passing} END" if cases else passing
        parts.append(
            "SELECT 2, v.field, v.value, COUNT(*) FROM chosen JOIN search_facetvalue v ON v.entry_id = chosen.id"  # nosec B608
            f" WHERE v.field IN ({marks}) AND {allowed} GROUP BY v.field, v.value"
        )
        params += [*question.facets, *(name for name in question.facets if name in columns)]
    if column is None:
        order, order_params = order_sql(question)
        parts.append(
            f"SELECT 0, CAST(object_id AS text), NULL, score FROM (SELECT object_id, score FROM chosen WHERE {passing}"  # nosec B608
            f" ORDER BY {order} LIMIT {question.stop - question.start} OFFSET {question.start}) page"
        )
        params += order_params
    ranked: list[tuple[Any, float]] = []
    total = 0
    counts: dict[str, dict[str, int]] = {}
    to_python = queryset.model._meta.pk.to_python
    for what, first, second, number in statement.run(alias, " UNION ALL ".join(parts), params):
        if what == 0:
            ranked.append((to_python(first), float(number)))
        elif what == 1:
            total = int(number)
        else:
            counts.setdefault(first, {})[second] = int(number)
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
    return Answer(ranked, total, counts, near=neighbours(question))


def neighbours(question: Question) -> list[tuple[Any, float]]:
    """What lies near in meaning and passes everything: the matrix in memory ranks, one statement decides."""
    wish, compiler = question.wish, question.compiler
    if wish is None:
        return []
    alias = compiler.queryset.db
    found = dict(matrix(alias, compiler.kind).nearest(wish.vector, LOOKED_AT, wish.floor))
    if not found:
        return []
    conditions, params = [f"e.object_id IN ({', '.join(['%s'] * len(found))})"], [*found]
    for group in wish.binding:
        condition, values = engine(alias).meets(group.keys)
        conditions.append(condition)
        params += values
    statement = Statement()
    statement.add(
        "hits AS (SELECT e.id, e.object_id, e.scopes, 0.0 AS score FROM search_entry e WHERE e.kind = %s"  # nosec B608
        f" AND {' AND '.join(conditions)})",
        [compiler.kind, *params],
    )
    columns = selection(statement, compiler.queryset, alias, question.filters)
    passing = {
        key
        for (key,) in statement.run(alias, f"SELECT object_id FROM chosen WHERE {all_of(columns)}")  # nosec B608
    }  # nosec B608
    to_python = compiler.queryset.model._meta.pk.to_python
    return [(to_python(key), likeness) for key, likeness in found.items() if key in passing][: wish.most]


def ordering_column(question: Question) -> str | None:
    """The model's own column to order by; "" for the queryset's order; None when the index orders."""
    if question.order == "relevance":
        return "" if isinstance(question.compiler.query, MatchAll) else None
    try:
        question.compiler.queryset.model._meta.get_field(question.order.removeprefix("-"))
    except FieldDoesNotExist:
        return None
    return question.order


def order_sql(question: Question) -> tuple[str, list[str]]:
    if question.order == "relevance":
        return "score DESC, id", []
    direction = "DESC" if question.order.startswith("-") else "ASC"
    value = "(SELECT MIN(v.value) FROM search_facetvalue v WHERE v.entry_id = chosen.id AND v.field = %s)"
    return f"{value} {direction} NULLS LAST, id", [question.order.removeprefix("-")]
