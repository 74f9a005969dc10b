"""Making the plan of a question: the one place that decides what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.analysis import Query, Word, fold, parse
from search.plan import NOTHING, AtLeast, Everything, Except, Group, Key, Leaf, Node, Plan
from search.standins import MAX_KEYS, StandIns, reachable
from search.understanding import MAX_WORDS, Reader, Understood
from search.vocabulary import Vocabulary
from search.weighing import LIGHT, enough, is_name, is_sentence, light_places

#: What a pair of neighbours of the question adds where they are neighbours in the text too.
CLOSENESS = 0.5


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
    standins: StandIns = field(init=False)
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.standins = StandIns(self.vocabulary, self.fields, self.autocomplete)
        self.reader = Reader(self.vocabulary, self.standins, self.binding)

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
            frozenset(self.reader.named),
            frozenset(self.reader.placed),
            self.reader.begun,
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
        asked = self.reader.understood(text, offering=operator is None)
        self.query = asked.typed
        self.corrected += asked.corrected
        self.offered = asked.offered
        query = asked.query
        if not asked.words:
            return NOTHING
        light = set(light_places(query, asked.words))
        if len(light) == len(asked.words):
            light = set()
        nodes: list[Node] = []
        names: list[Node] = []
        weightless: list[Node] = []
        # What stands for the word before, where nothing else does or the question is in English.
        told: Sequence[Key] = ()
        for (place, word), instead in zip(asked.words, asked.alternatives, strict=True):
            keys = self.keys(asked, place, word, instead, slips=slips)
            if not keys and not reachable(instead, asked.standing):
                self.unknown.append(asked.as_typed(place))
                if operator == "and":
                    return NOTHING
                continue
            if not keys and instead == told:
                continue  # participatory budgeting is one thing that is asked for, not two
            told = [] if keys and not query.english else instead
            leaf = self.leaf(
                [*keys, *instead], weight * (LIGHT if place in light else 1.0), asked.typed_at.get(place, -1)
            )
            if place in light and operator is None:
                weightless.append(leaf)
                continue
            nodes.append(leaf)
            if is_name(word, place):
                names.append(nodes[-1])
        phrases = [
            self.leaf(keys, weight) for phrase in query.phrases for keys in self.standins.pairs(phrase)
        ]
        nodes = nodes or weightless
        if not nodes:
            return NOTHING
        self.closeness(query, weight)
        if operator is None:
            least = enough(len(nodes), sentence=is_sentence(query))
        else:
            least = len(nodes) if operator == "and" else 1
        rule: Node = AtLeast(tuple(nodes), least)
        if operator is None and names and least < len(nodes):
            rule = AtLeast((rule, *names), 1 + len(names))
        return AtLeast((rule, *phrases), 1 + len(phrases)) if phrases else rule

    def keys(
        self, asked: Understood, place: int, word: Word, instead: Sequence[Key], *, slips: bool
    ) -> list[Key]:
        """What may stand for one word, what it may be misspelt for included; nothing when no such word stands in the
        index. `slips`: a word that does stand there may be misspelt as well."""
        strict = reachable(instead, asked.standing) or asked.query.quotes(word) or asked.query.english
        written = fold(asked.typed.text) != asked.typed.text.lower()
        found = self.standins.of_word(word, asked.standing, strict=strict, written=written)
        begun = bool(found) and asked.standing.isdisjoint(word.folded)
        if slips and not strict and not begun:
            slip = self.reader.speller.slip(word.surface, but={word.surface, fold(word.surface)})
            found += [key for other in (slip.costs if slip else ()) for key in self.standins.read_as(other)]
        return [*found, *asked.rivals.get(place, ())]

    def closeness(self, query: Query, weight: float) -> None:
        """Neighbours of the question that are neighbours in the text too count a little more."""
        content = [word for word in query.words if not word.stop and word.folded]
        for keys in self.standins.pairs(content[:MAX_WORDS]):
            self.groups.append(Group(tuple(keys), weight * CLOSENESS, optional=True))

    def leaf(self, keys: Sequence[Key], weight: float, place: int = -1) -> Leaf:
        best: dict[tuple[str, bool], Key] = {}
        for key in keys:
            held = best.get((key.term, key.prefix))
            if held is None or held.boost < key.boost:
                best[key.term, key.prefix] = key
        self.groups.append(Group(tuple(best.values())[:MAX_KEYS], weight, place=place))
        return Leaf(len(self.groups) - 1)
