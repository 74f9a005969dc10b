"""Words that stand in the index of a kind: in all its documents, or (`shown`) in those that a reading rule lets somebody
see."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from django.db import connections

from search.keys import LAST
from search.models import Word
from search.scopes import NOBODY
from search.stamps import WordStamp

#: Documents: more of them need not be counted.
ENOUGH = 200

#: The row that says that a word has left.
LEFT = ""
#: The condition that somebody may see entry `e`.
SHOWN = f"e.scopes <> '{NOBODY}'"
#: Documents of a kind that hold a term.
_HOLDERS = {
    "sqlite": "SELECT DISTINCT t.doc FROM search_terms t CROSS JOIN search_entry e ON e.id = t.doc"
    " WHERE t.term = {term} AND e.kind = {kind}",
    "postgresql": "SELECT 1 FROM search_entry e"
    " WHERE e.kind = {kind} AND e.vector @@ quote_literal({term})::tsquery AND search_unpacked(e.vector)",
}
#: How a database takes many words as one parameter.
_EACH: dict[str, tuple[str, Callable[[list[str]], Any]]] = {
    "sqlite": ("(SELECT value AS word FROM json_each(%s)) a", json.dumps),
    "postgresql": ("unnest(%s::text[]) a (word)", list),
}
#: Spellings that sound the same once diacritics are folded (ó/u, rz/ż, ch/h, ą/on/om, w/f …), in the order of their turn.
_SOUNDS = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        ("ch", "h"), ("rz", "z"), ("sz", "s"), ("cz", "c"), ("dz", "d"), ("qu", "kw"), ("x", "ks"), ("v", "w"),
        ("u", "o"), ("f", "w"), ("y", "i"), ("j", "i"), ("a[mn](?=[bcdgkpstwz])", "a"), ("o[mn](?=[bcdgkpstwz])", "a"),
        ("e[mn](?=[bcdgkpstwz])", "e"), ("i+", "i"), ("([a-z])\\1+", "\\1"), ("d$", "t"), ("g$", "k"), ("b$", "p"),
        ("om$", "a"),
    )
)  # fmt: skip


def look_up(
    alias: str,
    kind: str,
    shown: bool,
    *,
    words: Collection[str] = (),
    keys: Collection[str] = (),
    count: Collection[str] = (),
) -> dict[str, int]:
    """What of it stands in the index, in one statement: folded `words` and `keys` of the index with 1, what is to be
    counted with the number of its documents up to `ENOUGH`; what stands nowhere is left out."""
    holders = _HOLDERS[connections[alias].vendor].format(term="a.term", kind="%s")
    holders += f" AND {SHOWN}" if shown else ""
    tables: list[str] = []
    parts: list[str] = []
    table_params: list[str] = []
    params: list[str | bool] = []
    if words:
        marks = ", ".join(["%s"] * len(words))
        parts.append(
            "SELECT word, 1 FROM search_word"  # nosec B608
            f" WHERE kind = %s AND shown = %s AND word IN ({marks})"
        )
        params += [kind, shown, *words]
    for name, terms, most in (("keys", keys, 1), ("counted", count, ENOUGH)):
        if terms:
            tables.append(f"{name} (term) AS (VALUES {', '.join(['(%s)'] * len(terms))})")
            table_params += terms
            number = f"SELECT COUNT(*) FROM ({holders} LIMIT {most}) h"  # nosec B608
            parts.append(f"SELECT a.term, ({number}) FROM {name} a")  # nosec B608
            params.append(kind)
    if not parts:
        return {}
    head = f"WITH {', '.join(tables)} " if tables else ""
    with connections[alias].cursor() as cursor:
        cursor.execute(head + " UNION ALL ".join(parts), [*table_params, *params])
        return {term: number for term, number in cursor.fetchall() if number}


def heard(word: str) -> str:
    """A folded word as it sounds, for words spelled by ear: mlodzierz and mlodziez, chałas and hałas."""
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


@dataclass(slots=True)
class Held:
    """A vocabulary in alphabetical order, by length and by sound; `last` is the last of its rows when it was read."""

    last: WordStamp = (0, "")
    words: list[str] = field(default_factory=list)
    lengths: dict[int, list[str]] = field(default_factory=dict)
    sounds: dict[str, list[str]] = field(default_factory=dict)

    def changed(self, last: WordStamp, words: Iterable[str]) -> Held:
        """What it is to be with other words. Lists that readers may be going through stay as they are."""
        before, now = {*self.words}, {*words}
        for word in before - now:
            for groups, key in self.groups(word):
                groups[key] = [other for other in groups[key] if other != word]
        for word in now - before:
            for groups, key in self.groups(word):
                groups.setdefault(key, []).append(word)
        return Held(last, sorted(now), self.lengths, self.sounds)

    def groups(self, word: str) -> tuple[tuple[dict[Any, list[str]], Any], ...]:
        return (self.lengths, len(word)), (self.sounds, heard(word))


_lock = Lock()
_held: dict[tuple[str, str, str, bool], Held] = {}


def held(alias: str, kind: str, shown: bool, last: WordStamp) -> Held:
    """Every word of a vocabulary, kept in this process; rows up to `last` are read when they are new. One statement then,
    two where a word has left."""
    key = (alias, str(connections[alias].settings_dict["NAME"]), kind, shown)
    with _lock:
        before = _held.get(key, Held())
        if before.last == last:
            return before
        rows = Word.objects.using(alias).filter(kind=kind, shown=shown, pk__lte=last[0])
        fresh = list(rows.filter(pk__gte=before.last[0]).values_list("pk", "word"))
        words = {word for _pk, word in fresh}
        if before.last in fresh and (LEFT not in words or before.last[1] == LEFT):
            words.update(before.words)
        elif before.last[0]:
            # Something has left; or that row was taken back, and what was read with it may have been too.
            words = set(rows.values_list("word", flat=True))
        found = _held[key] = before.changed(last, words - {LEFT})
        return found


@dataclass(frozen=True)
class Vocabulary:
    """The words of a kind as one question sees them: what the process holds, up to the row `last`, and what it looks up."""

    alias: str
    kind: str
    shown: bool
    last: WordStamp

    def look_up(self, **asked: Collection[str]) -> dict[str, int]:
        return look_up(self.alias, self.kind, self.shown, **asked)

    @cached_property
    def held(self) -> Held:
        return held(self.alias, self.kind, self.shown, self.last)

    def __contains__(self, word: str) -> bool:
        return self._from(word) == word

    def begins(self, start: str) -> bool:
        """Whether any word begins so."""
        return self._from(start).startswith(start)

    def _from(self, word: str) -> str:
        """The word, or the next one after its place; "" behind the last."""
        words = self.held.words
        place = bisect_left(words, word)
        return words[place] if place < len(words) else ""

    def beginning(self, start: str) -> list[str]:
        """Every word that begins so."""
        words = self.held.words
        return words[bisect_left(words, start) : bisect_left(words, start + LAST)]

    def about_as_long(self, word: str, more: int) -> list[str]:
        """Words whose length differs from that of `word` by `more` letters at most."""
        lengths = range(len(word) - more, len(word) + more + 1)
        return [other for length in lengths for other in self.held.lengths.get(length, ())]

    def sounding(self, word: str) -> Sequence[str]:
        """Words that sound like a folded one."""
        return self.held.sounds.get(heard(word), ())


def add(alias: str, kind: str, words: Collection[str], shown: Collection[str]) -> None:
    """To both vocabularies, a statement each."""
    each, listed = _EACH[connections[alias].vendor]
    with connections[alias].cursor() as cursor:
        for vocabulary, wanted in ((False, words), (True, shown)):
            if wanted:
                # In their order, so that two writers never wait for each other in a ring.
                cursor.execute(
                    "INSERT INTO search_word (kind, shown, word) SELECT %s, %s, a.word"  # nosec B608
                    f" FROM {each} WHERE a.word <> '' ORDER BY a.word ON CONFLICT DO NOTHING",
                    [kind, vocabulary, listed([*wanted])],
                )


def forget(alias: str, kind: str, words: Collection[str]) -> None:
    """Those of the words that stand in no document any more leave their vocabulary."""
    rows = Word.objects.using(alias).filter(kind=kind)
    lost = lost_rows(alias, kind, words)
    for vocabulary in {shown for _word, shown, _pk in lost}:
        rows.filter(pk__in=[pk for _word, shown, pk in lost if shown is vocabulary]).delete()
        rows.filter(shown=vocabulary, word=LEFT).delete()
        Word.objects.using(alias).create(kind=kind, shown=vocabulary, word=LEFT)


def lost_rows(alias: str, kind: str, words: Collection[str]) -> list[tuple[str, bool, int]]:
    """Word, vocabulary and key of those rows whose word stands in no document any more."""
    each, listed = _EACH[connections[alias].vendor]
    holders = _HOLDERS[connections[alias].vendor].format(term="w.word", kind="w.kind")
    with connections[alias].cursor() as cursor:
        # A number, not EXISTS: PostgreSQL would make a join of it, every word with every document.
        cursor.execute(
            f"SELECT w.word, w.shown, w.id FROM {each} JOIN search_word w ON w.word = a.word"  # nosec B608
            " WHERE w.kind = %s AND w.word <> ''"
            f" AND (SELECT COUNT(*) FROM ({holders} AND (NOT w.shown OR {SHOWN}) LIMIT 1) h) = 0",
            [listed([*words]), kind],
        )
        return [(word, bool(shown), pk) for word, shown, pk in cursor.fetchall()]
