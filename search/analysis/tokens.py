"""Words of a text with their places in it and their keys."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import lemmas, lexicon
from .lexicon import Lexicon
from .stopwords import is_stop
from .suffixes import MARK, stems

# A word: letters and digits, with marks that are written into it (combining accents, soft hyphens, joiners).
_MARKS = "\u0300-\u036f\u00ad\u200c\u200d\u2060"
_WORD = re.compile(
    rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
    # the ending of a foreign name (Kennedy'ego) or of an acronym (NGO-sów) belongs to it
    r"(?:['’](?:iego|ego|iemu|emu|iem|em|owi|ie|ów|ami|om|ach|a|u|y|m|e|s)(?![^\W_])"
    r"|(?<=[A-ZĄĆĘŁŃÓŚŹŻ])-(?:sami|sach|sów|som|owi|owie|owcy|owski|iem|em|ów|ami|om|ach|ie|sy|s|u|y|a|ą|ę|ej|e|i)(?![^\W_]))?"
)
_IGNORED = re.compile(r"[\u00ad\u200c\u200d\u2060]")
_FOLDED = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
# Acronyms of this field that look like a word of grammar when they are lower-case: they get a key of their own.
_ACRONYMS = {"BO": "bo1"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text. Offsets are into the text that was given, whatever normalisation the keys need."""

    surface: str
    start: int
    end: int
    exact: tuple[str, ...]  # lemmas with diacritics (lower case), all readings
    folded: tuple[str, ...]  # folded lemmas and the folded surface
    stop: bool  # carries no weight


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, and the places among them at which each key stands."""

    tokens: tuple[Token, ...]
    places: Mapping[str, Sequence[int]]


def fold(text: str) -> str:
    """Lower case without diacritics: "Świdnica" → "swidnica"."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_FOLDED)


def words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, in order."""
    return _WORD.finditer(text)


def surfaces(text: str) -> list[str]:
    """The same as they stand there."""
    found: list[str] = _WORD.findall(text)
    return found


def normal(surface: str) -> str:
    """A word as the dictionary wants it: lower case, composed, without an apostrophe's or a hyphen's ending."""
    if surface.isascii() and surface.isalnum():
        return surface.lower()
    surface = _IGNORED.sub("", unicodedata.normalize("NFKC", surface))
    head = re.split(r"['’-]", surface, maxsplit=1)[0]
    return "".join(letter for letter in unicodedata.normalize("NFKC", head.lower()) if letter.isalnum())


def keys(surface: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Exact keys, folded keys and the stop mark of one word as it stands in a text."""
    return _keys(surface, lexicon.current())


@lru_cache(maxsize=65_536)
def _keys(surface: str, _under: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Remembered under the lexicon that it was worked out with."""
    if surface in _ACRONYMS:
        key = _ACRONYMS[surface]
        return (key,), (key,), False
    word = normal(surface)[: lemmas.MAX_WORD]
    if not word:
        return (), (), True
    exact = lemmas.lemmas(word)
    plain = fold(word)
    folded = [*map(fold, exact), plain]
    if plain != word and exact[0].endswith(MARK):
        folded += stems(plain)  # the stems somebody gets who types the word without diacritics
    folded = [key for key in dict.fromkeys(folded) if key.isalnum()]
    return exact, tuple(folded), is_stop(word)


def reset() -> None:
    _keys.cache_clear()
    _read.cache_clear()


def analyze(text: str) -> list[Token]:
    """Every word of the text with its keys. Never raises, whatever the text holds."""
    return [Token(match[0], match.start(), match.end(), *keys(match[0])) for match in _WORD.finditer(text)]


def read(text: str) -> Reading:
    """The text as it is looked through for several words. The last few hundred texts are remembered."""
    return _read(text, lexicon.current())


@lru_cache(maxsize=512)
def _read(text: str, _under: Lexicon) -> Reading:
    tokens = tuple(analyze(text))
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        for key in {*token.exact, *token.folded}:
            places.setdefault(key, []).append(place)
    return Reading(tokens, places)


def exact_keys(text: str) -> str:
    """The text as space-joined keys for the exact field of any engine: every lemma of every word, in order."""
    return " ".join(key for match in _WORD.finditer(text) for key in keys(match[0])[0])


def folded_keys(text: str) -> str:
    """The text as space-joined keys for the folded field of any engine."""
    return " ".join(key for match in _WORD.finditer(text) for key in keys(match[0])[1])
