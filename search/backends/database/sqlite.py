"""SQLite: FTS5 holds the keys, `fts5vocab` gives their places, BM25 over weighted classes ranks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections

from search.documents import WEIGHTS, Document
from search.keys import LAST
from search.models import Entry
from search.plan import Key, Plan

from .statements import SATURATION, Statement, base_hits, holds_for_nothing, rule_sql, score

_COLUMNS = ("a", "b", "c", "d", "x")
_WEIGHT = " ".join(f"WHEN '{name}' THEN {weight}" for name, weight in WEIGHTS.items())
_COUNT = f"SUM(CASE i.col {_WEIGHT} ELSE 1.0 END)"


def lock(alias: str, kind: str) -> None:
    """A transaction that writes is alone from its beginning (transaction_mode IMMEDIATE)."""


def write(alias: str, rows: Sequence[tuple[Entry, Document]], held: Sequence[int]) -> dict[str, int]:
    """Put entries of one kind and their keys in place of what was there, which were those `held`. Gives each object's entry."""
    entries = [entry for entry, _document in rows]
    Entry.objects.using(alias).bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["norm", "scopes", "digest", "facets"],
    )
    written = Entry.objects.using(alias).filter(
        kind=entries[0].kind, object_id__in=[entry.object_id for entry in entries]
    )
    ids = dict(written.values_list("object_id", "pk"))
    erase(alias, held)
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_fts (rowid, a, b, c, d, x) VALUES (%s, %s, %s, %s, %s, %s)",
            [(ids[entry.object_id], *(document.text(name) for name in _COLUMNS)) for entry, document in rows],
        )
    return ids


def write_facets(alias: str, rows: Sequence[tuple[int, str, str]]) -> None:
    """Entry, field, value. As rows, not as objects: a person has about fifteen of them."""
    with connections[alias].cursor() as cursor:
        cursor.executemany("INSERT INTO search_facetvalue (entry_id, field, value) VALUES (%s, %s, %s)", rows)


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
        params += [key.term, key.term + LAST] if key.prefix else [key.term]
    return f"e.id IN (SELECT t.doc FROM search_terms t WHERE {' OR '.join(parts)})", params  # nosec B608


def beginning(kind: str, whole: Sequence[str], last: str, most: int) -> tuple[str, list[str]]:
    """The statement, and its parameters, that finds objects of the kind which hold all the keys and one that begins with
    `last`: `object_id`, by that one in alphabetical order."""
    others = "".join(" AND t.doc IN (SELECT doc FROM search_terms WHERE term = %s)" for _key in whole)
    return (
        "SELECT DISTINCT e.object_id FROM search_terms t CROSS JOIN search_entry e ON e.id = t.doc"  # nosec B608
        f" WHERE t.term >= %s AND t.term < %s AND e.kind = %s{others} LIMIT {most}"
    ), [last, last + LAST, kind, *whole]


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


def purge(alias: str, pages: int) -> None:
    """FTS5 marks what is deleted and drops it when it merges: merge all of the index, `pages` of it at most."""
    with connections[alias].cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('merge', %s)", [-pages])


def hits(plan: Plan, kind: str, size: int | None = None) -> Statement:
    """`size`: how many entries the kind has, where that is known."""
    if not plan.scored:
        return base_hits(plan, kind)
    statement = Statement()
    whole = [
        (number, key) for number, group in enumerate(plan.groups) for key in group.keys if not key.prefix
    ]
    beginnings = [
        (number, key) for number, group in enumerate(plan.groups) for key in group.keys if key.prefix
    ]
    # By document first, so that they need not be sorted again.
    columns = f"k.grp, k.boost, k.term, i.doc, {_COUNT} AS tf"
    order = "GROUP BY i.doc, k.grp, k.boost, k.term"
    parts: list[str] = []
    if whole:
        rows = ", ".join(f"({number}, {key.boost:.4f}, %s)" for number, key in whole)
        statement.add(f"whole (grp, boost, term) AS (VALUES {rows})", [key.term for _number, key in whole])
        parts.append(
            f"SELECT {columns} FROM whole k CROSS JOIN search_terms i ON i.term = k.term {order}"  # nosec B608
        )
    if beginnings:
        rows = ", ".join(f"({number}, {key.boost:.4f}, %s, %s)" for number, key in beginnings)
        statement.add(
            f"beginnings (grp, boost, term, last) AS (VALUES {rows})",
            [text for _number, key in beginnings for text in (key.term, key.term + LAST)],
        )
        parts.append(
            f"SELECT {columns} FROM beginnings k"  # nosec B608
            f" CROSS JOIN search_terms i ON i.term >= k.term AND i.term < k.last {order}"
        )
    statement.add(f"held (grp, boost, term, doc, tf) AS ({' UNION ALL '.join(parts)})")
    worths = ", ".join(
        f"COALESCE(MAX(CASE h.grp WHEN {number} THEN"
        f" h.boost * h.tf * {1 + SATURATION} / (h.tf + {SATURATION} * e.norm) END), 0) AS s{number}"
        for number in range(len(plan.groups))
    )
    statement.add(
        f"met AS MATERIALIZED (SELECT h.doc AS id, {worths} FROM held h CROSS JOIN search_entry e ON e.id = h.doc"  # nosec B608
        " WHERE e.kind = %s GROUP BY h.doc)",
        [kind],
    )
    score(statement, plan, kind, size)
    if holds_for_nothing(plan.rule):
        statement.add(
            "hits AS (SELECT e.id, e.object_id, e.scopes, COALESCE(s.score, 0.0) AS score FROM search_entry e"  # nosec B608
            f" LEFT JOIN scored s ON s.id = e.id WHERE e.kind = %s AND {rule_sql(plan.rule, '(COALESCE(s.s{}, 0) > 0)')})",
            [kind],
        )
    else:
        statement.add(
            "hits AS (SELECT e.id, e.object_id, e.scopes, s.score FROM scored s"  # nosec B608
            f" CROSS JOIN search_entry e ON e.id = s.id WHERE {rule_sql(plan.rule, '(s.s{} > 0)')})"
        )
    return statement
