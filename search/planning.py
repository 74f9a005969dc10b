"""Making the plan of a question: the one place that decides what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search import suggesting
from search.analysis import Query, Word, fold, parse
from search.analysis.tokens import normal
from search.documents import MAX_KEY, pair_keys
from search.misspelt import Part, Speller, put_right
from search.plan import NOTHING, AtLeast, Everything, Except, Group, Key, Leaf, Node, Plan
from search.relatives import with_relatives
from search.slips import is_word
from search.vocabulary import Vocabulary
from search.weighing import LIGHT, enough, is_light, is_name, is_sentence, known

EXACT, FOLDED, PREFIX, PAIR = 1.0, 0.7, 0.6, 1.0
#: Folded keys where someone writes with diacritics: who asks for a sąd is not asking for a sad.
HOMOGRAPH = 0.35
#: What a misspelt word may be as well.
RIVAL = 0.4
#: What a pair of neighbours of the question adds where they are neighbours in the text too.
CLOSENESS = 0.5
#: Taken off what the thesaurus gives: a word of a profile's text counts more than another word for it among its methods.
INSTEAD = 0.7
MAX_WORDS = 24
MAX_KEYS = 48


@dataclass(slots=True)
class Planner:
    """Makes the plan of one question over one kind in one database, in two statements at most.

    `fields` limits the question to those SearchFields; `autocomplete` asks AutocompleteFields, each word a beginning;
    `binding` are the fields of names and places.
    """

    vocabulary: Vocabulary
    fields: Sequence[str] | None = None
    autocomplete: bool = False
    binding: Sequence[str] = ()
    groups: list[Group] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    offered: tuple[tuple[str, str], ...] = ()
    query: Query = field(default_factory=lambda: parse(""))
    named: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)  # words of the question that somebody or something is called
    speller: Speller = field(init=False)
    written: bool = False  # with diacritics: a word without them is meant as it stands

    def __post_init__(self) -> None:
        self.speller = Speller(self.vocabulary)

    def plan(self, asked: SearchQuery | str) -> Plan:
        if isinstance(asked, str):
            asked = PlainText(asked, operator="and")
            rule = self.text(asked.query_string, None)
        else:
            rule = self.node(asked, 1.0)
        return Plan(
            tuple(self.groups),
            rule,
            self.query,
            tuple(self.unknown),
            tuple(self.corrected),
            self.offered,
            frozenset(self.named),
        )

    def node(self, asked: SearchQuery, weight: float) -> Node:
        match asked:
            case MatchAll():
                return Everything()
            case PlainText():
                return self.text(asked.query_string, asked.operator, weight * asked.boost)
            case Fuzzy():
                return self.text(asked.query_string, asked.operator, weight, slips=True)
            case Phrase():
                return self.text('"{}"'.format(asked.query_string.replace('"', " ")), "and", weight)
            case Boost():
                return self.node(asked.subquery, weight * asked.boost)
            case Not():
                return Except(self.node(asked.subquery, 0.0))
            case And():
                nodes = tuple(self.node(one, weight) for one in asked.subqueries)
                return AtLeast(nodes, len(nodes)) if nodes else Everything()
            case Or():
                nodes = tuple(self.node(one, weight) for one in asked.subqueries)
                return AtLeast(nodes, 1) if nodes else NOTHING
        raise NotImplementedError(f"{type(asked).__name__} is no query this search understands.")

    def text(self, text: str, operator: str | None, weight: float = 1.0, *, slips: bool = False) -> Node:
        """`operator` None is the site's own: all of two words, most of many, words that stand nowhere left out."""
        query = self.query = self.read(text)
        self.written = fold(text) != text.lower()
        words, alternatives = self.content(query)
        if not words:
            return NOTHING
        standing = self.standing(words, alternatives)
        typed_at = {place: place for place, _word in words}
        parts = (
            []
            if query.english
            else self.speller.parts(query, self.lost(query, words, alternatives, standing))
        )
        doubts = {}
        if operator is None:
            doubts = suggesting.doubts(
                self.speller, [word for place, word in words if self.doubtful(query, place, standing)]
            )
        counted = self.counted(query, parts, doubts)
        self.offered = suggesting.offers(doubts, counted)
        rivals: dict[int, list[Key]] = {}
        if parts:
            right = put_right(query, parts, counted)
            self.corrected += right.pairs
            query, typed_at = self.read(right.text), right.typed_at
            words, alternatives = self.content(query)
            standing = {key for key in wanted(words, alternatives) if key in self.vocabulary}
            for place, others in right.rivals.items():
                rivals[place] = [key for other in others for key in self.read_as(other.word)]
        light = {place for place, word in words if is_light(word)} if is_sentence(query) else set()
        if len(light) == len(words):
            light = set()
        nodes: list[Node] = []
        names: list[Node] = []
        weightless: list[Node] = []
        for (place, word), instead in zip(words, alternatives, strict=True):
            reachable = self.reachable(instead, standing)
            strict = reachable or query.quotes(word) or query.english
            keys = [*self.keys(word, standing, strict=strict, slips=slips), *rivals.get(place, ())]
            if not keys and not reachable:
                # As it was typed, whatever it was read as.
                at = typed_at.get(place)
                self.unknown.append(word.surface if at is None else self.query.words[at].surface)
                if operator == "and":
                    return NOTHING
                continue
            leaf = self.leaf(
                [*keys, *instead], weight * (LIGHT if place in light else 1.0), typed_at.get(place, -1)
            )
            if place in light and operator is None:
                weightless.append(leaf)
                continue
            nodes.append(leaf)
            if is_name(word, place):
                names.append(nodes[-1])
        phrases = [self.leaf(keys, weight) for phrase in query.phrases for keys in self.phrase(phrase)]
        nodes = nodes or weightless
        if not nodes:
            return NOTHING
        if not self.fields and not self.autocomplete:
            self.closeness(query, weight)
        if operator is None:
            least = enough(len(nodes), sentence=is_sentence(query))
        else:
            least = len(nodes) if operator == "and" else 1
        rule: Node = AtLeast(tuple(nodes), least)
        if operator is None and names and least < len(nodes):
            rule = AtLeast((rule, *names), 1 + len(names))
        return AtLeast((rule, *phrases), 1 + len(phrases)) if phrases else rule

    def read(self, text: str) -> Query:
        query = parse(text)
        return query if self.fields or self.autocomplete else with_relatives(query, self.vocabulary)

    def content(self, query: Query) -> tuple[list[tuple[int, Word]], list[list[Key]]]:
        """The words of content with their places, and what the thesaurus puts in place of each."""
        words = [(place, word) for place, word in enumerate(query.words) if not word.stop and word.folded]
        words = words[:MAX_WORDS]
        alternatives = [self.alternative(query, place) for place, _word in words]
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
            and not self.reachable(instead, standing)
            and not self.begins(word)
            # Sentences hold words that nobody's text does; lists hold what is looked for.
            and not (sentence and is_word(normal(word.surface)) and not is_name(word, place))
        ]

    def doubtful(self, query: Query, place: int, standing: set[str]) -> bool:
        """Whether a word that stands in the index may be a slip all the same: no name, and not in quotes."""
        word = query.words[place]
        here = fold(word.surface) in standing - self.names
        return here and not is_name(word, place) and not query.quotes(word)

    def begins(self, word: Word) -> bool:
        """Whether a word that is not typed to its end is the beginning of one that stands in the index."""
        surface = fold(word.surface)
        return (self.autocomplete or word.prefix) and surface.isalnum() and self.vocabulary.begins(surface)

    def standing(self, words: Sequence[tuple[int, Word]], alternatives: Sequence[Sequence[Key]]) -> set[str]:
        """Which folded words of the question stand in the index. One statement, which also tells names and places."""
        asked = wanted(words, alternatives)
        strange = (
            []
            if self.fields or self.autocomplete
            else [word for _, word in words if suggesting.is_strange(word)]
        )
        as_names = [key for word in strange for key in suggesting.as_names(word)]
        found = self.vocabulary.look_up(words=asked, keys=dict.fromkeys([*self.bound(asked), *as_names]))
        self.note_names(found)
        self.names.update(term.partition(".")[2] for term in as_names if term in found)
        return found.keys() & asked

    def bound(self, keys: Iterable[str]) -> list[str]:
        """The keys as they stand in the fields of names and places."""
        if self.fields or self.autocomplete:
            return []
        return [f"{name}.{key}"[:MAX_KEY] for key in keys for name in self.binding]

    def note_names(self, found: Iterable[str]) -> None:
        self.named.update(
            key for name, _dot, key in (term.partition(".") for term in found) if name in self.binding
        )

    def keys(self, word: Word, standing: set[str], *, strict: bool, slips: bool) -> list[Key]:
        """What may stand for one word; nothing when no such word stands in the index."""
        surface = fold(word.surface)
        found: list[Key] = []
        if not standing.isdisjoint(word.folded):
            if not self.fields and not self.autocomplete:
                found += [Key(f"={key}"[:MAX_KEY], EXACT) for key in word.exact]
            found += self.placed(word.folded, HOMOGRAPH if self.written and known(word) else FOLDED)
            if self.autocomplete and surface.isalnum():
                found += self.placed([surface], PREFIX, prefix=True)
        elif (self.autocomplete or not strict) and self.begins(word):
            return self.placed([surface], PREFIX, prefix=True)
        if slips and not strict:
            slip = self.speller.slip(word.surface, but={word.surface, surface})
            found += [key for other in (slip.costs if slip else ()) for key in self.read_as(other)]
        return found

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

    def read_as(self, other: str) -> list[Key]:
        """Keys of another word that a misspelt one may be read as."""
        word = parse(f"{other} ").words[0]
        found = self.placed([fold(other)], RIVAL)
        if other.isalpha():
            if not self.fields and not self.autocomplete:
                found += [Key(f"={key}"[:MAX_KEY], RIVAL) for key in word.exact]
            found += self.placed(word.folded, RIVAL * FOLDED)
        return found

    def placed(self, folded: Sequence[str], boost: float, *, prefix: bool = False) -> list[Key]:
        """Folded keys in the part of the index that is asked."""
        mark = "^" if self.autocomplete else ""
        heads = [f"{mark}{name}." for name in self.fields] if self.fields else [mark]
        return [Key(f"{head}{key}"[:MAX_KEY], boost, prefix) for key in folded for head in heads]

    def alternative(self, query: Query, place: int) -> list[Key]:
        """Keys of what the thesaurus puts in place of a run of words that this one belongs to."""
        found: list[Key] = []
        for other in query.alternatives:
            if not other.start <= place < other.end:
                continue
            words = [word for word in other.words if word.folded]
            boost = other.weight * INSTEAD
            if len(words) == 1:
                if not self.fields and not self.autocomplete:
                    found += [Key(f"={key}", boost) for key in words[0].exact]
                found += self.placed(words[0].folded, boost * FOLDED)
            elif words and not self.fields and not self.autocomplete:
                one, next_ = max(
                    pairwise(words), key=lambda pair: len(pair[0].surface) + len(pair[1].surface)
                )
                found += [Key(key, boost) for key in pair_keys(one.folded, next_.folded)]
        return found[:MAX_KEYS]

    def reachable(self, keys: Sequence[Key], standing: set[str]) -> bool:
        return any("+" in key.term or key.term in standing for key in keys)

    def phrase(self, words: Sequence[Word]) -> list[list[Key]]:
        """Keys of each two neighbours of a quoted phrase; a single quoted word is in the rule already."""
        if self.fields or self.autocomplete:
            return []
        return [
            [Key(key, PAIR) for key in pair_keys(one.folded, next_.folded)]
            for one, next_ in pairwise(words)
            if one.folded and next_.folded
        ]

    def closeness(self, query: Query, weight: float) -> None:
        """Neighbours of the question that are neighbours in the text too count a little more."""
        content = [word for word in query.words if not word.stop and word.folded]
        for one, next_ in pairwise(content[:MAX_WORDS]):
            keys = tuple(Key(key, PAIR) for key in pair_keys(one.folded, next_.folded))
            self.groups.append(Group(keys, weight * CLOSENESS, optional=True))

    def leaf(self, keys: Sequence[Key], weight: float, place: int = -1) -> Leaf:
        best: dict[tuple[str, bool], Key] = {}
        for key in keys:
            held = best.get((key.term, key.prefix))
            if held is None or held.boost < key.boost:
                best[key.term, key.prefix] = key
        self.groups.append(Group(tuple(best.values())[:MAX_KEYS], weight, place=place))
        return Leaf(len(self.groups) - 1)


def apart(words: Sequence[tuple[int, Word]], alternatives: Sequence[list[Key]]) -> list[list[Key]]:
    """The alternatives without words that the question asks for itself: a school alone does not answer twice who asks
    about closing a school."""
    own = [{*word.folded, *(f"={key}" for key in word.exact)} for _place, word in words]
    return [
        [key for key in keys if not any(key.term in other for other in (*own[:at], *own[at + 1 :]))]
        for at, keys in enumerate(alternatives)
    ]


def wanted(words: Sequence[tuple[int, Word]], alternatives: Sequence[Sequence[Key]]) -> set[str]:
    """Folded words of which some have to stand in the index for the question to be answered."""
    found = {key for _place, word in words for key in word.folded}
    return found | {key.term for keys in alternatives for key in keys if key.term.isalnum()}
