"""Words that Polish makes of one another: bezdomny and bezdomność, powódź and powodziowy, konsultacja and konsultant."""

from __future__ import annotations

from functools import lru_cache

from .tokens import fold

#: Letters of a root, at least: what shorter ones share is often nothing but letters.
LEAST = 5
# Folded endings of dictionary forms, of nouns, adjectives and verbs.
_WORDS = """
    owosc nosc osc nik niczka nictwo niczy arz arka arstwo arski acz aczka ista istka istyczny istyka ysta ystka
    ystyczny zysta izm yzm ant antka antura acja acyjny ator atorka atorstwo izacja izowac owac ic ac yc ec ny any alny
    yczny iczny owy iowy kowy ski cki czy owski owiec owka ka ek ko stwo anie enie ura yka ja ie iec a e o y i
"""
_ENDINGS = tuple(sorted(_WORDS.split(), key=len, reverse=True))


@lru_cache(maxsize=65_536)
def root(lemma: str) -> str:
    """What a folded lemma shares with words made of it; the lemma itself where that would be too short."""
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= LEAST:
            return lemma[: -len(ending)]
    return lemma


def roots(lemmas: tuple[str, ...]) -> dict[str, None]:
    """The roots of a word's lemmas that are long enough to say something."""
    found = (root(fold(lemma)) for lemma in lemmas if lemma.isalpha())
    return dict.fromkeys(one for one in found if len(one) >= LEAST)
