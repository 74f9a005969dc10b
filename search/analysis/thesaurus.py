"""A small seed of synonyms of public participation, with English names and historical and adjectival places.

A line is a group: ``a = b = c`` stand for each other; ``a > b = c``: who asks for a also gets b and c, not the other way.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from .thesaurus_seed import GROUPS
from .tokens import keys

SYNONYM_WEIGHT = 0.6
MAX_ALTERNATIVES = 24  # of one question

Keys = tuple[str, ...]
_Rule = tuple[tuple[Keys, ...], tuple[str, ...]]  # keys of the words to find; what may stand instead


def expand(words: Sequence[tuple[str, Keys]]) -> list[tuple[int, int, str, float]]:
    """Alternatives for runs of words: (start, end, words instead, weight 0 to 1), best first.

    `words` are (surface, exact keys); of overlapping runs the longer one is taken.
    """
    index = _index()
    found: list[tuple[int, int, str, float]] = []
    taken: set[int] = set()
    runs = sorted(_runs(words, index), key=lambda run: (run[0] - run[1], run[0]))
    seen: set[tuple[int, int, str]] = set()
    covered: list[tuple[int, int]] = []
    for start, end, instead in runs:
        longer = any((a <= start and end <= b) and (a, b) != (start, end) for a, b in covered)
        if longer:
            continue
        covered.append((start, end))
        taken.update(range(start, end))
        for other in instead:
            if (start, end, other) not in seen:
                seen.add((start, end, other))
                found.append((start, end, other, SYNONYM_WEIGHT))
    return found[:MAX_ALTERNATIVES]


def _runs(
    words: Sequence[tuple[str, Keys]], index: dict[str, list[_Rule]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for start, (_surface, exact) in enumerate(words):
        for key in exact:
            for pattern, instead in index.get(key, ()):
                end = start + len(pattern)
                if end <= len(words) and all(
                    not set(wanted).isdisjoint(given[1])
                    for wanted, given in zip(pattern[1:], words[start + 1 : end], strict=True)
                ):
                    yield start, end, instead


@lru_cache(maxsize=1)
def _index() -> dict[str, list[_Rule]]:
    """First keys of every term → the keys of all its words and the other terms of its group."""
    index: dict[str, list[_Rule]] = {}
    for line in GROUPS.strip().splitlines():
        left, arrow, right = line.partition(">")
        askers = [term.strip() for term in left.split("=")]
        answers = [term.strip() for term in right.split("=")] if arrow else askers
        for term in askers:
            pattern = tuple(keys(word)[0] for word in term.split())
            instead = tuple(answer for answer in answers if answer != term)
            for key in pattern[0] if pattern else ():
                index.setdefault(key, []).append((pattern, instead))
    return index
