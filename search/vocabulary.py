"""Words that stand in the index of a kind, and the nearest of them to a misspelt one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from django.db import connections
from django.db.models import Q

from search.models import Word
from search.stamps import WordStamp

LAST = "\U0010ffff"
#: Words that one statement asks for.
MOST = 5000
#: Documents: more of them need not be counted.
ENOUGH = 200

#: Documents of a kind that hold the key `a.term`.
_HOLDERS = {
    "sqlite": "SELECT DISTINCT t.doc FROM search_terms t CROSS JOIN search_entry e ON e.id = t.doc"
    " WHERE t.term = a.term AND e.kind = %s",
    "postgresql": "SELECT 1 FROM search_entry e WHERE e.kind = %s AND e.vector @@ quote_literal(a.term)::tsquery",
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
    *,
    words: Collection[str] = (),
    keys: Collection[str] = (),
    count: Collection[str] = (),
) -> dict[str, int]:
    """What of it stands in the index, in one statement: folded `words` and `keys` of the index with 1, what is to be
    counted with the number of its documents up to `ENOUGH`; what stands nowhere is left out."""
    holders = _HOLDERS[connections[alias].vendor]
    tables: list[str] = []
    parts: list[str] = []
    table_params: list[str] = []
    params: list[str] = []
    if words:
        marks = ", ".join(["%s"] * len(words))
        parts.append(f"SELECT word, 1 FROM search_word WHERE kind = %s AND word IN ({marks})")  # nosec B608
        params += [kind, *words]
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
    """The words of a kind in alphabetical order, by their length and by their sound; `last` is the last row of all that
    was there."""

    last: WordStamp = (0, "")
    words: list[str] = field(default_factory=list)
    lengths: dict[int, list[str]] = field(default_factory=dict)
    sounds: dict[str, list[str]] = field(default_factory=dict)


_lock = Lock()
_held: dict[tuple[str, str, str], Held] = {}


def held(alias: str, kind: str, last: WordStamp) -> Held:
    """Every word of the kind, kept in this process; rows up to `last` are read when they are new. One statement then."""
    key = (alias, str(connections[alias].settings_dict["NAME"]), kind)
    with _lock:
        before = _held.get(key, Held())
        if before.last == last:
            return before
        rows = Word.objects.using(alias).filter(pk__lte=last[0])
        fresh = list(rows.filter(Q(kind=kind, pk__gt=before.last[0]) | Q(pk=before.last[0])).values_list())
        if before.last[0] and before.last not in ((row[0], row[2]) for row in fresh):
            # That row was taken back: what was read with it may have been too.
            before = Held()
            fresh = list(rows.filter(kind=kind).values_list())
        words = [word for pk, of, word in fresh if of == kind and pk > before.last[0]]
        for word in words:
            before.sounds.setdefault(heard(word), []).append(word)
            before.lengths.setdefault(len(word), []).append(word)
        found = _held[key] = Held(last, sorted([*before.words, *words]), before.lengths, before.sounds)
        return found


@dataclass(frozen=True)
class Vocabulary:
    """The words of a kind as one question sees them: what the process holds, up to the row `last`, and what was looked up."""

    alias: str
    kind: str
    last: WordStamp
    answers: dict[tuple[str, str], int] = field(default_factory=dict)

    def look_up(self, **asked: Collection[str]) -> dict[str, int]:
        """As `look_up`; nothing is asked twice."""
        fresh = {
            what: [one for one in terms if (what, one) not in self.answers] for what, terms in asked.items()
        }
        found = look_up(self.alias, self.kind, **fresh)
        self.answers.update(
            {(what, one): found.get(one, 0) for what, terms in fresh.items() for one in terms}
        )
        held = {one: self.answers[what, one] for what, terms in asked.items() for one in terms}
        return {one: number for one, number in held.items() if number}

    @cached_property
    def held(self) -> Held:
        return held(self.alias, self.kind, self.last)

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


def add(alias: str, kind: str, words: Iterable[str]) -> None:
    """In their order, so that two writers never wait for each other in a ring."""
    wanted = sorted(set(words))
    for start in range(0, len(wanted), MOST):
        part = wanted[start : start + MOST]
        held = look_up(alias, kind, words=part)
        rows = [Word(kind=kind, word=word) for word in part if word not in held]
        Word.objects.using(alias).bulk_create(rows, ignore_conflicts=True, batch_size=500)


def forget(alias: str, kind: str | None = None, words: Collection[str] | None = None) -> None:
    """Delete words that stand in no document any more (of those given, else of all)."""
    rows = Word.objects.using(alias)
    if words is not None:
        rows = rows.filter(word__in=words)
    if connections[alias].vendor == "sqlite":
        # One full-text table serves every kind: what is in no document at all is forgotten for all of them.
        gone = "NOT EXISTS (SELECT 1 FROM search_terms t WHERE t.term = search_word.word)"
    else:
        rows = rows.filter(kind=kind) if kind is not None else rows
        gone = (
            "NOT EXISTS (SELECT 1 FROM search_entry e WHERE e.kind = search_word.kind"
            " AND e.vector @@ quote_literal(search_word.word)::tsquery)"
        )
    rows.extra(where=[gone]).delete()  # nosec B610
