"""Objects of which a name or title has words that begin as typed: for suggestions while somebody types.

The database's own index is asked, whatever engine answers questions, so that a key pressed costs no second server.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from search.analysis import fold
from search.analysis.tokens import words as words_in
from search.backends.database.index import engine
from search.documents import kind_of

MOST_WORDS = 6
#: Candidates that are held against the queryset, first few, then many: hidden ones among them are rare.
LOOKED_AT = (20, 2000)

M = TypeVar("M", bound=Model)


def words(text: str) -> list[str]:
    """The folded words of what was typed; the last may be unfinished."""
    return list(folded_words(text)[:MOST_WORDS])


def begin(typed: Sequence[str], texts: str) -> bool:
    """Whether every typed word begins a word of `texts`."""
    held = folded_words(texts)
    return all(any(word.startswith(one) for word in held) for one in typed)


@lru_cache(maxsize=4096)
def folded_words(text: str) -> tuple[str, ...]:
    return tuple(fold(match[0]) for match in words_in(text))


def beginning(queryset: QuerySet[M], typed: Sequence[str], *, field: str, most: int) -> list[M]:
    """At most `most` of the queryset whose AutocompleteField `field` has all the words, the last one begun."""
    if not typed:
        return []
    found: list[M] = []
    for looked_at in LOOKED_AT:
        keys = candidates(queryset, typed, field, looked_at)
        rows = queryset.in_bulk(keys) if keys else {}
        found = [rows[key] for key in keys if key in rows][:most]
        if len(found) == most or len(keys) < looked_at // 2:
            break
    return found


def candidates(queryset: QuerySet[Any], typed: Sequence[str], field: str, most: int) -> list[Any]:
    """Keys of indexed objects, whoever may see them."""
    *whole, last = (f"^{field}.{word}" for word in typed)
    found = engine(queryset.db).beginning(queryset.db, kind_of(queryset.model), whole, last, most)
    to_python = queryset.model._meta.pk.to_python
    return [to_python(key) for key in dict.fromkeys(found)]
