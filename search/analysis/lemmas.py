"""The dictionary part: lemmas of one word by Morfeusz (SGJP), by suffix rules for words it does not know.

Where Morfeusz has no wheel, PyStemmer's Polish stemmer and the suffix rules stand in: `problem()` says so.
"""

import logging
import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from . import lexicon, suffixes

logger = logging.getLogger(__name__)

LONG_STEM = 5  # letters of a stem by Snowball that is trusted
MAX_WORD = 60  # longer strings of letters are no words: they are cut, so that keys stay indexable
_FIRST_PARTS = """
    anty agro audio auto bio cyber dwu eko elektro euro foto geo hiper hydro info inter kontr makro mega meta mikro
    mini mono multi neo nie niby ogólno około poli ponad post pół przeciw pseudo psycho
    samo socjo super techno tele termo trans trój ultra wczesno wideo wice wielo współ
"""
_PREFIXES = tuple(_FIRST_PARTS.split())
# Loanwords that are written in several ways: a beginning and the one it is taken for.
_SPELLINGS = ((re.compile("^hac?kath?on"), "hackathon"), (re.compile("^socio"), "socjo"))
_WORD_PART = re.compile(r"[^\W_]+")

_VERBS = frozenset(
    ("fin", "praet", "inf", "imps", "pcon", "pant", "bedzie", "winien", "aglt", "cond", "impt")
)

_NOUNS = frozenset(("subst", "depr", "ger"))
_MEASURES = frozenset(("adv", "part", "qub", "comp", "conj", "prep", "interj", "pred"))

_lock = threading.Lock()
_loaded = False
_morfeusz: Any = None
_stemmer: Any = None


def _load() -> None:
    global _loaded, _morfeusz, _stemmer
    if _loaded:
        return
    with _lock:
        if _loaded:
            return
        try:
            import morfeusz2

            _morfeusz = morfeusz2.Morfeusz(
                generate=True, expand_tags=False, case_handling=morfeusz2.IGNORE_CASE
            )
        except ImportError:
            import Stemmer

            _morfeusz, _stemmer = None, Stemmer.Stemmer("polish")
            logger.warning("%s", _PROBLEM)
        _loaded = True


_PROBLEM = (
    "morfeusz2 is not installed (it has no wheel for this system): Polish words are brought together by a stemmer, "
    "which finds fewer inflected forms."
)


def problem() -> str | None:
    """What weakens the analysis on this machine, in one sentence; None when the dictionary is there."""
    _load()
    return None if _morfeusz is not None else _PROBLEM


def fingerprint() -> str:
    """Changes whenever the same text may get other keys: an index written under another one is to be rebuilt."""
    _load()
    if _morfeusz is None:
        return "pystemmer+suffixes-2"
    import morfeusz2

    return f"morfeusz2-{morfeusz2.__version__}+suffixes-1"


def reset() -> None:
    """Forget the dictionary and every cached answer; the next word loads it again."""
    global _loaded, _morfeusz, _stemmer
    with _lock:
        _loaded, _morfeusz, _stemmer = False, None, None
        _lemmas.cache_clear()
        known.cache_clear()
        is_verb.cache_clear()
        is_measure.cache_clear()
        is_participle.cache_clear()
        is_calling.cache_clear()
    lexicon.hold(None)


def lemmas(word: str) -> tuple[str, ...]:
    """All keys of one lower-case word: what the lexicon says, else its lemmas in lower case, or marked stems when the
    dictionary has none."""
    word = word[:MAX_WORD]
    return lexicon.current().keys.get(word) or _lemmas(word)


@lru_cache(maxsize=65_536)
def _lemmas(word: str) -> tuple[str, ...]:
    _load()
    for beginning, usual in _SPELLINGS:
        word = beginning.sub(usual, word)
    found, commands = _keys_by_mood(word)
    if found:
        return tuple(found)
    if not word.isalpha():
        return (word,)
    if len(word) > 4 and commands:
        return tuple(commands)
    if _morfeusz is None:
        stems = suffixes.careful(word)
        with _lock:  # a Snowball stemmer keeps its state in the object
            stem = _stemmer.stemWord(word)
        if len(stem) < LONG_STEM:  # it cuts short words too far: kasza to ka, plansza to plan
            return stems
        return tuple(dict.fromkeys((f"{stem}s{suffixes.MARK}", *stems)))
    compound = _compound(word)
    if compound:
        return compound
    forms = suffixes.base_forms(word)
    linked = (lemma for form in forms for lemma in known(form) or _compound(form) if not lemma.endswith("ć"))
    return tuple(dict.fromkeys((*suffixes.stems(word), *linked)))


@lru_cache(maxsize=65_536)
def known(word: str) -> tuple[str, ...]:
    """Lemmas of one lower-case word in the dictionary, commands left out; empty when it has none."""
    _load()
    return tuple(_keys_by_mood(word)[0])


@lru_cache(maxsize=16_384)
def is_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb and of no noun (przyszli, but not stali); False without a dictionary."""
    tags = _tags(word)
    return not tags.isdisjoint(_VERBS) and tags.isdisjoint(_NOUNS)


@lru_cache(maxsize=16_384)
def is_measure(word: str) -> bool:
    """Whether a lower-case word only counts or says how (trzydziestu, naprawdę); False without a dictionary."""
    tags = _tags(word)
    return bool(tags) and tags <= _MEASURES


@lru_cache(maxsize=16_384)
def is_participle(word: str) -> bool:
    """Whether a lower-case word says what somebody is doing (doradzający) and is no noun (służący); False without a
    dictionary. Who does not do something is called so: niesłyszący."""
    tags = _tags(word)
    return "pact" in tags and tags.isdisjoint(_NOUNS) and not word.startswith("nie")


@lru_cache(maxsize=16_384)
def is_calling(word: str) -> bool:
    """Whether a lower-case lemma is a common noun (rybak, wójt) and not the name of a place as well (opole)."""
    _load()
    if _morfeusz is None or "\0" in word:
        return False
    kinds = {name for edge in _morfeusz.analyse(word) if _key(edge[2][1]) == word for name in edge[2][3]}
    return "nazwa_pospolita" in kinds and "nazwa_geograficzna" not in kinds


def _tags(word: str) -> set[str]:
    """Parts of speech that a lower-case word may be."""
    _load()
    if _morfeusz is None or "\0" in word:
        return set()
    return {tag.split(":", 1)[0] for _lemma, tag in _readings(word)}


def _keys_by_mood(word: str) -> tuple[dict[str, None], dict[str, None]]:
    """Lemmas of a word's readings, and those of which it is a command.

    Commands are hardly ever looked for, and the short ones look like nouns (pisz, woź), so they count last. Plurals of
    gerunds are as rare and look like names (Poznań of poznać, Stępień of stępić): they count when nothing else does.
    """
    found: dict[str, None] = {}
    gerunds: dict[str, None] = {}
    commands: dict[str, None] = {}
    if _morfeusz is None or "\0" in word:
        return found, commands
    for lemma, tag in _readings(word):
        part_of_speech = tag.split(":", 1)[0]
        key = _key(lemma)
        if not key or part_of_speech in ("ign", "interp"):
            continue
        if tag.endswith(":neg") and word.startswith("nie"):
            key = f"nie{key}"  # niesłyszący is not słyszący
        target = commands if part_of_speech == "impt" else gerunds if tag.startswith("ger:pl") else found
        target[key] = None
    return found or gerunds, commands


def generate(lemma: str) -> Iterator[str]:
    """All forms of a lemma that the dictionary knows, in lower case; the lemma alone without a dictionary."""
    _load()
    seen = {lemma}
    yield lemma
    if _morfeusz is None:
        return
    for spelling in (lemma, lemma.capitalize()):
        for form, _lemma, tag, *_rest in _morfeusz.generate(spelling):
            form = form.lower()
            if form not in seen and tag != "ign" and form.isalpha():
                seen.add(form)
                yield form


def is_place(word: str) -> bool:
    """Whether a lower-case word may be the name of a place."""
    _load()
    return _morfeusz is not None and any(
        "nazwa_geograficzna" in name for edge in _morfeusz.analyse(word) for name in edge[2][3]
    )


def is_persons(word: str) -> bool:
    """Whether a lower-case word may be a person's first name or surname."""
    _load()
    return _morfeusz is not None and any(
        {"imię", "nazwisko"} & {*edge[2][3]} for edge in _morfeusz.analyse(word)
    )


def _readings(word: str) -> list[tuple[str, str]]:
    """(lemma, tag) of readings that span the whole word; else of the first part of a verb with a personal ending."""
    graph = _morfeusz.analyse(word)
    end = max((edge[1] for edge in graph), default=0)
    whole = [(edge[2][1], edge[2][2]) for edge in graph if edge[0] == 0 and edge[1] == end]
    if whole:
        return whole
    if end == 2 and any(edge[2][2].startswith("aglt") for edge in graph if edge[0] == 1):
        return [(edge[2][1], edge[2][2]) for edge in graph if edge[0] == 0]
    return []


def _key(lemma: str) -> str:
    """A lemma as an alphanumeric key: without the dictionary's own suffixes (``:Sm1``), hyphens and spaces."""
    name, colon, _suffix = lemma.partition(":")
    return "".join(_WORD_PART.findall((name if colon and name else lemma).lower()))


def _compound(word: str) -> tuple[str, ...]:
    """Keys of a word built with a common first part (mikrogranty, socjokulturowy): the part and the rest's lemmas."""
    if not word.startswith(_PREFIXES):
        return ()
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 5:
            found = known(rest)
            if found:
                return tuple(prefix + lemma for lemma in found)
    return ()
