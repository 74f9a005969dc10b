"""How far what processes hold in memory has come in the database: rules, words and vectors, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections

#: Epoch, version and the version of the last deletion of a kind's vectors (see VectorState).
VectorStamp = tuple[Any, int, int]
#: The last row of a vocabulary (see Word).
WordStamp = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Stamps:
    """`rules` names the state of thesaurus and lexicon; `words` is not only a number, because numbers come back when a
    transaction is rolled back; `vectors` is None where a kind has none."""

    rules: str
    words: WordStamp
    vectors: VectorStamp | None


def read(alias: str, kind: str, *, shown: bool) -> Stamps:
    """`shown` tells which of the two vocabularies of the kind is asked for."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT stamp FROM search_rulesstamp WHERE id = 1), w.id, w.word,"
            " s.epoch, s.version, s.erased_at FROM (SELECT 1 AS one) o LEFT JOIN search_word w"
            " ON w.id = (SELECT MAX(id) FROM search_word WHERE kind = %s AND shown = %s)"
            " LEFT JOIN search_vectorstate s ON s.kind = %s",
            [kind, shown, kind],
        )
        rules, last, word, epoch, version, erased_at = cursor.fetchone()
    return Stamps(
        rules or "",
        (last or 0, word or ""),
        None if epoch is None else (epoch, version, erased_at),
    )
