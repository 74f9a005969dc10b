"""Misspelt words put right: what a word that stands nowhere in the index was meant to be.

Read are words of the index, and words of the dictionary and the thesaurus as far as the index answers them: "bezdonmi" is
bezdomni although only "bezdomność" is written there.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from search.analysis import Query, fold, lexicon, parse, stopwords, thesaurus
from search.analysis.diacritics import respelt
from search.analysis.tokens import normal
from search.analysis.tokens import words as matches_of
from search.slips import LONGEST, cost, dictionary, generated, is_word, remembered, spellings
from search.vocabulary import Vocabulary

#: Words of a question that are put right; readings of one; those dearer than the best by more are no rivals.
MOST, READINGS, RIVALS_WITHIN = 6, 4, 0.3
SHORTEST, LONG = 4, 7
#: Frequent words are likelier, up to so many texts; names and places where a capital was typed.
FREQUENT, OFTEN, NAMED = 0.04, 15, 0.25
#: Words that are looked at closely.
LOOKED_AT = 12
#: SearchFields that hold names and places.
NAMES = ("name", "title", "place_words")


@dataclass(frozen=True, slots=True)
class Reading:
    """`word` as it is read, folded unless the dictionary knows how it is written; `cost` of one slip is about 1."""

    word: str
    cost: float


@dataclass(frozen=True, slots=True)
class Slip:
    """Words that a misspelt one may be, with what each costs. `answered`: the index holds them, or what stands for them;
    else they are only words. `name`: it was typed with a capital."""

    costs: dict[str, float]
    answered: bool
    name: bool

    @property
    def keys(self) -> list[str]:
        """What has to be counted to tell the likeliest; nothing of a single word."""
        if len(self.costs) < 2:
            return []
        return [key for word in self.costs for key in (*self.terms(word), *self.names(word))]

    def terms(self, word: str) -> tuple[str, ...]:
        return (fold(word), *parse(f"{word} ").words[0].folded[:2])

    def names(self, word: str) -> list[str]:
        return [f"{one}.{key}" for one in NAMES for key in self.terms(word)] if self.name else []

    def readings(self, counted: Mapping[str, int]) -> list[Reading]:
        """The likeliest first: words that stand in many texts, names and places where a capital was typed."""
        found = dict(self.costs)
        for word in found:
            often = max(counted.get(key, 0) for key in self.terms(word))
            found[word] -= FREQUENT * log2(1 + min(often, OFTEN))
            found[word] -= NAMED if any(counted.get(key) for key in self.names(word)) else 0.0
        likeliest = sorted(found, key=found.__getitem__)[:READINGS]
        return [
            Reading(word, max(found[word], 0.0))
            for word in likeliest
            if found[word] <= found[likeliest[0]] + RIVALS_WITHIN
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a question from `place` on that are read otherwise: as `text`, or as what they may be a slip of."""

    place: int
    count: int
    text: str = ""
    slip: Slip | None = None

    @property
    def words(self) -> list[str]:
        return [self.text] if self.text else [*self.slip.costs] if self.slip else []


@dataclass(slots=True)
class PutRight:
    """A question with its misspelt words as they are read: `pairs` of what was typed and what it is read as; `typed_at`
    the place that each word has in the question as it was typed; `rivals` what else the word at a place may be, where the
    index answers it."""

    text: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    typed_at: dict[int, int] = field(default_factory=dict)
    rivals: dict[int, list[Reading]] = field(default_factory=dict)


def put_right(query: Query, parts: Sequence[Part], counted: Mapping[str, int]) -> PutRight:
    """The question as its misspelt parts are read; `counted` tells in how many texts their keys stand."""
    spans = [match.span() for match in matches_of(query.text)][: len(query.words)]
    at = {part.place: part for part in parts}
    made, now, place = PutRight(), 0, 0
    while place < len(spans):
        part = at.get(place, Part(place, 1))
        start, end = spans[place][0], spans[place + part.count - 1][1]
        typed, read = query.text[start:end], part.text
        if part.slip:
            first, *rivals = part.slip.readings(counted)
            read = first.word if fold(query.text) == query.text.lower() else respelt(first.word)
            read = read.capitalize() if typed[:1].isupper() else read
            if part.slip.answered:
                made.rivals[len(made.typed_at)] = rivals
        if read:
            made.pairs.append((typed, read.lower()))
        made.text += query.text[now:start] + (read or typed)
        now = end
        for _word in matches_of(read) if read else (None,):
            made.typed_at[len(made.typed_at)] = place
        place += part.count
    made.text += query.text[now:]
    return made


@dataclass(frozen=True, slots=True)
class Speller:
    """What misspelt words may have been, worked out in memory."""

    vocabulary: Vocabulary

    def parts(self, query: Query, lost: Collection[int]) -> list[Part]:
        """What the words at the places `lost`, that stand nowhere, may be. A word cut in two is joined with its neighbour,
        two written as one are parted."""
        lost = sorted(lost)[:MOST]
        text = query.text
        spans = [match.span() for match in matches_of(text)][: len(query.words)]
        found: list[Part] = []
        place = 0
        while place < len(spans):
            pair = query.words[place : place + 2]
            touched = bool({place, place + 1} & {*lost}) and not any(map(query.quotes, pair))
            part = None
            if touched and (whole := self.joined([word.surface for word in pair])):
                part = Part(place, 2, whole)
            elif place in lost:
                start, end = spans[place]
                slip = self.slip(text[start:end], before=text[:start], after=text[end:])
                halves = "" if slip and slip.answered else self.parted(text[start:end])
                if halves or slip:
                    part = Part(place, 1, halves, None if halves else slip)
            if part:
                found.append(part)
            place += part.count if part else 1
        return found

    def slip(
        self, typed: str, *, but: Collection[str] = (), before: str = "", after: str = ""
    ) -> Slip | None:
        """What a word may be; short words are left alone, `but` too.

        `before` and `after` are the rest of the question: "okolice Krakowa" is answered where "Krakowa" alone is not.
        """
        word = normal(typed)
        plain = fold(word)
        if len(plain) < SHORTEST or not plain.isalpha():
            return None
        found = {other: cost(plain, other) for other in self.standing(plain) if other not in but}
        spare: dict[str, float] = {}
        if typed[:1].isupper() or not is_word(word):
            for other in dict.fromkeys((*dictionary(word), *of_thesaurus(plain), *self.forms(plain))):
                name = fold(other)
                if other in but or name in but:
                    continue
                if word == plain:
                    other = name  # typed without diacritics: every word that it may be is meant
                if not self.answered(other, before, after):
                    spare[other] = cost(word, other)
                    continue
                if name in found and not is_word(name):
                    del found[name]  # better as it is written
                found[other] = cost(word, other)
        sure = {other: dear for other, dear in found.items() if other.isalpha()} or found
        left = sure or spare
        near = heapq.nsmallest(LOOKED_AT, left, key=left.__getitem__)
        return Slip({other: left[other] for other in near}, bool(sure), typed[:1].isupper()) if near else None

    def standing(self, plain: str) -> tuple[str, ...]:
        """Words of the index that sound like a folded one or are a slip away from it."""
        what = ("word", self.vocabulary.kind, self.vocabulary.shown)
        return remembered(what, plain, (self.vocabulary.held.words,), lambda: self._standing(plain))

    def _standing(self, plain: str) -> Iterator[str]:
        yield from self.vocabulary.sounding(plain)
        slips = slips_of(plain)
        for other, _distance, _place in process.extract(
            plain,
            self.vocabulary.about_as_long(plain, slips),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=3 * LOOKED_AT,
        ):
            yield other

    def forms(self, plain: str) -> tuple[str, ...]:
        """Forms near to a folded word, of words of index and thesaurus that begin like it: the dictionary can't be asked for
        what was typed without diacritics."""
        among = (self.vocabulary.held.words, thesaurus.current(), lexicon.current())
        return remembered(
            ("form", self.vocabulary.kind, self.vocabulary.shown), plain, among, lambda: self._forms(plain)
        )

    def _forms(self, plain: str) -> Iterator[str]:
        spelt = thesaurus.current().spelt
        stem = plain[: max(SHORTEST, len(plain) - 3)]
        # People seldom get the first letter wrong.
        begun = (*self.vocabulary.beginning(plain[0]), *(word for word in spelt if word[0] == plain[0]))
        begun = tuple(word for word in begun if abs(len(word) - len(plain)) <= SHORTEST)
        near: dict[str, None] = {}
        for length in (len(stem), len(stem) - 1, len(stem) + 1):
            heads = {word: word[:length] for word in begun}
            for _head, _distance, word in process.extract(
                stem, heads, scorer=OSA.distance, score_cutoff=1, limit=LOOKED_AT
            ):
                near[word] = None
        for word in near:
            for one in (spelt[word],) if word in spelt else spellings(word):
                for form in generated(one):
                    if DamerauLevenshtein.distance(plain, fold(form), score_cutoff=1) <= 1:
                        yield form

    def answered(self, word: str, before: str = "", after: str = "") -> bool:
        """Whether the index holds the word, in any form, or what the thesaurus puts in its place."""
        if any(key in self.vocabulary for key in parse(f"{word} ").words[0].folded):
            return True
        place = len(list(matches_of(before)))
        return any(
            one.start <= place < one.end
            and all(any(key in self.vocabulary for key in other.folded) for other in one.words)
            for one in parse(f"{before}{word}{after} ").alternatives
        )

    def joined(self, surfaces: list[str]) -> str:
        """Neighbours written as one word, where that is one of the index or one that the index answers; else ""."""
        word = "".join(map(normal, surfaces))
        if len(surfaces) < 2 or len(word) < LONG or not word.isalpha():
            return ""
        return word if fold(word) in self.vocabulary or (is_word(word) and self.answered(word)) else ""

    def parted(self, typed: str) -> str:
        """A word that is two written as one, with a space between them; "" where it is not. A capital tells where, then
        the longest shorter part."""
        word = normal(typed)
        if not LONG < len(word) <= 2 * LONGEST or not word.isalpha():
            return ""
        for at in sorted(
            range(2, len(word) - 2), key=lambda at: (typed[at].islower(), -min(at, len(word) - at))
        ):
            head, tail = word[:at], word[at:]
            stop = stopwords.is_stop(head)
            if not self.is_read(tail) or not (stop or self.is_read(head)):
                continue
            if stop and at >= SHORTEST:
                return f"{typed[:at]} {typed[at:]}"
            if self.answered(tail, f"{head} ") and (stop or self.answered(head, "", f" {tail}")):
                return f"{typed[:at]} {typed[at:]}"
        return ""

    def is_read(self, word: str) -> bool:
        return fold(word) in self.vocabulary or is_word(word) or respelt(word) != word


def of_thesaurus(plain: str) -> tuple[str, ...]:
    """Words of the thesaurus near to a folded one, as they are written there."""
    return remembered("thesaurus", plain, (thesaurus.current(),), lambda: _of_thesaurus(plain))


def _of_thesaurus(plain: str) -> Iterator[str]:
    spelt = thesaurus.current().spelt
    for other, _distance, _place in process.extract(
        plain, spelt.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips_of(plain), limit=LOOKED_AT
    ):
        yield spelt[other]


def slips_of(plain: str) -> int:
    return 1 if len(plain) < LONG else 2
