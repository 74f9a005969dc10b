"""What may stand for the words of a question: keys of the index, each with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import Query, Word, fold, parse
from search.documents import MAX_KEY, pair_keys
from search.plan import Key
from search.vocabulary import Vocabulary
from search.weighing import known

EXACT, FOLDED, PREFIX, PAIR = 1.0, 0.7, 0.6, 1.0
#: Folded keys where someone writes with diacritics: who asks for a sąd is not asking for a sad.
HOMOGRAPH = 0.35
#: What a misspelt word may be as well.
RIVAL = 0.4
#: Taken off what the thesaurus gives: a word of a profile's text counts more than another word for it among its methods.
INSTEAD = 0.7
MAX_KEYS = 48


@dataclass(frozen=True, slots=True)
class StandIns:
    """Keys of the part of the index that is asked: of those SearchFields in `fields`, of AutocompleteFields where
    `autocomplete` (each word a beginning), else of all."""

    vocabulary: Vocabulary
    fields: Sequence[str] | None = None
    autocomplete: bool = False

    @property
    def limited(self) -> bool:
        return bool(self.fields) or self.autocomplete

    def of_word(self, word: Word, standing: set[str], *, strict: bool, written: bool) -> list[Key]:
        """What may stand for one word; nothing when no such word stands in the index. `strict`: it is no beginning;
        `written`: with diacritics, so that a word without them is meant as it stands."""
        surface = fold(word.surface)
        found: list[Key] = []
        if not standing.isdisjoint(word.folded):
            if not self.limited:
                found += [Key(f"={key}"[:MAX_KEY], EXACT) for key in word.exact]
            found += self.placed(word.folded, HOMOGRAPH if written and known(word) else FOLDED)
            if self.autocomplete and surface.isalnum():
                found += self.placed([surface], PREFIX, prefix=True)
        elif (self.autocomplete or not strict) and self.begins(word):
            found = self.placed([surface], PREFIX, prefix=True)
        return found

    def begins(self, word: Word) -> bool:
        """Whether a word that is not typed to its end is the beginning of one that stands in the index."""
        surface = fold(word.surface)
        return (self.autocomplete or word.prefix) and surface.isalnum() and self.vocabulary.begins(surface)

    def read_as(self, other: str) -> list[Key]:
        """Keys of another word that a misspelt one may be read as."""
        word = parse(f"{other} ").words[0]
        found = self.placed([fold(other)], RIVAL)
        if other.isalpha():
            if not self.limited:
                found += [Key(f"={key}"[:MAX_KEY], RIVAL) for key in word.exact]
            found += self.placed(word.folded, RIVAL * FOLDED)
        return found

    def placed(self, folded: Sequence[str], boost: float, *, prefix: bool = False) -> list[Key]:
        """Folded keys in the part of the index that is asked."""
        mark = "^" if self.autocomplete else ""
        heads = [f"{mark}{name}." for name in self.fields] if self.fields else [mark]
        return [Key(f"{head}{key}"[:MAX_KEY], boost, prefix) for key in folded for head in heads]

    def instead(self, query: Query, place: int) -> list[Key]:
        """Keys of what the thesaurus puts in place of a run of words that this one belongs to."""
        found: list[Key] = []
        for other in query.alternatives:
            if not other.start <= place < other.end:
                continue
            words = [word for word in other.words if word.folded]
            boost = other.weight * INSTEAD
            if len(words) == 1:
                if not self.limited:
                    found += [Key(f"={key}", boost) for key in words[0].exact]
                found += self.placed(words[0].folded, boost * FOLDED)
            elif words and not self.limited:
                one, next_ = max(
                    pairwise(words), key=lambda pair: len(pair[0].surface) + len(pair[1].surface)
                )
                found += [Key(key, boost) for key in pair_keys(one.folded, next_.folded)]
        return found[:MAX_KEYS]

    def pairs(self, words: Sequence[Word]) -> Iterator[list[Key]]:
        """Keys of each two neighbours, side by side."""
        if not self.limited:
            for one, next_ in pairwise(words):
                if one.folded and next_.folded:
                    yield [Key(key, PAIR) for key in pair_keys(one.folded, next_.folded)]


def reachable(keys: Sequence[Key], standing: set[str]) -> bool:
    """Whether any of the keys may stand in the index."""
    return any("+" in key.term or key.term in standing for key in keys)


def apart(words: Sequence[tuple[int, Word]], alternatives: Sequence[list[Key]]) -> list[list[Key]]:
    """The alternatives without words that the question asks for itself: a school alone does not answer twice who asks
    about closing a school."""
    own = [{*word.folded, *(f"={key}" for key in word.exact)} for _place, word in words]
    return [
        [key for key in keys if not any(key.term in other for other in (*own[:at], *own[at + 1 :]))]
        for at, keys in enumerate(alternatives)
    ]
