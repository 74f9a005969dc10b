"""Polish text analysis for search: the same keys for every engine, in pure Python, cached and thread-safe."""

from . import diacritics, lemmas, thesaurus, tokens
from .diacritics import FoldedMap, folded_map, restore
from .highlight import find_phrase, highlight, meets, standing
from .lemmas import fingerprint, problem
from .query import Alternative, Query, Word, parse
from .tokens import Reading, Token, analyze, exact_keys, fold, folded_keys, read

__all__ = [
    "Alternative",
    "FoldedMap",
    "Query",
    "Reading",
    "Token",
    "Word",
    "analyze",
    "exact_keys",
    "find_phrase",
    "fingerprint",
    "fold",
    "folded_keys",
    "folded_map",
    "highlight",
    "meets",
    "parse",
    "problem",
    "read",
    "reset",
    "restore",
    "standing",
]


def reset() -> None:
    """Forget the dictionary and everything worked out with it; the next word loads it again."""
    lemmas.reset()
    tokens.reset()
    diacritics.reset()
    thesaurus.reset()
