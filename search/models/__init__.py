"""The search's own tables."""

from .entries import Beginning, Entry, FacetValue, Word
from .outbox import Change, Lease
from .queries import QueryCount
from .thesaurus import LexiconEntry, RulesStamp, ThesaurusGroup
from .vectors import Vector, VectorState

__all__ = [
    "Beginning",
    "Change",
    "Entry",
    "FacetValue",
    "Lease",
    "LexiconEntry",
    "QueryCount",
    "RulesStamp",
    "ThesaurusGroup",
    "Vector",
    "VectorState",
    "Word",
]
