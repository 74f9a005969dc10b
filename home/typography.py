"""Polish typography: what may not end a line, where a long word may break, and how dates are said."""

import re
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

NBSP, SHY = "\u00a0", "\u00ad"
WORDS_PER_MINUTE = 180  # silent reading of Polish prose on a screen, rounded down
LONG_WORD = 16  # letters; longer words do not fit a card at 360 px

_TAG = re.compile(r"(<[^>]*>)")
_ONE_LETTER = re.compile(rf"(?<![^\s(„\"'{NBSP}])([aiouwzAIOUWZ])[ \n]+(?=\S)")
_UNITS = (
    "zł|gr|r\\.|w\\.|tys\\.|mln|mld|proc\\.|%|km|m|ha|kg|godz\\.|min|minut[ay]?|dni|dnia|lat|lata|roku|osób|osoby|"
    "głosów|głosy|miejsc|miejsca|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|"
    "października|listopada|grudnia|ust\\.|pkt"
)
_UNIT = re.compile(rf"(\d)[ \n]+((?:{_UNITS})(?!\w))")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_ABBREVIATION = re.compile(
    r"(?<!\w)(art\.|ust\.|pkt|nr|§|ul\.|al\.|pl\.|dr|prof\.|woj\.|pow\.|gm\.|św\.|str\.|s\.)[ \n]+(?=\S)"
)
_WORD = re.compile(rf"\w{{{LONG_WORD + 1},}}")
_VOWELS = "aeiouyąęó"
_ONSETS = {
    "sz",
    "cz",
    "rz",
    "dz",
    "dż",
    "dź",
    "ch",
    "st",
    "pr",
    "tr",
    "kr",
    "gr",
    "br",
    "dr",
    "pl",
    "kl",
    "sp",
    "sk",
}


def glue(text: str) -> str:
    """Join one-letter words, numbers with their units, and abbreviations with what follows by a hard space.

    HTML (a SafeString) keeps its tags untouched and stays safe; plain text stays plain and is escaped later.
    """
    if isinstance(text, SafeString):
        pieces = _TAG.split(text)
        pieces[::2] = [_glue_plain(piece) for piece in pieces[::2]]
        return mark_safe("".join(pieces))  # nosec B308 B703
    return _glue_plain(str(text))


def _glue_plain(text: str) -> str:
    for _ in range(2):  # "i w domu": the second word is free to match only after the first was joined
        text = _ONE_LETTER.sub(rf"\1{NBSP}", text)
    text = _UNIT.sub(rf"\1{NBSP}\2", text)
    text = _ABBREVIATION.sub(rf"\1{NBSP}", text)
    return _THOUSANDS.sub(NBSP, text)


def soften(text: str) -> str:
    """Soft hyphens in words of more than 16 letters, at syllables, five letters from either end."""
    if isinstance(text, SafeString):
        pieces = _TAG.split(text)
        pieces[::2] = [_WORD.sub(_soften_word, piece) for piece in pieces[::2]]
        return mark_safe("".join(pieces))  # nosec B308 B703
    return _WORD.sub(_soften_word, str(text))


def _soften_word(match: re.Match[str]) -> str:
    word = match.group()
    lower, parts, last = word.lower(), [], 0
    for at in range(5, len(word) - 4):
        if at - last >= 5 and _syllable_starts(lower, at):
            parts.append(word[last:at])
            last = at
    return SHY.join([*parts, word[last:]])


def _syllable_starts(word: str, at: int) -> bool:
    """A syllable may start at a consonant (or an onset of two) before a vowel, after some vowel."""
    if word[at] in _VOWELS or not any(letter in _VOWELS for letter in word[:at]):
        return False
    if word[at - 1 : at + 1] in _ONSETS:
        return False
    onset = 2 if word[at : at + 2] in _ONSETS else 1
    return word[at + onset : at + onset + 1] in tuple(_VOWELS)


def date_range(start: date, end: date | None = None) -> str:
    """Days from one date to another in the active language: "4–5 lutego 2027", "28 lutego – 1 marca 2027"."""
    if end is None or end == start:
        return date_format(start, "j E Y")
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date_format(end, 'j E Y')}"
    if start.year == end.year:
        return f"{date_format(start, 'j E')} – {date_format(end, 'j E Y')}"
    return f"{date_format(start, 'j E Y')} – {date_format(end, 'j E Y')}"


def thousands(value: int) -> str:
    """A whole number in groups of three, as the active language writes it: "74 600" with a hard space, "74,600"."""
    return number_format(value, use_l10n=True, force_grouping=True)


def zlotys(value: Decimal | int) -> str:
    """ "318 000 zł"; grosze only where there are some."""
    places = 0 if value == Decimal(value).to_integral_value() else 2
    text = number_format(Decimal(value), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{text}{NBSP}zł"


def listed(*parts: str) -> str:
    """The parts that say something, with commas between them; HTML among them (a SafeString) stays HTML."""
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


def count_words(html: str) -> int:
    return len(strip_tags(html).split())


def reading_minutes(html: str) -> int:
    """Minutes that a text (HTML or plain) takes to read, at least one."""
    return max(1, round(count_words(html) / WORDS_PER_MINUTE))
