"""What a paragraph says in the words of the base: methods, topics, audiences, a place and what kind of place it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from directory.likeness import REGION, Word
from directory.models.indexing import NAMED_AS_A_CITY, names_and_synonyms
from directory.models.vocabulary import Municipality, MunicipalityKind, Voivodeship
from directory.querysets import ascii_slug
from directory.terms import TERMS
from home.frame import at_hand
from search import rules
from search.analysis import Query, Token, analyze, meets, parse
from search.analysis import Word as Typed
from search.analysis.lemmas import is_verb
from search.analysis.tokens import normal
from search.weighing import is_light

LONGEST = 1500
#: Words read at a time: a question's, less than which `parse` reads.
AT_ONCE = 36
#: What is meant by a synonym of the thesaurus alone counts less than what is named.
MEANT = 0.5
#: How little a synonym may be worth for that.
LEAST_WEIGHT = 0.5
#: A place counts here as a method does: people look for somebody near.
PLACE = 2.0
#: Words beside the vocabulary that are looked for in profiles.
MOST_LEFT, LONGEST_WORD = 16, 40
MOST_NAMES, NAME_WORDS = 60, 3
KIND = "rodzaj"
#: How people call a municipality of each kind.
KINDS = {
    MunicipalityKind.RURAL: ("gmina wiejska", "wieś", "sołectwo", "rural municipality", "village"),
    MunicipalityKind.MIXED: ("gmina miejsko-wiejska",),
    MunicipalityKind.URBAN: ("gmina miejska", "miasto", "miasteczko", "town", "city"),
}
#: Words that stand in for others.
_NOBODY = {"nikt", "nic", "ktoś", "coś", "każdy", "żaden", "wiele", "wszyscy", "rada", "województwo"}
_HELPING = {"mieć", "być", "chcieć", "móc"}
_SENTENCE = re.compile(r"[.!?;:…\n]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name that the base knows something by."""

    word: Word
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class Need:
    """`words`: of the vocabulary, and voivodeships, with what each counts; `kind`: of municipality, "" unsaid; `place`: what
    the text names; `left`: its other words of content."""

    words: dict[Word, float] = field(default_factory=dict)
    kind: str = ""
    place: Municipality | None = None
    left: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.words or self.left)

    @property
    def region(self) -> str:
        return next((slug for facet, slug in self.words if facet == REGION), "")


def understand(text: str) -> Need:
    """Never raises, whatever the text holds."""
    rules.refresh()
    need = Need()
    names: dict[str, None] = {}
    for query in parts(text[:LONGEST]):
        taken = named(query, need)
        meant(query, need, taken)
        names |= dict.fromkeys(capitals(query))
        for place, word in enumerate(query.words):
            if place not in taken and says_something(word):
                need.left.append(word.surface)
    settle_place(need, list(names)[:MOST_NAMES])
    need.left = list(dict.fromkeys(need.left))[:MOST_LEFT]
    return need


def says_something(word: Typed) -> bool:
    return not (
        word.stop
        or not 2 < len(word.surface) <= LONGEST_WORD
        or is_light(word)
        or is_verb(normal(word.surface))
        or not _NOBODY.isdisjoint(word.exact)
    )


def parts(text: str) -> Iterator[Query]:
    """The text as questions that are short enough to be read whole."""
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        for start in range(0, len(words), AT_ONCE):
            query = parse(" ".join(words[start : start + AT_ONCE]) + " ")
            if query.words:
                yield query


def phrases() -> dict[str, list[Phrase]]:
    """Everything the base knows by name, by each key of its first word, the longest first; at hand, not to be changed."""

    def find() -> dict[str, list[Phrase]]:
        known = [
            (facet, slug, name)
            for facet, model in TERMS.items()
            for slug, names in names_and_synonyms(model).items()
            for name in names.split("; ")
        ]
        for region in Voivodeship:
            english = () if region.english in NAMED_AS_A_CITY else (region.english,)
            known += [(REGION, region.value, name) for name in (region.polish, *english)]
        known += [(KIND, kind.value, name) for kind, names in KINDS.items() for name in names]
        found: dict[str, list[Phrase]] = {}
        for facet, slug, name in known:
            tokens = tuple(analyze(name))
            for key in {*tokens[0].exact, *tokens[0].folded} if tokens else ():
                found.setdefault(key, []).append(Phrase((facet, slug), tokens))
        for few in found.values():
            few.sort(key=lambda phrase: -len(phrase.tokens))
        return found

    return at_hand("need-phrases", find)


def longest(words: Sequence[Typed]) -> Phrase | None:
    """The longest name that these words begin with, in any form."""
    known = phrases()
    candidates = [phrase for key in (*words[0].exact, *words[0].folded) for phrase in known.get(key, ())]
    candidates.sort(key=lambda phrase: -len(phrase.tokens))
    for phrase in candidates:
        if len(phrase.tokens) <= len(words) and all(map(meets, phrase.tokens, words)):
            return phrase
    return None


def named(query: Query, need: Need) -> set[int]:
    """Note what the words name; the places of the words that do."""
    taken: set[int] = set()
    place = 0
    while place < len(query.words):
        phrase = longest(query.words[place:])
        if phrase is None:
            place += 1
            continue
        note(need, phrase.word, PLACE if phrase.word[0] == REGION else 1.0)
        taken |= set(range(place, place + len(phrase.tokens)))
        place += len(phrase.tokens)
    return taken


def meant(query: Query, need: Need, taken: set[int]) -> None:
    """Note what the thesaurus puts in the place of other words."""
    for other in query.alternatives:
        if (
            other.weight < LEAST_WEIGHT
            or helps(query.words[other.start])
            or not taken.isdisjoint(range(other.start, other.end))
        ):
            continue
        phrase = longest(other.words)
        if phrase is not None and len(phrase.tokens) == len(other.words) and phrase.word[0] != KIND:
            note(need, phrase.word, PLACE if phrase.word[0] == REGION else MEANT)


def helps(word: Typed) -> bool:
    """Whether it may be a verb that every text has: "mamy" are no mothers."""
    return not _HELPING.isdisjoint(word.exact)


def note(need: Need, word: Word, weight: float) -> None:
    if word[0] == KIND:
        need.kind = need.kind or word[1]
    else:
        need.words[word] = max(weight, need.words.get(word, 0.0))


def capitals(query: Query) -> Iterator[str]:
    """What may be names of places: runs of words with capitals, as slugs of their base forms."""
    words = query.words
    for start in range(len(words)):
        for end in range(start + 1, min(start + NAME_WORDS, len(words)) + 1):
            if not words[end - 1].surface[:1].isupper():
                break
            # A sentence begins with a capital, whatever its first word is.
            if start == 0 and end == 1:
                continue
            for forms in product(*(base_forms(word) for word in words[start:end])):
                yield "-".join(forms)


def base_forms(word: Typed) -> list[str]:
    """The word as it is typed, its lemmas, and of adjectives the forms of all genders (zielony, zielona, zielone)."""
    lemmas = [ascii_slug(key) for key in (normal(word.surface), *word.exact) if key.isalpha()][:3]
    other = [
        f"{lemma.removesuffix('y')}{end}"
        for lemma in lemmas
        if lemma.endswith(("y", "ki", "gi"))
        for end in ("a", "e")
    ]
    return list(dict.fromkeys(form for form in [*lemmas, *other] if form))[:5]


def settle_place(need: Need, names: Sequence[str]) -> None:
    """The municipality that the text names, the longest name first; of namesakes the one of the voivodeship or kind that is
    told, else the largest kind. Its voivodeship is noted. One query."""
    rows = list(Municipality.objects.filter(slug__in=names)) if names else []
    if not rows:
        return
    length = max(row.slug.count("-") for row in rows)
    rows = [row for row in rows if row.slug.count("-") == length]
    first = min((names.index(row.slug), row.slug) for row in rows)[1]
    rows = [row for row in rows if row.slug == first]
    told = [row for row in rows if (REGION, row.voivodeship) in need.words] or rows
    told = [row for row in told if row.kind == need.kind] or told
    order = [MunicipalityKind.URBAN, MunicipalityKind.MIXED, MunicipalityKind.RURAL]
    best = min(told, key=lambda row: (order.index(MunicipalityKind(row.kind)), row.pk))
    need.place = best
    need.kind = need.kind or best.kind
    note(need, (REGION, best.voivodeship), PLACE)
    gone = {*first.split("-")}
    need.left = [word for word in need.left if gone.isdisjoint(base_forms(parse(f"{word} ").words[0]))]
