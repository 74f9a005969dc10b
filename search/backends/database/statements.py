"""SQL that is the same on SQLite and PostgreSQL: rules, filters of a queryset, facets, pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import RawSQL

from search.plan import AtLeast, Everything, Except, Leaf, Node, Plan
from search.scopes import scope_of

#: How fast more of the same word stops counting (BM25's k1), over weights of 1 to 8.
SATURATION = 4.0
#: What every met word adds besides its rarity: texts that meet more words come first.
COORDINATION = 1.0


#: So many values of a filter that an index on them helps no more.
MANY = 20
#: What stands between the facets of an entry (see Entry.facets).
SEPARATOR = "\x1f"


def packed(facets: Mapping[str, Sequence[str]]) -> str:
    return SEPARATOR.join(f"{name}={value}" for name, values in facets.items() for value in values)


@dataclass(slots=True)
class Statement:
    """Common table expressions, and their parameters: `hits (id, object_id, scopes, score)`, entries that meet the rule of
    the question, and `partly (id, score)`, those that meet some of its words where the rule wants more. `counts_all`: there is
    `n (n)`, counted now, the number of entries of the kind."""

    tables: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)
    counts_all: bool = False

    def add(self, sql: str, params: Sequence[Any] = ()) -> None:
        self.tables.append(sql)
        self.params.extend(params)

    def run(self, alias: str, tail: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return list(self.rows(alias, tail, params))

    def rows(self, alias: str, tail: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """One after the other, as the database gives them."""
        sql, everything = self.sql(tail, params)
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, everything)
            yield from cursor

    def sql(self, tail: str, params: Sequence[Any] = ()) -> tuple[str, list[Any]]:
        return f"WITH {', '.join(self.tables)} {tail}", [*self.params, *params]


def rule_sql(node: Node, met: str) -> str:
    """A rule as a condition; `met` is the text of "group {} was met"."""
    match node:
        case Everything():
            return "(1 = 1)"
        case Leaf(group):
            return met.format(group)
        case Except(inner):
            return f"(NOT {rule_sql(inner, met)})"
        case AtLeast(nodes, least):
            parts = [rule_sql(inner, met) for inner in nodes]
            if least >= len(parts):
                return f"({' AND '.join(parts)})"
            if least == 1:
                return f"({' OR '.join(parts)})"
            return f"({' + '.join(f'(CASE WHEN {part} THEN 1 ELSE 0 END)' for part in parts)} >= {least})"


def holds_for_nothing(node: Node) -> bool:
    """Whether an object that meets no word at all can be a hit."""
    match node:
        case Everything():
            return True
        case Leaf():
            return False
        case Except(inner):
            return not holds_for_nothing(inner)
        case AtLeast(nodes, least):
            return sum(holds_for_nothing(inner) for inner in nodes) >= least


def base_hits(plan: Plan, kind: str) -> Statement:
    """Hits of a question without words: everything or nothing."""
    statement = Statement()
    statement.add(
        "hits AS (SELECT id, object_id, scopes, 0.0 AS score FROM search_entry"  # nosec B608
        f" WHERE kind = %s AND {rule_sql(plan.rule, '(1 = 0)')})",
        [kind],
    )
    statement.add(partly(plan))
    return statement


def score(statement: Statement, plan: Plan, kind: str, size: int | None) -> None:
    """Add `scored`: entries that hold some of the words, with a score, out of `met (id, s0, s1, …)`, what each group is
    worth in each. And `partly`, out of that. `size`: how many entries the kind has, where that is known."""
    if size is None:
        statement.add("n AS MATERIALIZED (SELECT COUNT(*) AS n FROM search_entry WHERE kind = %s)", [kind])
        statement.counts_all = True
    else:
        # Never less than those that hold a word: there would be no logarithm.
        most = f"CASE WHEN COUNT(*) > {size} THEN COUNT(*) ELSE {size} END"
        statement.add(f"n AS MATERIALIZED (SELECT {most} AS n FROM met)")  # nosec B608
    rarities = ", ".join(
        f"LN(1 + ((SELECT n FROM n) - COUNT(*) FILTER (WHERE s{number} > 0) + 0.5)"  # nosec B608
        f" / (COUNT(*) FILTER (WHERE s{number} > 0) + 0.5)) AS i{number}"
        for number in range(len(plan.groups))
    )
    statement.add(f"rare AS MATERIALIZED (SELECT {rarities} FROM met)")  # nosec B608
    worth = " + ".join(
        f"CASE WHEN s{number} > 0 THEN {group.weight:.4f} * ({0.0 if group.optional else COORDINATION}"
        f" + i{number} * s{number}) ELSE 0 END"
        for number, group in enumerate(plan.groups)
    )
    statement.add(f"scored AS (SELECT met.*, {worth} AS score FROM met CROSS JOIN rare)")  # nosec B608
    statement.add(partly(plan))


def partly(plan: Plan) -> str:
    """The table `partly`, out of `scored`; empty where the question can't be loosened."""
    looser = plan.loosened() if plan.scored else None
    met = rule_sql(looser.rule, "(s{} > 0)") if looser else "1 = 0"
    return f"partly AS (SELECT id, score FROM {'scored' if plan.scored else 'hits'} WHERE {met})"  # nosec B608


def key_field(model: type[Model]) -> Field[Any, Any]:
    found: Any = model._meta.pk
    while found.remote_field:
        found = found.target_field
    key: Field[Any, Any] = found
    return key


def object_key(model: type[Model], alias: str, table: str) -> str:
    """`object_id` as the type of the model's primary key."""
    return f"CAST({table}.object_id AS {key_field(model).rel_db_type(connections[alias])})"


def allowed(queryset: QuerySet[Any], alias: str, *, as_indexed: bool = True) -> tuple[str, list[Any]]:
    """The condition that the object of hit `e` is in the queryset; by the names of reading rules in the index, unless
    `as_indexed` is false."""
    model = queryset.model
    key = RawSQL(object_key(model, alias, "e"), [])  # nosec B611
    try:
        if queryset.query.is_sliced or queryset.query.combinator:
            sql, params = queryset.values("pk").query.get_compiler(alias).as_sql()
            return f"{key.sql} IN ({sql})", list(params)
        rows = queryset.order_by().filter(pk=key).values("pk")
        sql, params = rows.query.get_compiler(alias).as_sql()
    except EmptyResultSet:
        return "(1 = 0)", []
    if as_indexed and (scope := scope_of(queryset)):
        # What was indexed before scopes were has none; each name stands between spaces.
        known = "CASE WHEN e.scopes = '' THEN EXISTS ({}) ELSE e.scopes LIKE %s END"
        return known.format(sql), [*params, f"% {scope} %"]
    return f"EXISTS ({sql})", list(params)


def selection(
    statement: Statement,
    queryset: QuerySet[Any],
    alias: str,
    filters: Mapping[str, Collection[str]],
    *,
    of: str = "hits",
    name: str = "chosen",
) -> dict[str, str]:
    """Add `chosen`: hits inside the queryset, with a yes or no column for each filtered facet.

    Returns the name of each facet's column. `of` and `name` are other tables to choose from and to make.
    """
    columns: dict[str, str] = {}
    parts: list[str] = []
    params: list[Any] = []
    for number, (facet, values) in enumerate(filters.items()):
        columns[facet] = f"f{number}"
        marks = ", ".join(["%s"] * len(values))
        # Of many values none is looked up in the index, which would be asked for each of them: they are held as a set.
        value = "v.value" if len(values) < MANY else "(v.value || '')"
        parts.append(
            "EXISTS (SELECT 1 FROM search_facetvalue v WHERE v.entry_id = e.id AND v.field = %s"  # nosec B608
            f" AND {value} IN ({marks})) AS f{number}"
        )
        params += [facet, *values]
    condition, more = allowed(queryset, alias)
    statement.add(
        f"{name} AS MATERIALIZED (SELECT {', '.join(['e.id', 'e.object_id', 'e.score', *parts])}"  # nosec B608
        f" FROM {of} e WHERE {condition})",
        [*params, *more],
    )
    return columns


def all_of(columns: Mapping[str, str], but: str | None = None, *, name: str = "chosen") -> str:
    """The condition that a chosen hit passes every filter (but one facet's own)."""
    return " AND ".join(f"{name}.{column}" for facet, column in columns.items() if facet != but) or "1 = 1"
