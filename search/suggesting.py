"""What a reader probably meant: misspelt words put right, as real words and as a whole question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from search import vocabulary
from search.analysis import Word, analyze, fold, lexicon
from search.analysis.diacritics import restore, spelling
from search.analysis.lemmas import is_persons, is_place, known
from search.analysis.tokens import normal
from search.why import texts_at_hand

#: A word in so few documents is rare; one that stands in so many times more of them is probably what was meant.
RARE = 2
TIMES = 8

Pairs = tuple[tuple[str, str], ...]


def likeliest(alias: str, kind: str, near: Sequence[tuple[str, float]]) -> str:
    """Of words equally near to a misspelt one, the one that stands in most documents; real words before stems."""
    words = [word for word, _likeness in near if word.isalpha()] or [word for word, _likeness in near]
    if len(words) == 1:
        return words[0]
    counted = vocabulary.frequencies(alias, kind, words)
    return max(words, key=lambda word: counted[word])


def offers(alias: str, kind: str, words: Iterable[Word]) -> Pairs:
    """Words of the index that were probably meant by rare ones that no dictionary knows. Names are left alone."""
    found = []
    for word in words:
        typed = normal(word.surface)
        plain = fold(typed)
        if known(typed) or lexicon.has(typed) or restore(typed) or not plain.isalpha():
            continue
        as_names = [f"{field}.{plain}" for field in ("name", "title")]
        counted = vocabulary.frequencies(alias, kind, [plain, *as_names])
        if counted[plain] > RARE or any(counted[key] for key in as_names):
            continue
        near = [
            item
            for item in vocabulary.nearest(alias, kind, plain, but={plain, *word.folded})
            if item[0].isalpha()
        ]
        if near:
            other = likeliest(alias, kind, near)
            if vocabulary.frequencies(alias, kind, [other])[other] >= TIMES * max(counted[plain], 1):
                found.append((word.surface, other))
    return tuple(found)


def shown(
    pairs: Iterable[tuple[str, str]],
    hits: Sequence[Any],
    stands: Callable[[str], bool],
    *,
    sure: bool = False,
) -> Pairs:
    """Pairs of a typed word and a folded word of the index, as readers know it; one a word, the first stated.

    `hits` are the objects found: names that no dictionary holds are spelled as in theirs. `sure` leaves out words that
    nobody here knows how to spell. The index holds words also of those whom readers may not see: what may be somebody's
    name, or finds nobody, is told only if `stands` says that it stands where they may.
    """
    found: dict[str, str] = {}
    for typed, folded in pairs:
        word = spelled(folded, hits) or ("" if sure else folded.rstrip("0"))
        if word and typed not in found and ((hits and not may_be_a_name(word)) or stands(word)):
            found[typed] = word
    return tuple(found.items())


def may_be_a_name(word: str) -> bool:
    plain = normal(word)
    return is_persons(plain) or not (known(plain) or lexicon.has(plain))


def spelled(folded: str, hits: Sequence[Any]) -> str:
    if " " in folded:
        return " ".join(spelled(part, hits) or part for part in folded.split())
    known_as = spelling(folded)
    if known_as:
        return known_as.capitalize() if is_place(known_as) else known_as
    for hit in hits:
        for field in texts_at_hand(hit):
            for token in analyze(field.text):
                if fold(token.surface) == folded:
                    return token.surface
    return ""


def question(text: str, pairs: Pairs) -> str | None:
    """The whole question with its misspelt words put right; None where there is nothing to put right."""
    made = text
    for typed, meant in pairs:
        made = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant, made)
    return made if pairs and made != text else None


def verbatim(text: str, pairs: Pairs) -> str:
    """The question with those words in quotes: who asks so wants them as they are typed."""
    made = text
    for typed, _meant in pairs:
        made = re.sub(rf'(?<![\w"]){re.escape(typed)}(?![\w"])', lambda match: f'"{match[0]}"', made)
    return made
