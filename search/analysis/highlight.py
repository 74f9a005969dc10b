"""Marks what a question found in a text, by the same keys on every engine."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .query import Query, Word
from .tokens import Reading, Token, fold, normal, read

_LEAD = 4  # words shown before the first match of a snippet


def highlight(text: str, query: Query, *, words: int | None = None) -> SafeString:
    """The escaped text with ``<mark>`` around matches; with `words`, its best part of so many words.

    The text between the tags is exactly the escaped input; a snippet that is cut has "…" where it is.
    """
    reading = read(text)
    tokens, matched = reading.tokens, _matches(reading, query)
    first, last = 0, len(tokens)
    if words is not None and 0 < words < len(tokens):
        first = _best_start(matched, words)
        last = first + words
    begin = tokens[first].start if first else 0
    end = tokens[last - 1].end if last < len(tokens) else len(text)
    parts: list[str] = ["…"] if first else []
    position = begin
    for token, found in zip(tokens[first:last], matched[first:last], strict=True):
        if found:
            parts += [text[position : token.start], format_html("<mark>{}</mark>", token.surface)]
            position = token.end
    parts.append(text[position:end])
    if last < len(tokens):
        parts.append("…")
    return format_html_join("", "{}", ((part,) for part in parts))


def find_phrase(tokens: Sequence[Token], phrase: Sequence[Word]) -> list[int]:
    """Indices of the tokens where the phrase begins, in any inflected form, its words next to each other."""
    if not phrase:
        return []
    return [
        start
        for start in range(len(tokens) - len(phrase) + 1)
        if all(meets(tokens[start + offset], word) for offset, word in enumerate(phrase))
    ]


def meets(token: Token, word: Word) -> bool:
    """Whether a word of a text is what a word of a question asks for.

    Folded keys count when the question was typed without diacritics: "sad" marks "sąd", "sąd" does not mark "sad".
    """
    if not set(word.exact).isdisjoint(token.exact):
        return True
    typed, plain = _spellings(word.surface)
    starts = word.prefix and len(typed) > 1
    if typed != plain:
        return starts and _spellings(token.surface)[0].startswith(typed)
    return not set(word.folded).isdisjoint(token.folded) or (
        starts and _spellings(token.surface)[1].startswith(plain)
    )


@lru_cache(maxsize=16_384)
def _spellings(surface: str) -> tuple[str, str]:
    """A word in lower case, and the same without diacritics."""
    word = normal(surface)
    return word, fold(word)


def standing(word: Word, reading: Reading) -> list[int]:
    """Places at which something stands that the word asks for."""
    near: Iterable[int] = range(len(reading.tokens))
    if not word.prefix:
        # Keys narrow down which words may meet it; `meets` says whether they do.
        near = sorted({place for key in (*word.exact, *word.folded) for place in reading.places.get(key, ())})
    return [place for place in near if meets(reading.tokens[place], word)]


def _matches(reading: Reading, query: Query) -> list[set[int]]:
    """For every word of the text, which parts of the question it answers."""
    asked = [*query.words, *(word for alternative in query.alternatives for word in alternative.words)]
    wanted = [word for word in asked if not word.stop]
    found: list[set[int]] = [set() for _token in reading.tokens]
    for number, word in enumerate(wanted):
        for place in standing(word, reading):
            found[place].add(number)
    for number, phrase in enumerate(query.phrases, len(wanted)):
        for start in find_phrase(reading.tokens, phrase):
            for place in range(start, start + len(phrase)):
                found[place].add(number)
    return found


def _best_start(matched: Sequence[set[int]], size: int) -> int:
    """Where the part begins that answers most different parts of the question, then has most matches, then is first."""
    inside: Counter[int] = Counter()
    best, best_start, hits = (0, 0), 0, 0
    for place, found in enumerate(matched):
        hits += _step(inside, found, 1)
        if place >= size:
            hits -= _step(inside, matched[place - size], -1)
        score = (len(inside), hits)
        if score > best:
            best, best_start = score, max(0, place - size + 1)
    first = next((place for place in range(best_start, len(matched)) if matched[place]), best_start)
    return max(0, min(max(best_start, first - _LEAD), len(matched) - size))


def _step(inside: Counter[int], found: set[int], change: int) -> int:
    for number in found:
        inside[number] += change
        if not inside[number]:
            del inside[number]
    return bool(found)
