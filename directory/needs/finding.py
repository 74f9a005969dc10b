"""Whom a described need leads to, and why: the words of the base that they share with it, its other words, meaning, place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.addresses import base_url
from directory.finder import best_snippet, foreign
from directory.likeness import REGION, Rarity, Word, rarity, sharing, with_region
from directory.models import Municipality, Practitioner
from directory.models.choices import Likeness
from directory.models.vocabulary import LIKENESSES, MunicipalityKind, Voivodeship
from directory.terms import TERMS, term_names, terms_of
from search.analysis import Query, parse
from search.faceted import Hit, faceted
from search.why import Field, reasons

from .understanding import KIND, Need

SHOWN = 10
#: Answers of the engine that are weighed.
LOOKED_AT = 20
#: What the first of them adds to somebody who has all words of the vocabulary that were understood (1).
BY_WORDS = 0.8
#: Reciprocal ranks, as in search.meaning.fusion.
K = 5
#: Below it nobody is shown: one common word is no answer.
LEAST = 0.05
MOST_WORDS = 4
#: What a municipality of the same kind, and the same one, adds.
SAME_KIND, SAME_PLACE = 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood; `url` filters the base by it, "" where no filter does."""

    label: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Adviser:
    """Somebody to be asked; `reasons` as (words, address that filters the base by them or "")."""

    person: Practitioner
    url: str
    headline: str
    text: SafeString
    lang: str
    reasons: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Advice:
    """What was understood of a need, and whom it leads to; `filters`: everything understood as one address."""

    chips: list[Chip]
    filters: str
    people: list[Adviser]
    degraded: bool


def advise(need: Need) -> Advice:
    """At most ten people whom the reader may see, the best first."""
    visible = Practitioner.objects.visible().for_cards()
    names = {facet: term_names(model) for facet, model in TERMS.items()}
    answers = [faceted(visible, text, page_size=LOOKED_AT) for text in questions(need, names)]
    hits: dict[Any, Hit] = {}
    ranks: dict[Any, int] = {}
    for answer in answers:
        for rank, hit in enumerate(answer.hits):
            key = hit.object.source.pk
            hits.setdefault(key, hit)
            ranks[key] = min(rank, ranks.get(key, rank))
    known = rarity()
    others = set(sharing(known.rarest([word for word in need.words if word[0] != REGION]))) - set(hits)
    people = {key: hit.object for key, hit in hits.items()}
    people |= {one.source.pk: one for one in rows(visible, others)}
    theirs = terms_of(list(people))
    kinds = kinds_of(people.values())
    scored = []
    for key, person in people.items():
        words = with_region(theirs.get(key, ()), person.source.voivodeship)
        score = covered(known, need, words)
        score += BY_WORDS * (K + 1) / (K + 1 + ranks[key]) if key in ranks else 0.0
        score += nearness(need, person, kinds)
        scored.append((score, key))
    best = [
        people[key] for score, key in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= LEAST
    ]
    telling = Telling(need, names, theirs, kinds, hits, parse(" ".join([*need.left, ""])))
    told = [telling.adviser(person) for person in best[: 2 * SHOWN]]
    return Advice(
        chips(need, names),
        filters(need),
        [one for one in told if one.reasons][:SHOWN],
        any(answer.degraded for answer in answers),
    )


def questions(need: Need, names: dict[str, dict[str, str]]) -> list[str]:
    """What the engine is asked: all that was understood, and the words beside the vocabulary, which whoever meets that need
    not have. Lists of words in small letters, so that none of them must be met."""
    vocabulary = [
        names[facet][slug]
        for (facet, slug), worth in need.words.items()
        if worth >= 1 and slug in names.get(facet, ())
    ]
    asked = (" ".join([*need.left, *vocabulary]), " ".join(need.left))
    return [text.lower() for text in dict.fromkeys(asked) if text]


def rows(visible: Any, keys: set[int]) -> list[Practitioner]:
    """The rows that the reader sees of these people (keys of the Polish ones). One query."""
    if not keys:
        return []
    sources = Practitioner.objects.filter(pk__in=keys)
    return list(visible.filter(translation_key__in=sources.values("translation_key")))


def kinds_of(people: Any) -> dict[str, str]:
    """The kind of each municipality that these people are of. One query."""
    places = {person.source.municipality_id for person in people} - {None}
    return (
        dict(Municipality.objects.filter(pk__in=places).order_by().values_list("pk", "kind"))
        if places
        else {}
    )


def covered(known: Rarity, need: Need, words: set[Word]) -> float:
    """How much of what was understood somebody has, from 0 to 1: rare words say more."""
    wanted = {word: known.weight(word) * worth for word, worth in need.words.items()}
    whole = sum(wanted.values())
    return sum(weight for word, weight in wanted.items() if word in words) / whole if whole else 0.0


def nearness(need: Need, person: Practitioner, kinds: dict[str, str]) -> float:
    place = person.source.municipality_id
    if need.place and place == need.place.pk:
        return SAME_PLACE
    return SAME_KIND if need.kind and kinds.get(place or "") == need.kind else 0.0


def address(values: Sequence[Word]) -> str:
    base = base_url()
    return f"{base}?{urlencode(values)}" if base and values else ""


def filters(need: Need) -> str:
    """All that filters the base; nothing where that is one thing, which its own chip leads to."""
    values = [*need.words, *of_kind(need)]
    return address(values) if len(need.words) + bool(need.kind) > 1 else ""


def of_kind(need: Need) -> list[Word]:
    """The values of the base's facet that the kind of municipality is: a town is one with or without county rights, unless
    it is known which."""
    if not need.kind:
        return []
    if need.place and need.place.kind == need.kind:
        return [(KIND, need.place.likeness)]
    towns = [Likeness.CITY] if need.kind == MunicipalityKind.URBAN else []
    return [(KIND, likeness) for likeness in (LIKENESSES[need.kind], *towns)]


def chips(need: Need, names: dict[str, dict[str, str]]) -> list[Chip]:
    labels = {"metoda": _("metoda"), "temat": _("temat"), "grupa": _("z kim"), REGION: _("województwo")}
    order = [*TERMS, REGION]
    found = [
        Chip(labels[facet], name_of((facet, slug), names), address([(facet, slug)]))
        for facet, slug in sorted(need.words, key=lambda word: (order.index(word[0]), -need.words[word]))
    ]
    if need.place:
        found.append(Chip(_("gmina"), need.place.name, need.place.get_absolute_url()))
    if need.kind:
        found.append(Chip(_("rodzaj gminy"), str(MunicipalityKind(need.kind).label), address(of_kind(need))))
    return found


def name_of(word: Word, names: dict[str, dict[str, str]]) -> str:
    facet, slug = word
    return str(Voivodeship(slug).label) if facet == REGION else names[facet].get(slug, slug)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is at hand to say why somebody is shown."""

    need: Need
    names: dict[str, dict[str, str]]
    theirs: dict[Any, list[Word]]
    kinds: dict[str, str]
    hits: dict[Any, Hit]
    left: Query

    def adviser(self, person: Practitioner) -> Adviser:
        return Adviser(
            person=person,
            url=person.get_absolute_url(),
            headline=", ".join(part for part in (person.headline, person.organisation) if part),
            text=best_snippet((person.experience, person.biography), self.left),
            lang=foreign(person),
            reasons=[*self.shared(person), *self.near(person), *self.said(person)],
        )

    def shared(self, person: Practitioner) -> list[tuple[str, str]]:
        """The words of the vocabulary that the text and the person have."""
        theirs = set(self.theirs.get(person.source.pk, ()))
        order = list(TERMS)
        found = sorted(theirs & set(self.need.words), key=lambda word: (order.index(word[0]), word[1]))
        return [(name_of(word, self.names), address([word])) for word in found]

    def near(self, person: Practitioner) -> list[tuple[str, str]]:
        source, need = person.source, self.need
        found = []
        if need.place and source.municipality_id == need.place.pk:
            found.append((_("z tej samej gminy"), need.place.get_absolute_url()))
        elif need.region and source.voivodeship == need.region:
            found.append((_("w tym samym województwie"), address([(REGION, need.region)])))
        elif need.region and need.region in source.works_in:
            found.append((_("pracuje też w tym województwie"), address([(REGION, need.region)])))
        if found and need.kind and self.kinds.get(source.municipality_id or "") == need.kind:
            kind = MunicipalityKind(need.kind)
            found.append((_("też %(kind)s") % {"kind": kind.label}, address(of_kind(need))))
        return found

    def said(self, person: Practitioner) -> list[tuple[str, str]]:
        """The other words of the text as they stand in the profile, and meaning."""
        hit = self.hits.get(person.source.pk)
        if hit is None:
            return []
        texts = (person.headline, person.organisation, person.experience, person.biography)
        found = reasons(self.left, [Field("", text) for text in texts])
        words = dict.fromkeys(form.lower() for reason in found for form in reason.found)
        said = [(_("w opisie: %(words)s") % {"words": ", ".join([*words][:MOST_WORDS])}, "")] if words else []
        return [*said, *([(_("opis bliski znaczeniem"), "")] if hit.by_meaning else [])]
