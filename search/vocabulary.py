"""Words that stand in the index of a kind, and the nearest of them to a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from threading import Lock

from django.db import connections
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.models import Word

#: Candidates that a misspelt word is read as, at most.
CANDIDATES = 4
LAST = "\U0010ffff"
#: Words that one statement asks for.
MOST = 5000

#: Documents: more of them need not be counted.
ENOUGH = 200

_lock = Lock()
_held: dict[tuple[str, str, str], tuple[int, list[str]]] = {}
_sounds: dict[tuple[str, str, str], dict[str, list[str]]] = {}
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


def known(alias: str, kind: str, words: Collection[str]) -> set[str]:
    """Which of the folded words stand in the index. One statement."""
    return set(Word.objects.using(alias).filter(kind=kind, word__in=words).values_list("word", flat=True))


def begins(alias: str, kind: str, start: str) -> bool:
    """Whether any word of the index begins so."""
    return Word.objects.using(alias).filter(kind=kind, word__gte=start, word__lt=start + LAST).exists()


def frequencies(alias: str, kind: str, terms: Collection[str]) -> dict[str, int]:
    """In how many documents of the kind each key stands, counted up to `ENOUGH`. One statement."""
    if connections[alias].vendor == "sqlite":
        count = (
            "SELECT DISTINCT t.doc FROM search_terms t JOIN search_entry e ON e.id = t.doc"
            " WHERE e.kind = %s AND t.term = %s"
        )
    else:
        count = "SELECT 1 FROM search_entry WHERE kind = %s AND vector @@ quote_literal(%s)::tsquery"
    wanted = list(dict.fromkeys(terms))
    if not wanted:
        return {}
    parts = [
        f"SELECT {place}, COUNT(*) FROM ({count} LIMIT {ENOUGH}) c{place}"  # nosec B608
        for place in range(len(wanted))
    ]  # nosec B608
    with connections[alias].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for term in wanted for value in (kind, term)])
        return {wanted[place]: number for place, number in cursor.fetchall()}


def nearest(alias: str, kind: str, word: str, but: Collection[str] = ()) -> list[tuple[str, float]]:
    """Words of the index one slip from `word` (two for long words) with their likeness, nearest first.

    A slip is a letter missing, added, wrong or swapped with its neighbour. Short words are left alone, `but` too.
    """
    slips = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    if not slips or any(letter.isdigit() for letter in word):
        return []
    by_ear = alike(alias, kind, word, but)
    if by_ear:
        return by_ear
    found = process.extract(
        word,
        _all(alias, kind),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=slips,
        limit=CANDIDATES * 4,
    )
    # People seldom get the first letter wrong: of equal distances, those that keep it come first.
    ranked = sorted(
        (item for item in found if item[0] not in but),
        key=lambda item: (item[1], item[0][0] != word[0], abs(len(item[0]) - len(word))),
    )
    if not ranked:
        return []
    closest = ranked[0][1]
    return [(other, 1 - distance / len(word)) for other, distance, _place in ranked if distance == closest][
        :CANDIDATES
    ]


def heard(word: str) -> str:
    """A folded word as it sounds, for words spelled by ear: mlodzierz and mlodziez, chałas and hałas."""
    for letters, sound in _SOUNDS:
        word = letters.sub(sound, word)
    return word


def alike(alias: str, kind: str, word: str, but: Collection[str] = ()) -> list[tuple[str, float]]:
    """Words of the index that sound like `word`, the nearest in spelling first; short words are left alone."""
    if len(word) < 4 or not word.isalpha():
        return []
    sound = heard(word)
    _all(alias, kind)
    same = _sounds.get((alias, str(connections[alias].settings_dict["NAME"]), kind), {}).get(sound, ())
    found = [(other, DamerauLevenshtein.distance(word, other)) for other in same if other not in but]
    found.sort(key=lambda item: item[1])
    return [(other, 1 - 0.5 / len(word)) for other, _distance in found[:CANDIDATES]]


def run_together(alias: str, kind: str, word: str) -> tuple[str, str] | None:
    """Two words of the index that were written as one, the longest shorter half first; None where there are none."""
    if len(word) < 8 or not word.isalpha():
        return None
    halves = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    held = known(alias, kind, {half for pair in halves for half in pair})
    found = [pair for pair in halves if held.issuperset(pair)]
    return max(found, key=lambda pair: min(map(len, pair)), default=None)


def add(alias: str, kind: str, words: Iterable[str]) -> None:
    """In their order, so that two writers never wait for each other in a ring."""
    wanted = sorted(set(words))
    for start in range(0, len(wanted), MOST):
        part = wanted[start : start + MOST]
        held = known(alias, kind, part)
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


def _all(alias: str, kind: str) -> list[str]:
    """Every word of the kind, kept in this process; new rows are read as they come."""
    database = str(connections[alias].settings_dict["NAME"])
    with _lock:
        last, words = _held.get((alias, database, kind), (0, []))
        rows = Word.objects.using(alias).filter(kind=kind)
        fresh = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "word"))
        if fresh:
            last, words = fresh[-1][0], [*words, *(word for _pk, word in fresh)]
            _held[alias, database, kind] = last, words
            sounds = _sounds.setdefault((alias, database, kind), {})
            for _pk, word in fresh:
                sounds.setdefault(heard(word), []).append(word)
        return words
