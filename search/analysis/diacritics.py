"""Words typed without Polish diacritics (swidnica, budzetow) brought back to what was meant."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from . import lemmas, lexicon
from .stopwords import is_stop
from .tokens import fold

MAX_VARIANTS = 4_096  # of one word; a word with more ambiguous letters is tried with its first 4,096 variants
MAX_RESTORED = 30  # letters: longer strings are no words

_LETTERS = {"a": "aą", "c": "cć", "e": "eę", "l": "lł", "n": "nń", "o": "oó", "s": "sś", "z": "zżź"}
# Polish writes no soft consonant mark and no nasal vowel before a vowel, no nasal vowel first, no ó last.
_IMPOSSIBLE = re.compile(r"[ćńśźąę][aąeęioóuy]")

_ASCII_WORD = re.compile(r"[A-Za-z]{3,30}")

FoldedMap = Mapping[str, Collection[str]]


def variants(word: str) -> Iterator[str]:
    """Spellings of a lower-case word with diacritics added, itself first; at most `MAX_VARIANTS`."""
    found = [""]
    for letter in word:
        found = [
            head + choice
            for head in found
            for choice in _LETTERS.get(letter, letter)
            if not (_IMPOSSIBLE.match(head[-1] + choice) if head else choice in "ąę")
        ][:MAX_VARIANTS]
    return iter(found)


@lru_cache(maxsize=16_384)
def cost(word: str) -> int:
    """How many spellings `restore` has to look up for a word, at about 0.1 ms each."""
    return len(list(variants(word[:MAX_RESTORED])))


def restore(word: str, *, known_too: bool = False) -> tuple[str, ...]:
    """Lemmas of every spelling with diacritics that the dictionary knows, those with the fewest changes first.

    Empty when it knows the word as typed, unless `known_too` asks what else may be meant.
    """
    return () if lexicon.has(word) else _restore(word, known_too)


@lru_cache(maxsize=16_384)
def _restore(word: str, known_too: bool) -> tuple[str, ...]:
    if len(word) < 3 or not word.isalpha() or (lemmas.known(word) and not known_too):
        return ()
    spellings = sorted(variants(word[:MAX_RESTORED]), key=lambda other: sum(map(str.__ne__, word, other)))
    return tuple(
        dict.fromkeys(
            lemma
            for spelling in spellings
            if spelling != word and not is_stop(spelling)
            for lemma in lemmas.known.__wrapped__(spelling)  # guesses would fill its cache
        )
    )


@lru_cache(maxsize=4_096)
def respelt(word: str) -> str:
    """A lower-case word with the diacritics that make it a word: mlodziezy → młodzieży; itself when it is one already."""
    if not restore(word):
        return word
    spellings = sorted(variants(word), key=lambda other: sum(map(str.__ne__, word, other)))
    return next((one for one in spellings if lemmas.known.__wrapped__(one)), word)


def restored(text: str, *, most: int = 6_000) -> str:
    """A question typed without diacritics as it would be written with them. At most `most` spellings are tried."""
    spent = 0

    def put(match: re.Match[str]) -> str:
        nonlocal spent
        word = match[0].lower()
        spent += cost(word)
        return match[0] if spent > most or (other := respelt(word)) == word else other

    return _ASCII_WORD.sub(put, text)


@lru_cache(maxsize=4_096)
def spelling(folded: str) -> str:
    """A folded word as the dictionary writes it, with the fewest diacritics added; "" when it knows no such word."""
    if len(folded) < 3 or not folded.isalpha() or lemmas.known(folded):
        return folded if lemmas.known(folded) else ""
    known = [one for one in variants(folded[:MAX_RESTORED]) if lemmas.known.__wrapped__(one)]
    # lodz: rather the town Łódź than a rare word that is nearer
    known.sort(
        key=lambda one: (
            not lemmas.is_place(one),
            one not in lemmas.known(one),
            sum(map(str.__ne__, folded, one)),
        )
    )
    return known[0] if known else ""


def reset() -> None:
    _restore.cache_clear()
    spelling.cache_clear()


def folded_map(vocabulary: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every folded form of the given lemmas → those lemmas: what an index holds, for `parse(..., vocabulary=)`.

    Takes about a millisecond a lemma. Marked stems and forms that fold to nothing new are left out.
    """
    found: dict[str, dict[str, None]] = {}
    for lemma in vocabulary:
        if lemma.isalpha():
            for form in lemmas.generate(lemma):
                found.setdefault(fold(form), {})[lemma] = None
    return {form: tuple(names) for form, names in found.items()}
