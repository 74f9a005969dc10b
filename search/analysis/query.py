"""What a reader typed, taken apart: words, quoted phrases, alternatives from the thesaurus."""

import re
from dataclasses import dataclass, replace

from . import english, lemmas, thesaurus
from .diacritics import FoldedMap, cost, restore
from .suffixes import MARK
from .tokens import fold, keys, normal
from .tokens import words as word_matches

MAX_TEXT = 2_000  # characters of a question that are read
MAX_WORDS = 40
MAX_COST = 6_000  # spellings with diacritics tried for one question

_QUOTED = re.compile(r'["„”“«»]([^"„”“«»]+)["„”“«»]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question; keys as in `Token`."""

    surface: str
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    prefix: bool  # the reader may not have typed it to its end
    stop: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may stand instead of `Query.words[start:end]`: all of `words`, at a lower weight (0 to 1)."""

    start: int
    end: int
    words: tuple[Word, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """`words` holds every word in order, those of `phrases` (in quotes) too. `text` is what was typed, cleaned."""

    text: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[Word, ...], ...]
    alternatives: tuple[Alternative, ...] = ()
    english: bool = False

    def quotes(self, word: Word) -> bool:
        """Whether it is this very word that stands in quotes, not one like it elsewhere in the question."""
        return any(word is one for phrase in self.phrases for one in phrase)


def parse(text: str, *, vocabulary: FoldedMap | None = None) -> Query:
    """Take a question apart. Never raises: unbalanced quotes are ignored, control characters are spaces.

    `vocabulary` (see `diacritics.folded_map`) tells which lemmas of an index a word without diacritics may mean.
    """
    text = _CONTROL.sub(" ", text)[:MAX_TEXT]
    matches = list(word_matches(text))[:MAX_WORDS]
    undiacritical = fold(text) == text.lower()
    spent = 0
    found = []
    for match in matches:
        spent += cost(normal(match[0]))  # a long string of nonsense must not keep a server busy
        found.append(_word(match[0], vocabulary, undiacritical=undiacritical, restoring=spent <= MAX_COST))
    if any(word.surface.lower() == "bo" for word in found) and len(found) <= 3:
        found = [_word("BO", vocabulary) if word.surface.lower() == "bo" else word for word in found]
    in_english = english.asked([word.surface for word in found])
    if in_english:
        found = [replace(word, stop=word.stop or english.is_stop(word.surface.lower())) for word in found]
    if found and all(word.stop for word in found):
        found = [replace(word, stop=False) for word in found]
    quoted = [(match.start(1), match.end(1)) for match in _QUOTED.finditer(text)]
    if found and matches[-1].end() == len(text):
        found[-1] = replace(found[-1], prefix=True)
    places = [(match.start(), match.end()) for match in matches]
    inside = [
        [index for index, place in enumerate(places) if first <= place[0] and place[1] <= last]
        for first, last in quoted
    ]
    phrases = tuple(tuple(found[index] for index in indices) for indices in inside if indices)
    literal = {index for indices in inside for index in indices}  # who quotes words wants these, no others
    alternatives = []
    for start, end, instead, weight in thesaurus.current().expand(
        [(word.surface, word.exact) for word in found]
    ):
        other = tuple(word for match in word_matches(instead) if not (word := _word(match[0], None)).stop)
        if other and literal.isdisjoint(range(start, end)):
            alternatives.append(Alternative(start, end, other, weight))
    return Query(text, tuple(found), phrases, tuple(alternatives), in_english)


def _word(
    surface: str, vocabulary: FoldedMap | None, *, undiacritical: bool = False, restoring: bool = True
) -> Word:
    exact, folded, stop = keys(surface)
    word = normal(surface)
    if stop or fold(word) != word:
        return Word(surface, exact, folded, False, stop)
    vocabulary = vocabulary or {}
    meant = (*(restore(word) if restoring else ()), *vocabulary.get(word, ()))
    as_typed = lemmas.known(word)
    indexed = not vocabulary or any(lemma in vocabulary.get(fold(lemma), ()) for lemma in as_typed)
    if meant and not (as_typed and indexed):
        exact = tuple(dict.fromkeys((*meant, *(key for key in exact if as_typed or key.endswith(MARK)))))
    elif undiacritical and restoring:
        # "halasu" is a word, but "hałasu" may be meant: found with the lower weight of folded keys
        meant = (*meant, *restore(word, known_too=True))
    folded = tuple(dict.fromkeys((*(fold(key) for key in meant), *folded)))
    return Word(surface, exact, folded, False, stop)
