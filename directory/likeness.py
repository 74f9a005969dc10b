"""Who is like somebody: by words of the vocabulary that both have, the rarer the more, and by what their texts say.

How many people have a word is counted over the public base and kept for a while: it only weighs. Of all people two short
lists are looked at, those who share the rarest words and the neighbours in meaning, so that it costs the same among a
hundred people and among a hundred thousand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from django.core.cache import cache
from django.db.models import CharField, Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.asking import FACETS, Asked, ask
from directory.finder import foreign
from directory.models.practitioners import Practitioner
from directory.models.vocabulary import Voivodeship
from directory.querysets import PractitionerQuerySet
from directory.terms import TERMS, term_names
from home.cards import Card
from home.querysets import SOURCE_LANGUAGE
from search.similar import nearest

#: A word of the vocabulary or a voivodeship, as in addresses: ("metoda", "panel-obywatelski").
Word = tuple[str, str]

REGION = "wojewodztwo"
#: A place says less about somebody than a method that is as rare.
REGION_WEIGHT = 0.5
#: Seconds for which is kept how rare words are, and who is like whom; who may be seen is asked anew each time.
KEPT = 600
#: Rows of people with rare words, and people of each list, that are looked at.
MOST_ROWS, MOST_PEOPLE = 4000, 40
#: Cosines of two profiles: from where they count as similar, are called so, and count as the same.
FLOOR, CALLED, SAME = 0.3, 0.5, 0.8
#: Of the likeness of two people; the rest is vocabulary.
MEANING = 0.4
#: Below it nobody is like anybody.
LEAST = 0.2
KEPT_PEOPLE, SHOWN, REASONS = 12, 4, 3


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many people have each word, of how many in all."""

    total: int
    people: Mapping[Word, int]

    def weight(self, word: Word) -> float:
        """0 of a word that everybody has."""
        number = self.people.get(word, 1)
        weight = math.log(max(self.total, number) / number)
        return weight * REGION_WEIGHT if word[0] == REGION else weight

    def likeness(self, one: Collection[Word], other: Collection[Word]) -> float:
        """From 0 to 1: whoever has every word there is shares many with everybody, and is like nobody."""
        lengths = self._length(one) * self._length(other)
        return sum(self.weight(word) ** 2 for word in {*one} & {*other}) / lengths if lengths else 0.0

    def _length(self, words: Collection[Word]) -> float:
        return math.sqrt(sum(self.weight(word) ** 2 for word in words))

    def rarest(self, words: Collection[Word]) -> list[Word]:
        """The rarest first, as many as few people have; one at least."""
        found: list[Word] = []
        rows = 0
        for word in sorted(words, key=lambda word: (self.people.get(word, 1), word)):
            rows += self.people.get(word, 1)
            if found and rows > MOST_ROWS:
                break
            found.append(word)
        return found


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody (the key of the Polish row) with the words that both have, the rarest first; `near`: their texts are alike."""

    key: int
    shared: tuple[Word, ...]
    near: bool
    score: float


@dataclass(frozen=True, slots=True)
class Similar:
    """Somebody to be shown, and why; `lang` where their words are not in the reader's language."""

    card: Card
    why: str
    lang: str


def rarity() -> Rarity:
    def count() -> Rarity:
        found = ask(Asked.of(), page_size=0)
        people = {
            (facet, slug): number
            for facet in (*TERMS, REGION)
            for slug, number in found.counts(FACETS[facet])
            if number
        }
        return Rarity(found.total, people)

    return cast(Rarity, cache.get_or_set("directory-rarity", count, KEPT))


def similar_to(source: Practitioner, words: Mapping[Word, str]) -> list[Similar]:
    """At most four people like somebody, all of whom the reader may see. `words`: the methods, topics and audiences of the
    Polish row `source` with their Polish names."""
    likes = cast(
        list[Like], cache.get_or_set(f"directory-like-{source.pk}", lambda: find(source, [*words]), KEPT)
    )
    sources = Practitioner.objects.filter(pk__in=[like.key for like in likes])
    rows = Practitioner.objects.visible().filter(translation_key__in=sources.values("translation_key"))
    cards = rows.for_cards().select_related("municipality", "photo", "locale")
    people = {person.source.pk: person for person in cards} if likes else {}
    names = in_readers_words(words)
    return [
        Similar(person.card(), why(like, names), foreign(person))
        for like in likes
        if (person := people.get(like.key))
    ][:SHOWN]


def find(source: Practitioner, words: Collection[Word]) -> list[Like]:
    """Whoever is like `source`, the most alike first."""
    known, visible = rarity(), Practitioner.objects.visible("pl")
    near = dict(nearest(visible, source, most=MOST_PEOPLE, floor=FLOOR))
    keys = {*sharing(known.rarest(words)), *near} - {source.pk}
    theirs = words_of(visible.filter(pk__in=keys), keys) if keys else {}
    own = with_region(words, source.voivodeship)
    likes = [
        like(known, key, own, held, near.get(key, 0.0), by_meaning=bool(near)) for key, held in theirs.items()
    ]
    return sorted((one for one in likes if one.score >= LEAST), key=lambda one: (-one.score, one.key))[
        :KEPT_PEOPLE
    ]


def like(
    known: Rarity,
    key: int,
    own: Collection[Word],
    theirs: Collection[Word],
    cosine: float,
    *,
    by_meaning: bool,
) -> Like:
    """`by_meaning`: meaning takes part; while it does not, vocabulary is all."""
    share = MEANING if by_meaning else 0.0
    said = min(max(cosine - FLOOR, 0.0) / (SAME - FLOOR), 1.0)
    shared = sorted({*own} & {*theirs}, key=lambda word: (-known.weight(word), word))
    telling = tuple(word for word in shared if known.weight(word) > 0)
    return Like(key, telling, cosine >= CALLED, (1 - share) * known.likeness(own, theirs) + share * said)


def with_region(words: Collection[Word], region: str) -> set[Word]:
    return {*words, (REGION, region)} if region else {*words}


def words_of(visible: PractitionerQuerySet, keys: Collection[int]) -> dict[int, set[Word]]:
    """The words of each of the people who may be seen, of those with these keys. One query."""
    places = visible.order_by().values_list("pk", Value(REGION, CharField()), "voivodeship")
    terms = (
        model._default_manager.filter(practitioners__in=keys)
        .order_by()
        .values_list("practitioners", Value(facet, CharField()), "slug")
        for facet, model in TERMS.items()
    )
    rows = list(places.union(*terms, all=True))
    found: dict[int, set[Word]] = {key: set() for key, facet, _slug in rows if facet == REGION}
    for key, facet, slug in rows:
        if slug and key in found:
            found[key].add((facet, slug))
    return found


def sharing(words: Collection[Word]) -> list[int]:
    """Keys of the people who have most of these words, whoever may see them. One query."""
    parts = [
        model._default_manager.filter(slug__in=slugs, practitioners__isnull=False)
        .order_by()
        .values_list("practitioners", flat=True)
        for facet, model in TERMS.items()
        if (slugs := [slug for name, slug in words if name == facet])
    ]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)[:MOST_ROWS]
    return [key for key, _number in Counter(rows).most_common(MOST_PEOPLE)]


def in_readers_words(names: Mapping[Word, str]) -> Mapping[Word, str]:
    """What the words are called in the reader's language."""
    if get_language() == SOURCE_LANGUAGE:
        return names
    return {word: term_names(TERMS[word[0]]).get(word[1], name) for word, name in names.items()}


def why(like: Like, names: Mapping[Word, str]) -> str:
    """What both have, in the reader's language."""
    words = [
        Voivodeship(slug).words if facet == REGION else names.get((facet, slug), slug)
        for facet, slug in like.shared[:REASONS]
    ]
    reasons = [_("wspólne: %(words)s") % {"words": ", ".join(words)}] if words else []
    return "; ".join([*reasons, *([_("podobny opis doświadczenia")] if like.near else [])])
