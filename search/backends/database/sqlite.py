"""SQLite: FTS5 holds the keys, `fts5vocab` gives their places, BM25 over weighted classes ranks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections

from search.documents import WEIGHTS, Document
from search.plan import Key, Plan

from .statements import COORDINATION, SATURATION, Statement, base_hits, holds_for_nothing, partly, rule_sql

_COLUMNS = ("a", "b", "c", "d", "x")
_LAST = "\U0010ffff"
_WEIGHT = " ".join(f"WHEN '{name}' THEN {weight}" for name, weight in WEIGHTS.items())
_COUNT = f"SUM(CASE i.col {_WEIGHT} ELSE 1.0 END)"


def lock(alias: str, kind: str) -> None:
    """A transaction that writes is alone from its beginning (transaction_mode IMMEDIATE)."""


def write(alias: str, rows: Sequence[tuple[int, Document]]) -> None:
    """Put the keys of entries in place of what was there."""
    erase(alias, [entry for entry, _document in rows])
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_fts (rowid, a, b, c, d, x) VALUES (%s, %s, %s, %s, %s, %s)",
            [(entry, *(document.text(name) for name in _COLUMNS)) for entry, document in rows],
        )


def words_of(alias: str, entries: Sequence[int]) -> set[str]:
    """Folded words of entries."""
    found: set[str] = set()
    with connections[alias].cursor() as cursor:
        for start in range(0, len(entries), 500):
            part = entries[start : start + 500]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT a, b, c, d, x FROM search_fts WHERE rowid IN ({marks})", part)  # nosec B608
            for row in cursor.fetchall():
                found.update(key.removeprefix("^") for text in row for key in text.split())
    return {key for key in found if key.isalnum()}


def meets(keys: Sequence[Key]) -> tuple[str, list[str]]:
    """The condition that entry `e` holds any of the keys."""
    parts, params = [], []
    for key in keys:
        parts.append("(t.term >= %s AND t.term < %s)" if key.prefix else "t.term = %s")
        params += [key.term, key.term + _LAST] if key.prefix else [key.term]
    return f"e.id IN (SELECT t.doc FROM search_terms t WHERE {' OR '.join(parts)})", params  # nosec B608


def beginning(kind: str, whole: Sequence[str], last: str, most: int) -> tuple[str, list[str]]:
    """The statement, and its parameters, that finds objects of the kind which hold all the keys and one that begins with
    `last`: `object_id`, by that one in alphabetical order."""
    others = "".join(" AND t.doc IN (SELECT doc FROM search_terms WHERE term = %s)" for _key in whole)
    return (
        "SELECT DISTINCT e.object_id FROM search_terms t CROSS JOIN search_entry e ON e.id = t.doc"  # nosec B608
        f" WHERE t.term >= %s AND t.term < %s AND e.kind = %s{others} LIMIT {most}"
    ), [last, last + _LAST, kind, *whole]


def entries_with(alias: str, words: Sequence[str]) -> list[int]:
    """Entries that hold any of the folded words."""
    found: set[int] = set()
    with connections[alias].cursor() as cursor:
        for start in range(0, len(words), 500):
            part = words[start : start + 500]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT DISTINCT doc FROM search_terms WHERE term IN ({marks})", part)  # nosec B608
            found.update(entry for (entry,) in cursor.fetchall())
    return sorted(found)


def erase(alias: str, entries: Sequence[int]) -> None:
    with connections[alias].cursor() as cursor:
        cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(entry,) for entry in entries])


def hits(plan: Plan, kind: str) -> Statement:
    if not plan.scored:
        return base_hits(plan, kind)
    statement = Statement()
    whole = [
        (number, key) for number, group in enumerate(plan.groups) for key in group.keys if not key.prefix
    ]
    beginnings = [
        (number, key) for number, group in enumerate(plan.groups) for key in group.keys if key.prefix
    ]
    parts: list[str] = []
    if whole:
        rows = ", ".join(f"({number}, {key.boost:.4f}, %s)" for number, key in whole)
        statement.add(f"whole (grp, boost, term) AS (VALUES {rows})", [key.term for _number, key in whole])
        parts.append(
            f"SELECT k.grp, k.boost, k.term, i.doc, {_COUNT} AS tf FROM whole k"  # nosec B608
            " CROSS JOIN search_terms i ON i.term = k.term GROUP BY k.grp, k.term, i.doc"
        )
    if beginnings:
        rows = ", ".join(f"({number}, {key.boost:.4f}, %s, %s)" for number, key in beginnings)
        statement.add(
            f"beginnings (grp, boost, term, last) AS (VALUES {rows})",
            [text for _number, key in beginnings for text in (key.term, key.term + _LAST)],
        )
        parts.append(
            f"SELECT k.grp, k.boost, k.term, i.doc, {_COUNT} AS tf FROM beginnings k"  # nosec B608
            " CROSS JOIN search_terms i ON i.term >= k.term AND i.term < k.last GROUP BY k.grp, k.term, i.doc"
        )
    statement.add(f"met (grp, boost, term, doc, tf) AS ({' UNION ALL '.join(parts)})")
    k1 = SATURATION
    statement.add(
        "best AS MATERIALIZED (SELECT m.grp, m.doc,"  # nosec B608
        f" MAX(m.boost * m.tf * {1 + k1} / (m.tf + {k1} * e.norm)) AS worth"
        " FROM met m CROSS JOIN search_entry e ON e.id = m.doc WHERE e.kind = %s GROUP BY m.grp, m.doc)",
        [kind],
    )
    statement.add("n AS (SELECT COUNT(*) AS n FROM search_entry WHERE kind = %s)", [kind])
    statement.add(
        "rare AS MATERIALIZED (SELECT b.grp, LN(1 + ((SELECT n FROM n) - COUNT(*) + 0.5) / (COUNT(*) + 0.5)) AS idf"
        " FROM best b GROUP BY b.grp)"
    )
    weights = " ".join(
        f"WHEN {number} THEN {group.weight:.4f} * ({0.0 if group.optional else COORDINATION} + r.idf * b.worth)"
        for number, group in enumerate(plan.groups)
    )
    flags = ", ".join(
        f"MAX(b.grp = {number}) AS g{number}"
        for number, group in enumerate(plan.groups)
        if not group.optional
    )
    statement.add(
        f"scored AS MATERIALIZED (SELECT b.doc AS id, SUM(CASE b.grp {weights} END) AS score, {flags}"  # nosec B608
        " FROM best b JOIN rare r ON r.grp = b.grp GROUP BY b.doc)"
    )
    statement.add(partly(plan, "COALESCE(s.g{}, 0)"))
    join = "LEFT JOIN scored s ON s.id = e.id"
    if not holds_for_nothing(plan.rule):
        join = "JOIN scored s ON s.id = e.id"
    statement.add(
        f"hits AS (SELECT e.id, e.object_id, e.scopes, COALESCE(s.score, 0.0) AS score FROM search_entry e {join}"  # nosec B608
        f" WHERE e.kind = %s AND {rule_sql(plan.rule, 'COALESCE(s.g{}, 0)')})",
        [kind],
    )
    return statement
