"""Words of the index that are made of a word of the question: who asks for bezdomni finds bezdomność."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from search.analysis import Alternative, Query, Word, fold, lemmas, parse
from search.analysis.derivation import root, roots
from search.analysis.thesaurus import SYNONYM_WEIGHT
from search.analysis.tokens import normal
from search.vocabulary import Vocabulary
from search.weighing import is_light

MAX_RELATIVES = 8  # of one word


def with_relatives(query: Query, vocabulary: Vocabulary) -> Query:
    """The question with the relatives of words that the thesaurus says nothing of; of English ones those of the words that
    it puts in their place. One statement where the vocabulary has changed since this process read it."""
    if query.english:
        return replace(query, alternatives=(*query.alternatives, *of_translations(query, vocabulary)))
    covered = {place for other in query.alternatives for place in range(other.start, other.end)}
    found = [
        Alternative(place, place + 1, (relative,), SYNONYM_WEIGHT)
        for place, word in enumerate(query.words)
        if place not in covered and not query.quotes(word) and not is_alone(word)
        for relative in relatives(word, vocabulary)
    ]
    return replace(query, alternatives=(*query.alternatives, *found)) if found else query


def of_translations(query: Query, vocabulary: Vocabulary) -> Iterator[Alternative]:
    """Relatives of the Polish words that stand for English ones, worth the same: evaluation is ewaluacja, ewaluować too."""
    for other in query.alternatives:
        if len(other.words) == 1 and not is_alone(other.words[0]):
            for relative in relatives(other.words[0], vocabulary):
                yield replace(other, words=(relative,))


def is_alone(word: Word) -> bool:
    """Names have no relatives: a Kowalski is no kowal, and Zielona Góra is not green. Nor have words that say little: who
    is to write something (napisać) needs no inscription (napis)."""
    plain = normal(word.surface)
    return word.surface[:1].isupper() or lemmas.is_persons(plain) or lemmas.is_place(plain) or is_light(word)


def relatives(word: Word, vocabulary: Vocabulary) -> Iterator[Word]:
    """Words of the index, one of each lemma, that share a root with a word of the question."""
    return islice(_relatives(word, vocabulary), MAX_RELATIVES)


def _relatives(word: Word, vocabulary: Vocabulary) -> Iterator[Word]:
    held = {*word.folded, *map(fold, word.exact)}
    for one in () if word.stop else roots(word.exact):
        for other in vocabulary.beginning(one):
            if other in held or root(other) != one:
                continue
            read = parse(f"{other} ").words
            if (
                len(read) == 1
                and not read[0].stop
                and held.isdisjoint(read[0].folded)
                and not is_alone(read[0])
            ):
                held.update(read[0].folded)
                yield read[0]
