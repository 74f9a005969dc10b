"""Questions in English: how they are told from Polish ones, their words of grammar, and one stem for run, runs, running."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

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
# What fits every question here, and so says little in a sentence.
_FITTING = """
    meeting meetings talk talks conversation conversations resident residents inhabitant inhabitants citizen citizens
    local city cities town towns project projects new different small own common together day days week month year part
    kind example problem problems place places area areas expert experts specialist specialists professional
    professionals advice
"""
_LIGHT = frozenset(_FITTING.split())
_WORDS = Path(__file__).parent / "data" / "english.txt"
_LETTERS = re.compile(r"[a-z]+")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
# Endings of one family, behind a stem of at least as many letters: evaluate, evaluator, evaluation; assess, assessment.
_FAMILY = tuple(
    (re.compile(ending), least)
    for ending, least in (
        ("al$", 5),
        ("(ment|ness|ance)$", 5),
        ("at(e|ion|or|ive|ory)?$", 5),
        ("(ion|or|ive|ory|e)$", 4),
    )
)

# Words that look like those of a family and mean something else: a cooperative is more than cooperation.
_APART = frozenset(["cooperative", "cooperatives", "former"])


def asked(surfaces: Sequence[str]) -> bool:
    """Whether a question is in English: a telling word of grammar, or more words of English than others; and no other
    word but names with Polish letters."""
    words = [surface.lower() for surface in surfaces]
    if len(words) < 2:
        return False
    if _TELLING.isdisjoint(words) and 2 * sum(is_english(word) for word in words) <= len(words):
        return False
    if any(stopwords.is_stop(word) and word not in _STOPS for word in words):
        return False  # kto zna in vitro
    return all(surface.isascii() or surface[:1].isupper() for surface in surfaces)


def is_english(word: str) -> bool:
    """Whether a lower-case word is one of English that the Polish dictionary does not know."""
    return not lemmas.known(word) and (word in _STOPS or key(word) in vocabulary())


@cache
def vocabulary() -> frozenset[str]:
    """Keys of the English words that an installation's thesaurus begins with."""
    terms = " ".join(
        line.partition(">")[0] for line in _WORDS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
    return frozenset(map(key, re.findall(r"[a-z]+", terms.lower()))) - {""}


def is_light(word: str) -> bool:
    """Whether a word of an English sentence fits every question here."""
    return word.lower() in _LIGHT


def is_stop(word: str) -> bool:
    return word in _STOPS


@lru_cache(maxsize=16_384)
def key(word: str) -> str:
    """A key that forms of one English word share, and words of its family (evaluate, evaluator), by the plain rules of their
    endings; "" for words that the Polish dictionary knows and for what is no English word. Only the thesaurus compares
    these keys."""
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
    for family, least in () if word in _APART else _FAMILY:
        shorter = family.sub("", stem)
        stem = shorter if len(shorter) >= least else stem
    return f"{stem.replace('iz', 'is')}{MARK}en"
