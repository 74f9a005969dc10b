"""PostgreSQL: a tsvector of our keys with weights A to D under GIN, ranked like BM25 over weighted classes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections

from search.documents import MAX_COUNT, UNWEIGHTED, WEIGHTS, Document
from search.plan import Group, Key, Plan

from .statements import COORDINATION, SATURATION, Statement, base_hits, holds_for_nothing, partly, rule_sql

_TOP = max(WEIGHTS.values())
_ARRAY = "'{" + ", ".join(str(weight / _TOP) for weight in reversed(WEIGHTS.values())) + "}'::real[]"
#: ts_rank divides by the sum of 1/n²; multiplied back, one occurrence in a class is worth its weight.
_SCALE = _TOP * 1.64493406685
_MAX_POSITION = 16_000


def lock(alias: str, kind: str) -> None:
    """Until the end of the transaction nobody else writes entries of this kind."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"search {kind}"])


def write(alias: str, rows: Sequence[tuple[int, Document]]) -> None:
    """Put the keys of entries in place of what was there."""
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET vector = %s::tsvector WHERE id = %s",
            [(vector(document), entry) for entry, document in rows],
        )


def words_of(alias: str, entries: Sequence[int]) -> set[str]:
    """Folded words of entries."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ltrim(key, '^') FROM search_entry, unnest(tsvector_to_array(vector)) AS key"
            " WHERE id = ANY(%s)",
            [list(entries)],
        )
        return {key for (key,) in cursor.fetchall() if key.isalnum()}


def meets(keys: Sequence[Key]) -> tuple[str, list[str]]:
    """The condition that entry `e` holds any of the keys."""
    return "e.vector @@ %s::tsquery", [any_of(keys)]


def beginning(kind: str, whole: Sequence[str], last: str, most: int) -> tuple[str, list[str]]:
    """The statement, and its parameters, that finds objects of the kind which hold all the keys and one that begins with
    `last`: `object_id`."""
    asked = " & ".join([*(quoted(key) for key in whole), f"{quoted(last)}:*"])
    return (
        f"SELECT object_id FROM search_entry WHERE vector @@ %s::tsquery AND kind = %s LIMIT {most}"  # nosec B608
    ), [asked, kind]


def entries_with(alias: str, words: Sequence[str]) -> list[int]:
    """Entries that hold any of the folded words."""
    if not words:
        return []
    with connections[alias].cursor() as cursor:
        asked = " | ".join(quoted(word) for word in words)
        cursor.execute("SELECT id FROM search_entry WHERE vector @@ %s::tsquery ORDER BY id", [asked])
        return [entry for (entry,) in cursor.fetchall()]


def erase(alias: str, entries: Sequence[int]) -> None:
    """The vector goes with its row."""


def vector(document: Document) -> str:
    """The literal of the whole document. Positions only count occurrences: order stands in the pairs."""
    places: dict[str, list[str]] = {}
    for name in WEIGHTS:
        for key, count in document.counts(name).items():
            held = places.setdefault(key, [])
            held += [name.upper()] * min(count, MAX_COUNT - len(held))
    parts = [
        f"{quoted(key)}:{','.join(f'{number}{letter}' for number, letter in enumerate(letters, 1))}"
        for key, letters in places.items()
    ]
    parts += [quoted(key) for key in dict.fromkeys(document.keys[UNWEIGHTED]) if key not in places]
    return " ".join(parts)


def quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(keys: Sequence[Key]) -> str:
    """The tsquery literal that any of the keys meets."""
    return " | ".join(f"{quoted(key.term)}{':*' if key.prefix else ''}" for key in keys)


def hits(plan: Plan, kind: str) -> Statement:
    if not plan.scored:
        return base_hits(plan, kind)
    statement = Statement()
    columns, params = [], []
    for number, group in enumerate(plan.groups):
        sql, values = worth(group)
        columns.append(f"{sql} AS s{number}")
        params += values
    narrowed = ""
    if not holds_for_nothing(plan.rule):
        narrowed = " AND e.vector @@ %s::tsquery"
        params_after = [
            kind,
            any_of([key for group in plan.groups if not group.optional for key in group.keys]),
        ]
    else:
        params_after = [kind]
    statement.add(
        f"met AS MATERIALIZED (SELECT e.id, e.object_id, e.scopes, {', '.join(columns)} FROM search_entry e"  # nosec B608
        f" WHERE e.kind = %s{narrowed})",
        [*params, *params_after],
    )
    statement.add("n AS MATERIALIZED (SELECT COUNT(*) AS n FROM search_entry WHERE kind = %s)", [kind])
    rarities = ", ".join(
        f"LN(1 + ((SELECT n FROM n) - COUNT(*) FILTER (WHERE s{number} > 0) + 0.5)"  # nosec B608
        f" / (COUNT(*) FILTER (WHERE s{number} > 0) + 0.5))::float8 AS i{number}"
        for number in range(len(plan.groups))
    )
    statement.add(f"rare AS MATERIALIZED (SELECT {rarities} FROM met)")  # nosec B608
    score = " + ".join(
        f"CASE WHEN s{number} > 0 THEN {group.weight:.4f} * ({0.0 if group.optional else COORDINATION}"
        f" + i{number} * s{number}) ELSE 0 END"
        for number, group in enumerate(plan.groups)
    )
    statement.add(f"scored AS (SELECT met.*, {score} AS score FROM met CROSS JOIN rare)")  # nosec B608
    statement.add(
        f"hits AS (SELECT id, object_id, scopes, score FROM scored WHERE {rule_sql(plan.rule, '(s{} > 0)')})"  # nosec B608
    )
    statement.add(partly(plan, "(s.s{} > 0)"))
    return statement


def worth(group: Group) -> tuple[str, list[str]]:
    """What a group is worth in one row: the best of its keys, those of one boost taken together."""
    by_boost: dict[float, list[Key]] = {}
    for key in group.keys:
        by_boost.setdefault(round(key.boost, 4), []).append(key)
    parts, params = [], []
    for boost, keys in by_boost.items():
        count = f"ts_rank({_ARRAY}, e.vector, %s::tsquery) * {_SCALE * len(keys):.4f}"
        parts.append(f"{boost} * {1 + SATURATION} / (1 + {SATURATION} * e.norm / NULLIF({count}, 0))")
        params.append(any_of(keys))
    return f"COALESCE(GREATEST({', '.join(parts)}), 0)::float8", params
