"""Polish text analysis for search: the same keys for every engine, in pure Python, cached and thread-safe."""

from . import diacritics, lemmas, thesaurus, tokens
from .diacritics import FoldedMap, folded_map, restore
from .highlight import find_phrase, highlight, meets
from .lemmas import fingerprint, problem
from .query import Alternative, Query, Word, parse
from .tokens import Token, analyze, exact_keys, fold, folded_keys

__all__ = [
    "Alternative",
    "FoldedMap",
    "Query",
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
    "reset",
    "restore",
]


def reset() -> None:
    """Forget the dictionary and everything worked out with it; the next word loads it again."""
    lemmas.reset()
    tokens.reset()
    diacritics.reset()
    thesaurus.reset()
