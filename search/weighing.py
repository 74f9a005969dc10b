"""How much the words of a question say: names, verbs, words that fit every question, sentences."""

from __future__ import annotations

from search.analysis import Query, Word
from search.analysis.lemmas import is_measure, is_verb
from search.analysis.suffixes import MARK
from search.analysis.tokens import normal

#: What a verb, or a word that fits every question here, is worth in a sentence.
LIGHT = 0.5
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


def is_sentence(query: Query) -> bool:
    """Whether someone asked in a sentence and did not list words: two words of grammar tell."""
    return sum(word.stop for word in query.words) >= 2


def enough(words: int, *, sentence: bool = False) -> int:
    """How many of a question's words must be met: both of two, most of many; of a sentence half, as people say
    there more than they look for."""
    return max(1, words // 2) if sentence else words if words <= 2 else (words + 1) // 2
