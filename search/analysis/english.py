"""Questions in English: how they are told from Polish ones, their words of grammar, and one stem for run, runs, running."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from . import lemmas, stopwords
from .suffixes import MARK

# Words that hardly stand in a Polish question: one of them tells.
_GRAMMAR = """
    the of for and with who who's what's whom whose what how which that this these those our are is was were has have can could
    would should need needs someone somebody anyone from about where looking want wants in at an
"""
_TELLING = frozenset(_GRAMMAR.split())
# What carries no weight once a question is English. Many are words in Polish too (to, on, most, run).
_WEIGHTLESS = """
    a i me my we us you your he she it its they them their be been being am do does did doing done will shall may
    might must not no or if but so as by on to into onto over under between among through during before after up
    out off than then such also too very more most much many any some all each every other another there here when
    why please hello hi know knows knowing able get gets give gives make makes making made use uses used using
    like run runs running ran lead leads leading led work works working worked organise organize organises
    organizes organised organized organising organizing hold holds host hosts conduct conducts conducted carry
    carried set start show tell interested involved involving deal deals dealing support supports supporting
    handle handles issue issues topic topics matter matters provide provides help helps helped helping find finds
    search seek seeking wanted recommend good best great experience experienced expertise skilled skills person
    people anybody everyone practitioner practitioners specialising specializing based lives living speak speaks
    speaking understand understands ones own way ways thing things across around near without within
"""
_STOPS = _TELLING | frozenset(_WEIGHTLESS.split())
_LETTERS = re.compile(r"[a-z]+")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def asked(surfaces: Sequence[str]) -> bool:
    """Whether a question is in English: a telling word of grammar, and no other word but names with Polish letters."""
    words = [surface.lower() for surface in surfaces]
    if len(words) < 2 or _TELLING.isdisjoint(words):
        return False
    if any(stopwords.is_stop(word) and word not in _STOPS for word in words):
        return False  # kto zna in vitro
    return all(surface.isascii() or surface[:1].isupper() for surface in surfaces)


def is_stop(word: str) -> bool:
    return word in _STOPS


@lru_cache(maxsize=16_384)
def key(word: str) -> str:
    """A key that forms of one English word share, by the plain rules of -s, -ed, -ing and -er; "" for words that the
    Polish dictionary knows and for what is no English word. Only the thesaurus compares these keys."""
    word = word.lower().removesuffix("'s").removesuffix("’s")
    if len(word) < 4 or not _LETTERS.fullmatch(word) or lemmas.known(word):
        return ""
    stem = word
    if stem.endswith("ies") and len(stem) > 4:
        stem = stem[:-3] + "y"
    elif stem.endswith("s") and not stem.endswith(("ss", "us", "is")):
        stem = stem[:-1]
    for ending in ("ing", "ers", "er", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 4:
            stem = _DOUBLED.sub(r"\1", stem.removesuffix(ending))
            break
    return f"{stem.removesuffix('e')}{MARK}en"
