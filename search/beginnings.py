"""Objects of which a name or title has words that begin as typed: for suggestions while somebody types.

The database's own index is asked, whatever engine answers questions, so that a key pressed costs no second server.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import connections, router
from django.db.models import Model
from django.utils.translation import get_language

from search.analysis import fold
from search.analysis.tokens import words as words_in
from search.backends.database.index import engine
from search.backends.database.statements import allowed
from search.documents import kind_of

MOST_WORDS = 6
#: Candidates that are held against the reading rule at most: hidden ones among them are rare.
LOOKED_AT = 2000


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


def beginning(model: type[Model], typed: Sequence[str], *, field: str, most: int) -> list[Any]:
    """Keys of at most `most` objects that the reader may see (`visible()` of the model's manager) and of which the
    AutocompleteField `field` has all the words, the last one begun. One statement, hardly ever a second."""
    if not typed:
        return []
    alias = router.db_for_read(model)
    *whole, last = (f"^{field}.{word}" for word in typed)
    rule, params = may_be_seen(model, get_language() or settings.LANGUAGE_CODE, alias)
    candidates, keys = engine(alias).beginning(kind_of(model), whole, last, LOOKED_AT)
    found: dict[str, None] = {}
    # One object may begin so in several of its words, in several readings of each; seldom in more than four.
    for wanted in (4 * most, LOOKED_AT):
        with connections[alias].cursor() as cursor:
            cursor.execute(
                f"SELECT e.object_id FROM ({candidates}) e WHERE {rule} LIMIT {wanted}",  # nosec B608
                [*keys, *params],
            )
            rows = cursor.fetchall()
        found = dict.fromkeys(key for (key,) in rows)
        if len(found) >= most or len(rows) < wanted:
            break
    return [model._meta.pk.to_python(key) for key in list(found)[:most]]


@cache
def may_be_seen(model: Any, language: str, alias: str) -> tuple[str, list[Any]]:
    """The reading rule as a condition on `e.object_id`. Its words never change, and Django takes ten times as long to
    find them as the database to answer."""
    return allowed(model._default_manager.db_manager(alias).visible(language), alias, as_indexed=False)
