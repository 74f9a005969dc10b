"""Reading a question: its words of content, which of them stand in the index, and what misspelt ones were meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search import suggesting
from search.analysis import Query, Word, fold, parse
from search.analysis.diacritics import respelt
from search.analysis.tokens import normal
from search.documents import MAX_KEY
from search.misspelt import Part, Speller, put_right
from search.plan import Key
from search.relatives import with_relatives
from search.slips import is_word
from search.standins import StandIns, apart, reachable
from search.vocabulary import Vocabulary
from search.weighing import is_name, is_sentence

MAX_WORDS = 24
#: The SearchField of places, in every model that has any.
PLACES = "place_words"
#: Letters of a word not typed to its end that tell which word it begins, and words of the index that are looked at.
BEGUN = 4
MAX_ENDS = 24


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is read: `query`, where `typed` is what was typed. `words` are its words of content with their
    places, `alternatives` what the thesaurus puts in place of each, `standing` the folded words of both that stand in the
    index, `typed_at` the places in `typed`, `rivals` what a misspelt word may be as well."""

    typed: Query
    query: Query
    words: Sequence[tuple[int, Word]]
    alternatives: Sequence[list[Key]]
    standing: set[str]
    typed_at: Mapping[int, int]
    rivals: Mapping[int, list[Key]]
    corrected: Sequence[tuple[str, str]] = ()
    offered: tuple[tuple[str, str], ...] = ()

    def as_typed(self, place: int) -> str:
        """A word as it was typed, whatever it was read as."""
        at = self.typed_at.get(place)
        return self.query.words[place].surface if at is None else self.typed.words[at].surface


@dataclass(slots=True)
class Reader:
    """Reads questions over one kind in one database, each in two statements at most. `binding` are the fields of names
    and places; `named` are folded keys of all questions read that stand there, `placed` those that stand in places, `names`
    words that somebody or something is called; `begun` is what a last word that is not typed to its end is taken for,
    where it begins no name or place."""

    vocabulary: Vocabulary
    standins: StandIns
    binding: Sequence[str] = ()
    named: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    begun: str = ""
    speller: Speller = field(init=False)

    def __post_init__(self) -> None:
        self.speller = Speller(self.vocabulary)

    def understood(self, text: str, *, offering: bool) -> Understood:
        """`offering`: rare words may be slips of frequent ones."""
        typed = query = self.read(text)
        words, alternatives = self.content(query)
        typed_at: Mapping[int, int] = {place: place for place, _word in words}
        if not words:
            return Understood(typed, query, words, alternatives, set(), typed_at, {})
        standing = self.standing(words, alternatives)
        parts = (
            []
            if query.english
            else self.speller.parts(query, self.lost(query, words, alternatives, standing))
        )
        doubts = {}
        if offering:
            doubts = suggesting.doubts(
                self.speller, [word for place, word in words if self.doubtful(query, place, standing)]
            )
        counted = self.counted(query, parts, doubts)
        rivals: dict[int, list[Key]] = {}
        corrected: Sequence[tuple[str, str]] = ()
        if parts:
            right = put_right(query, parts, counted)
            corrected = right.pairs
            query, typed_at = self.read(right.text), right.typed_at
            words, alternatives = self.content(query)
            standing = {key for key in wanted(words, alternatives) if key in self.vocabulary}
            for place, others in right.rivals.items():
                rivals[place] = [key for other in others for key in self.standins.read_as(other.word)]
        offered = suggesting.offers(doubts, counted)
        return Understood(typed, query, words, alternatives, standing, typed_at, rivals, corrected, offered)

    def read(self, text: str) -> Query:
        query = parse(text)
        return query if self.standins.limited else with_relatives(query, self.vocabulary)

    def content(self, query: Query) -> tuple[list[tuple[int, Word]], list[list[Key]]]:
        """The words of content with their places, and what the thesaurus puts in place of each."""
        words = [(place, word) for place, word in enumerate(query.words) if not word.stop and word.folded]
        words = words[:MAX_WORDS]
        alternatives = [self.standins.instead(query, place) for place, _word in words]
        return words, apart(words, alternatives) if is_sentence(query) else alternatives

    def lost(
        self,
        query: Query,
        words: Sequence[tuple[int, Word]],
        alternatives: Sequence[list[Key]],
        standing: set[str],
    ) -> list[int]:
        """Places of words that stand nowhere in the index, no word for which does, and which are no beginnings."""
        sentence = is_sentence(query)
        return [
            place
            for (place, word), instead in zip(words, alternatives, strict=True)
            if standing.isdisjoint(word.folded)
            and not query.quotes(word)
            and not reachable(instead, standing)
            and not self.standins.begins(word)
            # Sentences hold words that nobody's text does; lists hold what is looked for.
            and not (sentence and is_word(normal(word.surface)) and not is_name(word, place))
        ]

    def doubtful(self, query: Query, place: int, standing: set[str]) -> bool:
        """Whether a word that stands in the index may be a slip all the same: no name, and not in quotes."""
        word = query.words[place]
        here = fold(word.surface) in standing - self.names
        return here and not is_name(word, place) and not query.quotes(word)

    def standing(self, words: Sequence[tuple[int, Word]], alternatives: Sequence[Sequence[Key]]) -> set[str]:
        """Which folded words of the question stand in the index. One statement, which also tells names and places."""
        asked = wanted(words, alternatives)
        strange = [] if self.standins.limited else [word for _, word in words if suggesting.is_strange(word)]
        as_names = [key for word in strange for key in suggesting.as_names(word)]
        ends = self.ends(words)
        keys = dict.fromkeys([*self.bound(asked), *as_names, *self.bound(ends)])
        found = self.vocabulary.look_up(words=asked, keys=keys)
        self.begun = self.taken_for(ends, found)
        self.note_names(key for key in found if key in as_names or key.partition(".")[2] in asked)
        self.names.update(term.partition(".")[2] for term in as_names if term in found)
        return found.keys() & asked

    def ends(self, words: Sequence[tuple[int, Word]]) -> list[str]:
        """Words of the index that a last word which is not typed to its end begins, the shortest first."""
        if self.standins.limited or not words:
            return []
        word = words[-1][1]
        start = fold(word.surface)
        if (
            len(start) < BEGUN
            or not self.standins.begins(word)
            or any(key in self.vocabulary for key in word.folded)
        ):
            return []
        return sorted(self.vocabulary.beginning(start), key=lambda end: (len(end), end))[:MAX_ENDS]

    def taken_for(self, ends: Sequence[str], found: Mapping[str, int]) -> str:
        """The shortest word among `ends`; "" where half of them or more stand in a name or a place."""
        plain = [end for end in ends if found.keys().isdisjoint(self.bound([end]))]
        return respelt(plain[0]) if 2 * len(plain) > len(ends) else ""

    def bound(self, keys: Iterable[str]) -> list[str]:
        """The keys as they stand in the fields of names and places."""
        if self.standins.limited:
            return []
        return [f"{name}.{key}"[:MAX_KEY] for key in keys for name in self.binding]

    def note_names(self, found: Iterable[str]) -> None:
        for name, _dot, key in (term.partition(".") for term in found):
            if name in self.binding:
                self.named.add(key)
                if name == PLACES:
                    self.placed.add(key)

    def counted(
        self, query: Query, parts: Sequence[Part], doubts: Mapping[str, suggesting.Doubt]
    ) -> dict[str, int]:
        """In how many texts stands what misspelt and doubtful words may have been. One statement, where there are any;
        it also tells names and places."""
        count = {key for doubt in doubts.values() for key in doubt.keys}
        read: set[str] = set()
        for part in parts:
            count.update(part.slip.keys if part.slip else ())
            typed = " ".join(word.surface for word in query.words[part.place : part.place + part.count])
            for other in part.words:
                meant = parse(query.text.replace(typed, other))
                words, alternatives = self.content(meant)
                read |= wanted(words, alternatives)
        found = self.vocabulary.look_up(
            keys=self.bound(sorted(key for key in read if key in self.vocabulary)), count=count
        )
        self.note_names(found)
        return found


def wanted(words: Sequence[tuple[int, Word]], alternatives: Sequence[Sequence[Key]]) -> set[str]:
    """Folded words of which some have to stand in the index for the question to be answered."""
    found = {key for _place, word in words for key in word.folded}
    return found | {key.term for keys in alternatives for key in keys if key.term.isalnum()}
