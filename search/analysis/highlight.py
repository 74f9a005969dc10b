"""Marks what a question found in a text, by the same keys on every engine."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .query import Query, Word
from .tokens import Token, analyze, fold, normal

_LEAD = 4  # words shown before the first match of a snippet


def highlight(text: str, query: Query, *, words: int | None = None) -> SafeString:
    """The escaped text with ``<mark>`` around matches; with `words`, its best part of so many words.

    The text between the tags is exactly the escaped input; a snippet that is cut has "…" where it is.
    """
    tokens = analyze(text)
    matched = _matches(tokens, query)
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


def _matches(tokens: list[Token], query: Query) -> list[frozenset[int]]:
    """For every token, which parts of the question it answers."""
    wanted: list[Word] = [word for word in query.words if not word.stop]
    wanted += [word for alternative in query.alternatives for word in alternative.words if not word.stop]
    by_key: dict[str, set[int]] = {}
    for index, word in enumerate(wanted):
        typed, plain = _spellings(word.surface)
        for key in (*word.exact, *(word.folded if typed == plain else ())):
            by_key.setdefault(key, set()).add(index)
    prefixed = [index for index, word in enumerate(wanted) if word.prefix]
    seen: dict[str, frozenset[int]] = {}
    for token in tokens:
        if token.surface not in seen:
            # keys narrow down which words may meet the token; `meets` says whether they do
            near = {index for key in (*token.exact, *token.folded) for index in by_key.get(key, ())}
            seen[token.surface] = frozenset(
                index for index in near.union(prefixed) if meets(token, wanted[index])
            )
    result = [seen[token.surface] for token in tokens]
    for number, phrase in enumerate(query.phrases, len(wanted)):
        for start in find_phrase(tokens, phrase):
            for place in range(start, start + len(phrase)):
                result[place] |= {number}
    return result


def _best_start(matched: list[frozenset[int]], size: int) -> int:
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


def _step(inside: Counter[int], found: Iterable[int], change: int) -> int:
    numbers = list(found)
    for number in numbers:
        inside[number] += change
        if not inside[number]:
            del inside[number]
    return bool(numbers)
