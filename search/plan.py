"""A question made ready for any engine: which keys may match each word, at what weight, and how many words must.

The three engines translate a Plan into their own language; what is asked is decided once, in planning.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from search.analysis import Query


@dataclass(frozen=True, slots=True)
class Key:
    term: str
    boost: float
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the question: any of its keys will do, the best one counts."""

    keys: tuple[Key, ...]
    weight: float = 1.0
    optional: bool = False  # lifts what it meets, decides nothing
    place: int = -1  # of the word in `Query.words`; -1 for pairs of words


@dataclass(frozen=True, slots=True)
class Leaf:
    group: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Any `least` of the nodes."""

    nodes: tuple[Node, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Except:
    node: Node


@dataclass(frozen=True, slots=True)
class Everything:
    pass


Node: TypeAlias = Leaf | AtLeast | Except | Everything
NOTHING = Except(Everything())


@dataclass(frozen=True, slots=True)
class Plan:
    groups: tuple[Group, ...]
    rule: Node
    query: Query
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()  # a word as typed and the folded word that it is read as
    offered: tuple[tuple[str, str], ...] = ()  # the same of words that stand in the index but seldom
    named: frozenset[str] = frozenset()  # folded keys that stand in a name or a place
    placed: frozenset[str] = frozenset()  # those that stand in a place
    begun: str = (
        ""  # what a last word not typed to its end is taken for, unless it may begin a name or a place
    )

    @property
    def scored(self) -> bool:
        return bool(self.groups)

    def loosened(self) -> Plan | None:
        """The same question content with any one word; None where nothing can be loosened."""
        if isinstance(self.rule, AtLeast) and self.rule.least > 1:
            return replace(self, rule=AtLeast(self.rule.nodes, 1))
        return None
