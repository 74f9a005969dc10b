"""Slips of the hand and of the ear: what is one of them away from a word, and how dear it is to read one word as another."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from search.analysis import fold, lexicon
from search.analysis.diacritics import variants
from search.analysis.lemmas import generate, known
from search.vocabulary import heard

#: Letters of the longest word whose neighbours in the dictionary are looked up (70 a letter, 0.05 ms each).
LONGEST = 24
#: Words whose neighbours are remembered, of each kind.
REMEMBERED = 512
#: A word that sounds the same is nearer than one whose letters differ by one.
BY_EAR = 0.75
#: Beside one slip of the hand: easy slips cost less, a letter from elsewhere and a wrong first letter more.
EASY, STRANGE, FIRST = 0.2, 0.1, 0.3
#: Of "doradca" and "doradcą" the one that needs fewer letters changed.
DIACRITIC = 0.02
_LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    frozenset(pair)
    for row, below in zip(_ROWS, (*_ROWS[1:], ""), strict=True)
    for pair in (*pairwise(row), *zip(row, below, strict=False), *zip(row[1:], below, strict=False))
}
#: What sounds the same in Polish, in both directions.
_EAR = (
    ("rz", "ż"), ("ch", "h"), ("ó", "u"), ("ą", "on"), ("ą", "om"), ("ę", "en"), ("ę", "em"), ("ś", "sz"), ("ć", "cz"),
    ("w", "f"), ("z", "s"), ("ż", "sz"), ("rz", "sz"), ("d", "t"), ("i", "j"), ("b", "p"), ("g", "k"), ("ks", "x"),
    ("ej", "ei"), ("l", "ll"), ("t", "tt"), ("s", "ss"), ("n", "nn"), ("k", "kk"),
)  # fmt: skip


def cost(typed: str, other: str) -> float:
    """How dear it is to read one lower-case word as another; one slip costs about 1."""
    plain, name = fold(typed), fold(other)
    distance = float(DamerauLevenshtein.distance(plain, name))
    if heard(plain) == heard(name):
        distance = min(distance, BY_EAR)
    elif distance == 1:
        distance += -EASY if is_easy(plain, name) else STRANGE if len(plain) == len(name) else 0.0
    if other != name:
        distance += DIACRITIC * DamerauLevenshtein.distance(typed, other)
    return distance + (FIRST if plain[0] != name[0] else 0.0)


def is_easy(typed: str, other: str) -> bool:
    """Whether the one slip is neighbours swapped, a letter doubled or halved, or the key beside."""
    if sorted(typed) == sorted(other):
        return True
    if len(typed) != len(other):
        return re.sub(r"(.)\1", r"\1", typed) == re.sub(r"(.)\1", r"\1", other)
    differing = [frozenset(pair) for pair in zip(typed, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _BESIDE


@lru_cache(maxsize=4_096)
def dictionary(word: str) -> tuple[str, ...]:
    """Words of the dictionary one slip away from a lower-case one, or that sound the same."""
    if len(word) > LONGEST:
        return ()
    return tuple(
        other for other in sorted({*by_hand(word), *by_ear(word)}) if other != word and is_word(other)
    )


def is_word(word: str) -> bool:
    return bool(known.__wrapped__(word)) or lexicon.has(word)


def by_hand(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def by_ear(word: str) -> Iterator[str]:
    """Spellings that sound the same, two places changed at most."""
    once = set(_swapped(word))
    yield from once
    for other in list(once)[:40]:
        yield from _swapped(other)


def _swapped(word: str) -> Iterator[str]:
    for pair in _EAR:
        for one, other in (pair, pair[::-1]):
            for match in re.finditer(one, word):
                yield word[: match.start()] + other + word[match.end() :]


@lru_cache(maxsize=4_096)
def spellings(folded: str) -> tuple[str, ...]:
    """The words of the dictionary that a folded one may be, at most eight."""
    return tuple(islice((one for one in islice(variants(folded), 256) if is_word(one)), 8))


@lru_cache(maxsize=4_096)
def generated(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for lemma in known(word) for form in generate(lemma)))


#: What lies near words, with what it was looked for among.
_near: dict[Hashable, tuple[tuple[Any, ...], dict[str, tuple[str, ...]]]] = {}


def remembered(
    what: Hashable, plain: str, among: tuple[Any, ...], find: Callable[[], Iterator[str]]
) -> tuple[str, ...]:
    """What `find` gives, found once as long as the very same is looked through: who turns pages or chooses a facet asks the
    same question again, and to go through all words of an index takes longer than all the rest."""
    held = _near.get(what)
    if held is None or any(one is not other for one, other in zip(held[0], among, strict=True)):
        held = _near[what] = (among, {})
    found = held[1].get(plain)
    if found is None:
        if len(held[1]) >= REMEMBERED:
            held[1].clear()
        found = held[1][plain] = tuple(find())
    return found
