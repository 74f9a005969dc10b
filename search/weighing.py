"""How much the words of a question say: names, verbs, words that fit every question, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.analysis import Query, Word, english
from search.analysis.lemmas import is_calling, is_measure, is_participle, is_verb
from search.analysis.suffixes import MARK
from search.analysis.tokens import normal

#: What a verb, or a word that fits every question here, is worth in a sentence.
LIGHT = 0.5
#: Words of a list in which a participle says less than the others.
LIST = 3
_FITTING = """
    spotkanie rozmowa mieszkaniec gmina miasto projekt sprawa problem pomysł działanie praca sposób rzecz czas miejsce
    człowiek nowy dobry różny duży mały własny lokalny społeczny wspólny dzień tydzień miesiąc rok godzina część rodzaj
    przykład okazja możliwość cel kwestia zagadnienie dziedzina wsparcie pomoc ekspert ekspertka specjalista specjalistka
    fachowiec praktyk praktyczka polecenie kontakt prośba
"""
_EVERYWHERE = frozenset(_FITTING.split())


def known(word: Word) -> bool:
    """Whether the dictionary knows the word as it is typed."""
    return any(not key.endswith(MARK) for key in word.exact)


def is_light(word: Word) -> bool:
    """Whether a word says little of what a sentence looks for: a verb, or what fits every question here."""
    plain = normal(word.surface)
    return is_verb(plain) or is_measure(plain) or any(key in _EVERYWHERE for key in word.exact)


def is_name(word: Word, place: int) -> bool:
    """A capital inside a question marks a name, of a person or a place: it must be met."""
    return place > 0 and word.surface[:1].isupper() and not word.surface.isupper()


def is_calling_word(word: Word) -> bool:
    """Whether a word names no one, though somebody may be called so: a small letter, and a common noun (rybacy, wójt) or a
    word that fits every question (mała)."""
    return word.surface[:1].islower() and (
        any(is_calling(key) for key in word.exact) or any(key in _EVERYWHERE for key in word.exact)
    )


def is_sentence(query: Query) -> bool:
    """Whether someone asked in a sentence and did not list words: two words of grammar tell."""
    return sum(word.stop for word in query.words) >= 2


def enough(words: int, *, sentence: bool = False) -> int:
    """How many of a question's words must be met: both of two, most of many; of a sentence half, as people say
    there more than they look for."""
    return max(1, words // 2) if sentence else words if words <= 2 else (words + 1) // 2


def light_places(query: Query, words: Sequence[tuple[int, Word]]) -> Iterator[int]:
    """Places of the words that say little where somebody says what is looked for and does not list it: one word of grammar
    tells. In a list of three words or more those that say what somebody is doing: seniors who advise a mayor are seniors
    first."""
    if any(word.stop for word in query.words):
        for place, word in words:
            if english.is_light(word.surface) if query.english else is_light(word):
                yield place
    elif len(words) >= LIST and not query.english:
        yield from (place for place, word in words if is_participle(normal(word.surface)))
