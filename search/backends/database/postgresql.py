"""PostgreSQL: a tsvector of our keys with weights A to D under GIN, ranked like BM25 over weighted classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections

from search.documents import MAX_COUNT, UNWEIGHTED, WEIGHTS, Document
from search.keys import LAST
from search.models import Beginning, Entry
from search.plan import Group, Key, Plan

from .statements import SATURATION, Statement, base_hits, holds_for_nothing, rule_sql, score

_TOP = max(WEIGHTS.values())
_ARRAY = "'{" + ", ".join(str(weight / _TOP) for weight in reversed(WEIGHTS.values())) + "}'::real[]"
#: ts_rank divides by the sum of 1/n²; multiplied back, one occurrence in a class is worth its weight.
_SCALE = _TOP * 1.64493406685

#: Entry `e` holds what is asked. What the planner does not see in the size of the table, and has to know to read the
#: index, is the second half: vectors lie elsewhere, and to look into one takes long (migration 0014).
HOLDS = "e.vector @@ %s::tsquery AND search_unpacked(e.vector)"


def lock(alias: str, kind: str) -> None:
    """Until the end of the transaction nobody else writes entries of this kind."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"search {kind}"])


def write(alias: str, rows: Sequence[tuple[Entry, Document]], held: Sequence[int]) -> dict[str, int]:
    """Put entries of one kind and their keys in place of what was there, which were those `held`. Gives each object's entry."""
    columns: list[Any] = [
        [entry.kind for entry, _document in rows],
        [entry.object_id for entry, _document in rows],
        [entry.norm for entry, _document in rows],
        [entry.scopes for entry, _document in rows],
        [entry.digest for entry, _document in rows],
        [entry.facets for entry, _document in rows],
        [vector(document) for _entry, document in rows],
    ]
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry (kind, object_id, norm, scopes, digest, facets, vector)"
            " SELECT kind, object_id, norm, scopes, digest, facets, vector::tsvector FROM unnest(%s::text[],"
            " %s::text[], %s::float8[], %s::text[], %s::text[], %s::text[], %s::text[])"
            " r (kind, object_id, norm, scopes, digest, facets, vector)"
            " ON CONFLICT (kind, object_id) DO UPDATE SET norm = excluded.norm, scopes = excluded.scopes,"
            " digest = excluded.digest, facets = excluded.facets, vector = excluded.vector"
            " RETURNING object_id, id",
            columns,
        )
        ids: dict[str, int] = dict(cursor.fetchall())
        if held:
            erase(alias, held)
        begun = [
            (ids[entry.object_id], entry.object_id, f"{entry.kind}{key}")
            for entry, document in rows
            for key in dict.fromkeys(document.keys[UNWEIGHTED])
            if key[0] == "^" and "." in key
        ]
        if begun:
            cursor.execute(
                "INSERT INTO search_beginning (entry_id, object_id, key)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[])",
                [list(column) for column in zip(*begun, strict=True)],
            )
    return ids


def write_facets(alias: str, rows: Sequence[tuple[int, str, str]]) -> None:
    """Entry, field, value."""
    if not rows:
        return
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_facetvalue (entry_id, field, value)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[])",
            [list(column) for column in zip(*rows, strict=True)],
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
    return f"({HOLDS})", [any_of(keys)]


def beginning(kind: str, whole: Sequence[str], last: str, most: int) -> tuple[str, list[str]]:
    """The statement, and its parameters, that finds objects of the kind which hold all the keys and one that begins with
    `last`: `object_id`, by that one in alphabetical order, again for each such key."""
    others = (
        " AND EXISTS (SELECT 1 FROM search_beginning w WHERE w.entry_id = b.entry_id"  # nosec B608
        ' AND w.key COLLATE "C" = %s)'
    ) * len(whole)
    return (
        'SELECT b.object_id FROM search_beginning b WHERE b.key COLLATE "C" >= %s AND b.key COLLATE "C" < %s'  # nosec B608
        f'{others} ORDER BY b.key COLLATE "C" LIMIT {most}'
    ), [kind + last, kind + last + LAST, *(kind + key for key in whole)]


def entries_with(alias: str, words: Sequence[str]) -> list[int]:
    """Entries that hold any of the folded words."""
    if not words:
        return []
    with connections[alias].cursor() as cursor:
        asked = " | ".join(quoted(word) for word in words)
        cursor.execute(
            f"SELECT e.id FROM search_entry e WHERE {HOLDS} ORDER BY e.id",  # nosec B608
            [asked],
        )
        return [entry for (entry,) in cursor.fetchall()]


def erase(alias: str, entries: Sequence[int]) -> None:
    """The vector goes with its row, beginnings lie beside it."""
    Beginning.objects.using(alias).filter(entry__in=list(entries)).delete()


def purge(alias: str, pages: int) -> None:
    """Autovacuum's part."""


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


def hits(plan: Plan, kind: str, size: int | None = None) -> Statement:
    """`size`: how many entries the kind has, where that is known."""
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
        narrowed = f" AND {HOLDS}"
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
    score(statement, plan, kind, size)
    statement.add(
        f"hits AS (SELECT id, object_id, scopes, score FROM scored WHERE {rule_sql(plan.rule, '(s{} > 0)')})"  # nosec B608
    )
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
