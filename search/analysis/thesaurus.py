"""A small seed of synonyms of public participation, with English names and historical and adjectival places.

A line is a group: ``a = b = c`` stand for each other; ``a > b = c``: who asks for a also gets b and c, not the other way.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from .thesaurus_english import ENGLISH
from .thesaurus_regions import REGIONS
from .thesaurus_seed import METHODS, PEOPLE, SUBJECTS
from .thesaurus_towns import TOWNS
from .tokens import keys
from .tokens import words as word_matches

SYNONYM_WEIGHT = 0.6
MAX_OF_RUN = 10  # alternatives of one run of words; of several groups those of the first stated win
MAX_ALTERNATIVES = 40  # of one question

Keys = tuple[str, ...]
_Rule = tuple[tuple[Keys, ...], tuple[str, ...]]  # keys of the words to find; what may stand instead


def expand(words: Sequence[tuple[str, Keys]]) -> list[tuple[int, int, str, float]]:
    """Alternatives for runs of words: (start, end, words instead, weight 0 to 1), those of long runs first.

    `words` are (surface, exact keys); a run inside a longer one that has alternatives of its own gives none.
    """
    found: dict[tuple[int, int], dict[str, None]] = {}
    covered: list[tuple[int, int]] = []
    for start, end, instead in sorted(_runs(words, _index()), key=lambda run: (run[0] - run[1], run[0])):
        if any(first <= start and end <= last and (first, last) != (start, end) for first, last in covered):
            continue
        covered.append((start, end))
        found.setdefault((start, end), {}).update(dict.fromkeys(instead))
    every = [
        (*run, other, SYNONYM_WEIGHT) for run, others in found.items() for other in list(others)[:MAX_OF_RUN]
    ]
    return every[:MAX_ALTERNATIVES]


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
    for line in "".join((METHODS, PEOPLE, SUBJECTS, REGIONS, TOWNS, ENGLISH)).splitlines():
        left, arrow, right = line.partition(">")
        askers = [term.strip() for term in left.split("=")]
        answers = [term.strip() for term in right.split("=")] if arrow else askers
        for term in askers:
            pattern = tuple(keys(match[0])[0] for match in word_matches(term))
            instead = tuple(answer for answer in answers if answer.lower() != term.lower())
            # two words are asked for in either order: rada młodzieżowa, młodzieżowa rada
            for order in {pattern, pattern[::-1] if len(pattern) == 2 else pattern} - {()}:
                for key in order[0]:
                    index.setdefault(key, []).append((order, instead))
    return index


def reset() -> None:
    """Forget the keys of the terms; they are worked out again when needed."""
    _index.cache_clear()
