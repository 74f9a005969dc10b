"""Finding people: what the address asks for, the one question to the engine, what the page shows of the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.models.choices import Language, Sector
from directory.models.practitioners import Practitioner
from directory.models.vocabulary import Audience, Method, Topic, Voivodeship
from directory.querysets import SOURCE_LANGUAGE
from home.drawings import Region
from home.listing import Choice, Filter, Option, chips
from search.analysis import Query, highlight, restore
from search.faceted import MAX_HITS, FacetValue, Results, faceted

PAGE_SIZE = 20
LONGEST_QUERY = 200
SNIPPET_WORDS = 32
SUGGESTED = 5

# The name in the address → the field of the index.
FACETS = {
    "metoda": "method_slugs",
    "temat": "topic_slugs",
    "wojewodztwo": "voivodeship_slugs",
    "sektor": "sector",
    "grupa": "audience_slugs",
    "jezyk": "language_codes",
    "mentor": "mentor_codes",
}
TERMS = {"metoda": Method, "temat": Topic, "grupa": Audience}
ORDERS = {"trafnosc": "relevance", "nazwisko": "sort_name", "potwierdzone": "-confirmed_at"}
UNFOLDED = ("metoda", "sektor", "mentor")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, bounded; whatever can't be read is left out, never an error."""

    text: str
    choice: Choice
    order: str
    page: int

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        raw = "".join(char if char.isprintable() else " " for char in query.get("q", "")[: 4 * LONGEST_QUERY])
        text = " ".join(raw.split())[:LONGEST_QUERY]
        order = query.get("kolejnosc", "")
        usual = cls.usual_order(text)
        if order not in ORDERS or (order == "trafnosc" and not text):
            order = usual
        number = query.get("strona", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        choice = Choice.read(query, tuple(FACETS))
        choice.kept = {"q": text, "kolejnosc": order if order != usual else ""}
        return cls(text, choice, order, max(page, 1))

    @staticmethod
    def usual_order(text: str) -> str:
        return "trafnosc" if text else "nazwisko"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters sends along."""
        return [(name, value) for name, value in self.choice.kept.items() if value]

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.choice)

    def ordered(self, order: str) -> str:
        """The address in another order, from its first page."""
        kept = self.choice.kept | {"kolejnosc": "" if order == self.usual_order(self.text) else order}
        return f"?{Choice(self.choice.values, kept).query}"

    def paged(self, page: int) -> str:
        query = self.choice.query
        return "?" + "&".join(part for part in (query, f"strona={page}" if page > 1 else "") if part)


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as the list shows them; names and texts are escaped and marked where they met the question."""

    person: Practitioner
    name: SafeString
    headline: SafeString
    text: SafeString
    place: str
    mentor: bool
    url: str
    lang: str
    tags: list[tuple[SafeString, str]] = field(default_factory=list)


class Found:
    """The answer in the words of the page."""

    def __init__(self, query: QueryDict) -> None:
        self.asked = asked = Asked.read(query)
        self.results: Results = faceted(
            Practitioner.objects.visible().for_cards(),
            asked.text,
            filters={name: asked.choice[key] for key, name in FACETS.items() if asked.choice[key]},
            facets=list(FACETS.values()),
            order=ORDERS[asked.order],
            page=asked.page,
            page_size=PAGE_SIZE,
        )

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.results.total, MAX_HITS) // PAGE_SIZE))

    @cached_property
    def terms(self) -> tuple[dict[tuple[str, str], str], dict[Any, list[tuple[str, str]]]]:
        """Names of the terms by facet and slug; by the source row's key, the terms of each person. One query."""
        counted = {key: {value.value for value in self.results.facets[FACETS[key]]} for key in TERMS}
        return terms_of(counted, [hit.object.source.pk for hit in self.results.hits])

    @property
    def term_names(self) -> dict[tuple[str, str], str]:
        return self.terms[0]

    @property
    def terms_of_people(self) -> dict[Any, list[tuple[str, str]]]:
        return self.terms[1]

    @cached_property
    def filters(self) -> list[Filter]:
        labels = {
            "metoda": _("Metoda"),
            "temat": _("Temat"),
            "wojewodztwo": _("Województwo"),
            "sektor": _("Sektor"),
            "grupa": _("Z kim pracuje"),
            "jezyk": _("Język pracy"),
            "mentor": _("Mentoring"),
        }
        names: dict[tuple[str, str], str] = dict(self.term_names)
        names |= {("wojewodztwo", member.value): voivodeship_name(member) for member in Voivodeship}
        names |= {("sektor", value): str(label) for value, label in Sector.choices}
        names |= {("jezyk", value): str(label) for value, label in Language.choices}
        names["mentor", "tak"] = _("prowadzi mentoring")
        return [
            Filter(
                key,
                label,
                [
                    self.option(key, value, names.get((key, value.value), value.value))
                    for value in self.results.facets[FACETS[key]]
                    if value.value and (value.selected or (key, value.value) in names)
                ],
            )
            for key, label in labels.items()
        ]

    def option(self, key: str, value: FacetValue, label: str) -> Option:
        url = self.asked.choice.toggled(key, value.value)
        return Option(value.value, label, value.count, value.selected, url)

    @property
    def facets(self) -> list[tuple[Filter, bool]]:
        """Each with whether it is unfolded: what most people narrow by, and where something is chosen."""
        return [
            (found, found.name in UNFOLDED or any(option.selected for option in found.options))
            for found in self.filters
            if found.options
        ]

    @property
    def chips(self) -> list[tuple[str, str]]:
        return chips(self.filters)

    @property
    def regions(self) -> list[Region]:
        """The same numbers as in the filter; a region's link adds it, or takes it away."""
        options = next(found.options for found in self.filters if found.name == "wojewodztwo")
        return [
            Region(
                option.value,
                option.count,
                ngettext("%(name)s: %(count)d osoba", "%(name)s: %(count)d osób", option.count)
                % {"name": option.label, "count": option.count},
                f"{option.url}#wyniki",
            )
            for option in options
        ]

    @property
    def people(self) -> list[FoundPerson]:
        return [self.shown(hit.object) for hit in self.results.hits]

    def shown(self, person: Practitioner) -> FoundPerson:
        query = self.results.query
        line = ", ".join(part for part in (person.headline, person.organisation) if part)
        return FoundPerson(
            person=person,
            name=highlight(person.name, query),
            headline=highlight(line, query),
            text=best_snippet((person.experience, person.biography), query),
            place=highlight(person.place, query),
            mentor=person.source.is_mentor,
            url=person.get_absolute_url(),
            lang=foreign(person),
            tags=[
                (highlight(self.term_names[facet, slug], query), f"?{facet}={slug}")
                for facet, slug in self.terms_of_people.get(person.source.pk, ())
                if (facet, slug) in self.term_names
            ],
        )

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Words and address of each order; the present one without an address."""
        words = {
            "trafnosc": _("trafność"),
            "nazwisko": _("nazwisko"),
            "potwierdzone": _("ostatnio potwierdzone"),
        }
        return [
            (label, "" if order == self.asked.order else self.asked.ordered(order))
            for order, label in words.items()
            if order != "trafnosc" or self.asked.text
        ]

    @property
    def corrected(self) -> list[tuple[str, str, str]]:
        """Misspelt words: as typed, as read, and the address with the question put right."""
        nearest: dict[str, list[str]] = defaultdict(list)
        for typed, read_as in self.results.corrected:
            nearest[typed].append(with_diacritics(read_as))
        shown = []
        for typed, candidates in nearest.items():
            text = self.asked.text.replace(typed, candidates[0])
            kept = self.asked.choice.kept | {"q": text}
            shown.append((typed, candidates[0], f"?{Choice(self.asked.choice.values, kept).query}"))
        return shown[:3]

    @property
    def near_words(self) -> list[tuple[str, str]]:
        """What the thesaurus looks for beside the reader's words, each with the address that asks for it alone."""
        seen: dict[str, None] = {}
        for alternative in self.results.query.alternatives:
            seen[" ".join(word.surface for word in alternative.words)] = None
        typed = self.asked.text.lower()
        words = [word for word in seen if word.lower() not in typed][:4]
        return [
            (word, f"?{Choice(self.asked.choice.values, self.asked.choice.kept | {'q': word}).query}")
            for word in words
        ]

    @cached_property
    def suggestions(self) -> list[tuple[str, str]]:
        """For an empty answer: fewer filters, all people, the methods that most people know."""
        chosen = [
            (_("Zdejmij filtr „%(filter)s”") % {"filter": label}, url)
            for label, url in self.chips[:SUGGESTED]
        ]
        people = Practitioner.objects.visible("pl")
        popular = dict(
            Method._default_manager.filter(practitioners__in=people.values("pk"))
            .order_by()
            .values_list("slug")
            .annotate(number=Count("practitioners"))
            .order_by("-number", "slug")[:SUGGESTED]
        )
        names = names_of({"metoda": set(popular)})
        return [
            *chosen,
            (_("Pokaż całą bazę"), "?"),
            *(
                (_("Metoda: %(method)s") % {"method": names["metoda", slug]}, f"?metoda={slug}")
                for slug in popular
                if ("metoda", slug) in names
            ),
        ]


def names_of(slugs: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    """Names of terms by facet and slug: in the reader's language, else in Polish. One query."""
    return terms_of(slugs, ())[0]


def terms_of(
    slugs: Mapping[str, Collection[str]], people: Collection[Any]
) -> tuple[dict[tuple[str, str], str], dict[Any, list[tuple[str, str]]]]:
    """`names_of`, and (facet, slug) of the methods and topics of `people` (keys of source rows), in one query."""
    languages = {SOURCE_LANGUAGE, get_language() or SOURCE_LANGUAGE}
    # PostgreSQL would take a bare NULL for a text
    nobody, no_language = Cast(Value(None), BigIntegerField()), Value("", CharField())
    parts: list[QuerySet[Any, Any]] = [
        TERMS[facet]
        ._default_manager.filter(slug__in=wanted, locale__language_code__in=languages)
        .order_by()
        .values_list(nobody, Value(facet, CharField()), "slug", "name", "locale__language_code")
        for facet, wanted in slugs.items()
        if wanted
    ]
    if people:
        parts += [
            TERMS[facet]
            ._default_manager.filter(practitioners__in=people)
            .order_by()
            .values_list("practitioners", Value(facet, CharField()), "slug", "name", no_language)
            for facet in ("metoda", "temat")
        ]
    names: dict[tuple[str, str], str] = {}
    theirs: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    if parts:
        rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        # the Polish names first, so that a translation takes their place
        for key, facet, slug, name, _code in sorted(
            rows, key=lambda row: (row[4] not in ("", SOURCE_LANGUAGE), row[1:3])
        ):
            names[facet, slug] = name
            if key is not None:
                theirs[key].append((facet, slug))
    return names, theirs


def voivodeship_name(member: Voivodeship) -> str:
    return member.english if get_language() == "en" else member.polish


def foreign(person: Practitioner) -> str:
    """The language of a person's texts where it is not the reader's, for `lang`."""
    code = person.locale.language_code
    return "" if code == get_language() else code


def best_snippet(texts: Iterable[str], query: Query) -> SafeString:
    """Of all texts the part that answers most of the question; the first one's beginning when none does."""
    snippets = [highlight(text, query, words=SNIPPET_WORDS) for text in texts if text.strip()]
    if not snippets:
        return SafeString()
    return max(snippets, key=lambda snippet: len(marked(snippet)))


def marked(snippet: str) -> set[str]:
    return {part.split("</mark>")[0].lower() for part in snippet.split("<mark>")[1:]}


def with_diacritics(word: str) -> str:
    """The index keeps folded words; readers are shown the word that was folded."""
    return next(iter(restore(word)), word)
