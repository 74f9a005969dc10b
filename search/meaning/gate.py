"""How much a question leaves to meaning: nothing where it is a name, a place or the beginning of one, or a quoted phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.analysis import Query, Word, parse
from search.analysis.diacritics import respelt
from search.meaning import encoder, fusion, on, takes_part
from search.plan import Group
from search.weighing import is_calling_word, is_sentence

if TYPE_CHECKING:
    from search.backends.compiling import PlanCompiler
    from search.meaning.encoder import Vectors

#: Cosine of a question and a text below which nothing is called similar: where nonsense begins (docs/search.md).
FLOOR = 0.12
#: The same where no word was found: then nothing else says that the question is one for this base.
ALONE = 0.25
#: The same where a phrase was quoted: who quotes wants these very words.
NEVER = 2.0
#: What a rank by meaning is worth where someone asked in a sentence.
SENTENCE = 0.45
#: The same where someone asked in English: then words find by what the thesaurus knows alone.
ENGLISH = 0.75
#: Neighbours that are looked at.
NEAR = 100
_QUOTES = re.compile(r'["„”“«»]')


@dataclass(frozen=True, slots=True)
class Wish:
    """What an engine is asked for beside words: neighbours of `vector` that pass every filter of the question and meet
    each of `binding` (its names and places)."""

    vector: Vectors
    binding: tuple[Group, ...]
    weight: float = fusion.WEIGHT
    most: int = NEAR
    floor: float = FLOOR
    alone: float = ALONE


def wish(compiler: PlanCompiler) -> Wish | None:
    """What is asked by meaning for a question in words; None where meaning has no say."""
    model = compiler.queryset.model
    if not isinstance(compiler.query, str) or not takes_part(model) or not on():
        return None
    query = compiler.plan.query
    words = [place for place, word in enumerate(query.words) if not word.stop and word.folded]
    if not words:
        return None
    groups = {group.place: group for group in compiler.plan.groups if group.place in words}
    named = compiler.plan.named
    begun = compiler.plan.begun
    bound = {
        place
        for place, group in groups.items()
        if any(key.term in named for key in group.keys)
        or (not begun and all(key.prefix for key in group.keys))
    }
    if len(bound) == len(words):
        return None
    placed = compiler.plan.placed
    somewhere = {place for place in bound if any(key.term in placed for key in groups[place].keys)}
    binding = tuple(
        groups[place]
        for place in sorted(bound)
        if place in somewhere or not calls(query.words[place], place, bound, english=query.english)
    )
    text = _QUOTES.sub(" ", completed(spelt(query, compiler.plan.corrected), begun))
    vector = encoder.encode_question(text, gist(text))
    if query.phrases:
        return Wish(vector, binding, weight=0.0, alone=NEVER)
    return Wish(vector, binding, weight_of(query))


def calls(word: Word, place: int, bound: set[int], *, english: bool) -> bool:
    """Whether a word that somebody is called says here what people are (szkolenia dla wójtów): beside other words, but not
    beside a name or a place (agnieszka rybak)."""
    return not english and is_calling_word(word) and bound.isdisjoint((place - 1, place + 1))


def completed(text: str, begun: str) -> str:
    """The question with the word that it ends in the midst of."""
    return f"{text.rstrip().rpartition(' ')[0]} {begun}" if begun else text


def weight_of(query: Query) -> float:
    if query.english:
        return ENGLISH
    return SENTENCE if is_sentence(query) else fusion.WEIGHT


def gist(text: str) -> str:
    """The words of content, and the words of the thesaurus that may stand in their place."""
    query = parse(text)
    words = [word.surface for word in query.words if not word.stop]
    instead = dict.fromkeys(word.surface for other in query.alternatives for word in other.words)
    return " ".join([*words, *instead])


def spelt(query: Query, corrected: Iterable[tuple[str, str]]) -> str:
    """The question with its misspelt words as they were read."""
    text = query.text
    read: dict[str, str] = {}
    for typed, other in corrected:
        read.setdefault(typed, " ".join(map(respelt, other.split())))
    for typed, other in read.items():
        text = text.replace(typed, other)
    return text
