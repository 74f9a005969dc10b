"""What a reader probably meant: misspelt words put right, as real words and as a whole question."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis import Word, fold, lexicon
from search.analysis.diacritics import restore, spelling
from search.analysis.lemmas import is_persons, is_place, known
from search.analysis.tokens import normal, surfaces
from search.documents import MAX_KEY
from search.misspelt import Slip, Speller
from search.why import texts_at_hand

#: A word in so few documents is rare; one that stands in so many times more of them is probably what was meant.
RARE = 2
TIMES = 8

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that stands in the index and that no dictionary knows, and what it may be a slip of."""

    plain: str
    slip: Slip

    @property
    def keys(self) -> list[str]:
        """What has to be counted to settle it."""
        return [self.plain, *self.slip.keys]


def is_strange(word: Word) -> bool:
    """Whether no dictionary knows the word, with diacritics or without."""
    typed = normal(word.surface)
    return fold(typed).isalpha() and not (known(typed) or lexicon.has(typed) or restore(typed))


def as_names(word: Word) -> list[str]:
    """The keys of a word that is somebody's or something's name."""
    return [f"{field}.{fold(word.surface)}"[:MAX_KEY] for field in ("name", "title")]


def doubts(speller: Speller, words: Iterable[Word]) -> dict[str, Doubt]:
    """Words of a question that stand in the index and that no dictionary knows, with what they may be slips of."""
    found = {}
    for word in words:
        typed = normal(word.surface)
        plain = fold(typed)
        slip = speller.slip(typed, but={typed, plain, *word.folded}) if is_strange(word) else None
        if slip:
            found[word.surface] = Doubt(plain, slip)
    return found


def offers(doubts: Mapping[str, Doubt], counted: Mapping[str, int]) -> Pairs:
    """Words of the index that were probably meant by rare ones."""
    found = []
    for typed, doubt in doubts.items():
        times = counted.get(doubt.plain, 0)
        if times > RARE:
            continue
        other = fold(doubt.slip.readings(counted)[0].word)
        if counted.get(other, 0) >= TIMES * max(times, 1):
            found.append((typed, other))
    return tuple(found)


def shown(
    corrected: Pairs,
    offered: Pairs,
    hits: Sequence[Any],
    standing: Callable[[Sequence[str]], Collection[str]],
) -> tuple[Pairs, Pairs]:
    """Both kinds of pairs of a typed word and a folded word of the index, as readers know it; one a word, the first
    stated. What is only offered is left out where nobody here knows how to spell it.

    `hits` are the objects found: names that no dictionary holds are spelled as in theirs. The index may not know yet
    of somebody who was hidden a moment ago: what may be somebody's name, or finds nobody, is told only if `standing`
    says that it stands where readers may see it.
    """
    read = [(typed, spelled(folded, hits) or folded.rstrip("0")) for typed, folded in corrected]
    meant = [(typed, word) for typed, folded in offered if (word := spelled(folded, hits))]
    doubtful = dict.fromkeys(word for _typed, word in (*read, *meant) if not hits or may_be_a_name(word))
    hidden = doubtful.keys() - set(standing(list(doubtful)) if doubtful else ())
    return once(read, hidden), once(meant, hidden)


def once(pairs: Iterable[tuple[str, str]], hidden: Collection[str]) -> Pairs:
    found: dict[str, str] = {}
    for typed, word in pairs:
        if word not in hidden:
            found.setdefault(typed, word)
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
            for surface in surfaces(field.text):
                if fold(surface) == folded:
                    return surface
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
