"""What a reader typed, taken apart: words, quoted phrases, alternatives from the thesaurus."""

import re
from dataclasses import dataclass, replace

from . import thesaurus
from .diacritics import FoldedMap, restore
from .tokens import fold, keys, normal
from .tokens import words as word_matches

MAX_TEXT = 2_000  # characters of a question that are read
MAX_WORDS = 40

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


def parse(text: str, *, vocabulary: FoldedMap | None = None) -> Query:
    """Take a question apart. Never raises: unbalanced quotes are ignored, control characters are spaces.

    `vocabulary` (see `diacritics.folded_map`) tells which lemmas of an index a word without diacritics may mean.
    """
    text = _CONTROL.sub(" ", text)[:MAX_TEXT]
    matches = list(word_matches(text))[:MAX_WORDS]
    found = [_word(match[0], vocabulary) for match in matches]
    if any(word.surface.lower() == "bo" for word in found) and len(found) <= 3:
        found = [_word("BO", vocabulary) if word.surface.lower() == "bo" else word for word in found]
    if found and all(word.stop for word in found):
        found = [replace(word, stop=False) for word in found]
    quoted = [(match.start(1), match.end(1)) for match in _QUOTED.finditer(text)]
    if found and matches[-1].end() == len(text):
        found[-1] = replace(found[-1], prefix=True)
    places = [(match.start(), match.end()) for match in matches]
    phrases = tuple(
        phrase
        for start, end in quoted
        if (
            phrase := tuple(
                word
                for word, place in zip(found, places, strict=True)
                if start <= place[0] and place[1] <= end
            )
        )
    )
    alternatives = tuple(
        Alternative(start, end, tuple(_word(surface, None) for surface in instead.split()), weight)
        for start, end, instead, weight in thesaurus.expand([(word.surface, word.exact) for word in found])
    )
    return Query(text, tuple(found), phrases, alternatives)


def _word(surface: str, vocabulary: FoldedMap | None) -> Word:
    exact, folded, stop = keys(surface)
    word = normal(surface)
    meant = tuple((vocabulary or {}).get(fold(word), ())) if fold(word) == word else ()
    restored = tuple(dict.fromkeys((*restore(word), *meant)))
    if restored:
        exact = tuple(dict.fromkeys((*restored, *exact)))
        folded = tuple(dict.fromkeys((*(fold(key) for key in restored), *folded)))
    return Word(surface, exact, folded, False, stop)
