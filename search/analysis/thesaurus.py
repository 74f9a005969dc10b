"""What may stand instead of a reader's words: synonyms, English names, narrower terms, regions and towns.

A `Thesaurus` is an immutable snapshot. Django's side builds one of the editors' rows and lets this process `hold` it;
until then the groups stand that an installation begins with (data/thesaurus.txt). Geography is always added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from itertools import islice, product
from pathlib import Path

from . import english
from .tokens import fold, keys
from .tokens import words as word_matches

SYNONYM_WEIGHT = 0.6
# What is stated first says best what is meant: each further one is worth that much of the one before.
FURTHER = 0.8
MAX_OF_RUN = 10  # alternatives of one run of words; of several groups those of the first stated win
MAX_ALTERNATIVES = 40  # of one question
MAX_READINGS = 24  # of one term
DATA = Path(__file__).parent / "data"

#: Before the name of a town: its surroundings are meant too (data/nearby.txt).
NEAR = ("pod", "koło", "okolica", "niedaleko", "blisko", "nieopodal", "obok", "near", "around")

Keys = tuple[str, ...]
Pattern = tuple[Keys, ...]
Identity = tuple[str, ...]
_Rule = tuple[Pattern, tuple[str, ...]]  # keys of the words to find; what may stand instead


class Kind(Enum):
    EQUAL = "equal"  # each of `terms` also finds the others
    ONE_WAY = "one_way"  # `terms` also find `answers`, not the other way
    BROADER = "broader"  # the same, and what is narrower than `answers` too


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    terms: tuple[str, ...]
    answers: tuple[str, ...] = ()


class Thesaurus:
    """Groups made ready for questions. Of groups that say something of the same words the first stated come first."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = (*groups, *places())

    def expand(self, words: Sequence[tuple[str, Keys]]) -> list[tuple[int, int, str, float]]:
        """Alternatives for runs of words: (start, end, words instead, weight 0 to 1), those of long runs first, of a run
        those that are stated first.

        `words` are (surface, exact keys); a run inside a longer one that has alternatives of its own gives none.
        """
        found: dict[tuple[int, int], dict[str, None]] = {}
        covered: list[tuple[int, int]] = []
        for start, end, instead in sorted(self._runs(words), key=lambda run: (run[0] - run[1], run[0])):
            if any(
                first <= start and end <= last and (first, last) != (start, end) for first, last in covered
            ):
                continue
            covered.append((start, end))
            found.setdefault((start, end), {}).update(dict.fromkeys(instead))
        every = [
            (*run, other, SYNONYM_WEIGHT * FURTHER**place)
            for run, others in found.items()
            for place, other in enumerate(list(others)[:MAX_OF_RUN])
        ]
        return every[:MAX_ALTERNATIVES]

    def _runs(self, words: Sequence[tuple[str, Keys]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        read = [with_english(surface, exact) for surface, exact in words]
        for start, keys_of_word in enumerate(read):
            for key in keys_of_word:
                for pattern, instead in self._index.get(key, ()):
                    end = start + len(pattern)
                    if end <= len(words) and all(
                        not set(wanted).isdisjoint(given)
                        for wanted, given in zip(pattern[1:], read[start + 1 : end], strict=True)
                    ):
                        yield start, end, instead

    @cached_property
    def _index(self) -> dict[str, list[_Rule]]:
        """First keys of every term → the keys of all its words and what also stands for it."""
        index: dict[str, list[_Rule]] = {}
        narrower = self.narrower
        for group in self.groups:
            answers = group.terms if group.kind is Kind.EQUAL else group.answers
            for term in group.terms:
                pattern = tuple(with_english(match[0], keys(match[0])[0]) for match in word_matches(term))
                if group.kind is Kind.BROADER:
                    answers = below(term, narrower)
                instead = tuple(answer for answer in answers if answer.lower() != term.lower())
                # two words are asked for in either order: rada młodzieżowa, młodzieżowa rada
                for order in {pattern, pattern[::-1] if len(pattern) == 2 else pattern} - {()}:
                    for key in order[0]:
                        index.setdefault(key, []).append((order, instead))
        return index

    @cached_property
    def spelt(self) -> dict[str, str]:
        """Folded words of terms → the words as they are written there."""
        written = {
            match[0].lower()
            for group in self.groups
            for term in group.terms
            for match in word_matches(term)
            if match[0].isalpha()
        }
        return {fold(word): word for word in sorted(written)}  # of Wroclaw and Wrocław the latter

    @property
    def narrower(self) -> dict[Identity, list[str]]:
        """Broader terms → the terms that stand right under them."""
        found: dict[Identity, list[str]] = {}
        for group in self.groups:
            if group.kind is Kind.BROADER:
                for term in group.terms:
                    for one in identities(term):
                        found.setdefault(one, []).extend(group.answers)
        return found


def pattern_of(term: str) -> Pattern:
    """Exact keys of each word of a term."""
    return tuple(keys(match[0])[0] for match in word_matches(term))


def with_english(surface: str, exact: Keys) -> Keys:
    """The keys of a word, and the one that forms of an English word share."""
    shared = english.key(surface)
    return (*exact, shared) if shared else exact


def identities(term: str) -> frozenset[Identity]:
    """What a term may be, one reading a word."""
    return frozenset(islice(product(*pattern_of(term)), MAX_READINGS))


def alike(one: str, other: str) -> bool:
    """Whether two terms are forms of one: all that one of them may be, the other may be too."""
    first, second = identities(one), identities(other)
    return bool(first) and (first <= second or (bool(second) and second <= first))


def below(term: str, narrower: dict[Identity, list[str]]) -> tuple[str, ...]:
    """Every term under this one, the nearest first. Ends where a chain comes round."""
    found: dict[str, None] = {}
    waiting = [term]
    while waiting:
        for identity in identities(waiting.pop(0)):
            fresh = [one for one in narrower.get(identity, ()) if one not in found and one != term]
            found |= dict.fromkeys(fresh)
            waiting += fresh
    return tuple(found)


def read(text: str) -> Iterator[Group]:
    """Groups of the seed files: ``a = b = c`` are equal, ``a = b > c = d`` lead one way; ``#`` begins a remark."""
    for line in text.splitlines():
        line = line.partition("#")[0]
        if not line.strip():
            continue
        left, arrow, right = line.partition(">")
        terms, answers = (
            tuple(term.strip() for term in side.split("=") if term.strip()) for side in (left, right)
        )
        yield Group(Kind.ONE_WAY if arrow else Kind.EQUAL, terms, answers)


@lru_cache(maxsize=1)
def places() -> tuple[Group, ...]:
    """Regions, adjectives of towns, what lies near a town: geography, which no editor keeps."""
    return (
        *read((DATA / "places.txt").read_text(encoding="utf-8")),
        *(
            Group(
                Kind.ONE_WAY, tuple(f"{near} {town}" for near in NEAR for town in group.terms), group.answers
            )
            for group in read((DATA / "nearby.txt").read_text(encoding="utf-8"))
        ),
    )


def seed() -> dict[Group, str]:
    """The groups that an installation begins with, and the language of their terms: "pl" or "mixed"."""
    files = {"thesaurus.txt": "pl", "english.txt": "mixed"}
    return {
        group: language
        for name, language in files.items()
        for group in read((DATA / name).read_text(encoding="utf-8"))
    }


_held: Thesaurus | None = None
_tried: ContextVar[Thesaurus | None] = ContextVar("thesaurus", default=None)


def current() -> Thesaurus:
    global _held
    if _held is None:
        _held = Thesaurus(seed())
    return _tried.get() or _held


def hold(thesaurus: Thesaurus | None) -> None:
    """From now on this process answers with it; None brings the seed back."""
    global _held
    _held = thesaurus


@contextmanager
def trying(thesaurus: Thesaurus) -> Iterator[None]:
    """Answer with another one inside this block, nowhere else: what a change would do."""
    token = _tried.set(thesaurus)
    try:
        yield
    finally:
        _tried.reset(token)


def reset() -> None:
    """Forget the keys of the terms; they are worked out again when needed."""
    hold(None)
