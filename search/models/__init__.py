"""The search's own tables."""

from .entries import Entry, FacetValue, Word
from .queries import QueryCount
from .thesaurus import LexiconEntry, RulesStamp, ThesaurusGroup
from .vectors import Vector, VectorState

__all__ = [
    "Entry",
    "FacetValue",
    "LexiconEntry",
    "QueryCount",
    "RulesStamp",
    "ThesaurusGroup",
    "Vector",
    "VectorState",
    "Word",
]
