"""How far what processes hold in memory has come in the database: rules, words and vectors, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections

#: Epoch, version and the version of the last deletion of a kind's vectors (see VectorState).
VectorStamp = tuple[Any, int, int]


@dataclass(frozen=True, slots=True)
class Stamps:
    """`rules` names the state of thesaurus and lexicon, `words` is the last row of the vocabulary; `vectors` is None
    where a kind has none."""

    rules: str
    words: int
    vectors: VectorStamp | None


def read(alias: str, kind: str) -> Stamps:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT stamp FROM search_rulesstamp WHERE id = 1), (SELECT MAX(id) FROM search_word),"
            " s.epoch, s.version, s.erased_at FROM (SELECT 1 AS one) o"
            " LEFT JOIN search_vectorstate s ON s.kind = %s",
            [kind],
        )
        rules, words, epoch, version, erased_at = cursor.fetchone()
    return Stamps(rules or "", words or 0, None if epoch is None else (epoch, version, erased_at))
