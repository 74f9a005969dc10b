"""Finding people: what the page shows of the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.addresses import base_url
from directory.asking import FACETS, PAGE_SIZE, Asked, ask
from directory.models.choices import Language, Likeness, Sector
from directory.models.indexing import names_and_synonyms
from directory.models.practitioners import Practitioner
from directory.models.vocabulary import Method, Voivodeship
from directory.nearby import Nearby
from directory.terms import TERMS, term_names, terms_of
from home.drawings import Region
from home.listing import Filter, chips, filter_of, labelled
from search import suggesting
from search.analysis import Query, highlight
from search.faceted import MAX_HITS, Hit
from search.why import Field, reasons

SNIPPET_WORDS = 32
SUGGESTED = 5
TAGS = ("metoda", "temat")  # that a card shows
UNFOLDED = ("metoda", "sektor", "mentor")


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
    distance: str = ""
    tags: list[tuple[SafeString, str]] = field(default_factory=list)
    by_meaning: bool = False
    why: list[str] = field(default_factory=list)


class Found:
    """The answer in the words of the page."""

    def __init__(self, asked: Asked, *, page_size: int = PAGE_SIZE) -> None:
        self.asked = asked
        self.results = ask(asked, page_size=page_size)
        self.base = base_url()
        self.nearby = Nearby(asked)

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.results.total, MAX_HITS) // PAGE_SIZE))

    @cached_property
    def term_names(self) -> dict[str, dict[str, str]]:
        return {key: term_names(model) for key, model in TERMS.items()}

    @cached_property
    def other_names(self) -> dict[str, dict[str, str]]:
        """By facet and slug: the names of a term in every language, by which people are found too."""
        return {key: names_and_synonyms(model) for key, model in TERMS.items()}

    @cached_property
    def terms_of_people(self) -> dict[Any, list[tuple[str, str]]]:
        """Facet and slug of the terms of each person, by the key of the source row."""
        return terms_of([hit.object.source.pk for hit in self.results.hits])

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
            "rodzaj": _("Rodzaj gminy"),
        }
        names = value_names()
        choice = self.asked.choice
        return [
            filter_of(
                key,
                label,
                self.results.counts(FACETS[key]),
                # what was chosen can be taken off, even if it is nothing's name
                {value: value for value in choice[key]} | names[key],
                choice,
                unfolded=key in UNFOLDED,
            )
            for key, label in labels.items()
        ]

    @property
    def facets(self) -> list[Filter]:
        return [found for found in self.filters if found.options]

    @property
    def chips(self) -> list[tuple[str, str]]:
        return [*self.nearby.chip, *chips(self.filters)]

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
                option.label,
            )
            for option in options
        ]

    @property
    def people(self) -> list[FoundPerson]:
        return [self.shown(hit) for hit in self.results.hits]

    def shown(self, hit: Hit) -> FoundPerson:
        person: Practitioner = hit.object
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
            distance=self.nearby.away(person.source),
            tags=[
                (highlight(self.term_names[facet][slug], query), f"{self.base}?{facet}={slug}")
                for facet, slug in self.terms_of_people.get(person.source.pk, ())
                if facet in TAGS and slug in self.term_names[facet]
            ],
            by_meaning=hit.by_meaning,
            why=self.why(hit),
        )

    def why(self, hit: Hit) -> list[str]:
        """What found the person, in the order in which the texts of a profile weigh."""
        if not self.asked.text:
            return []
        person: Practitioner = hit.object
        labels = {"metoda": _("metoda"), "temat": _("temat"), "grupa": _("grupa")}
        terms = [
            Field(labels[facet], self.term_names[facet][slug], True, self.other_names[facet].get(slug, ""))
            for facet, slug in self.terms_of_people.get(person.source.pk, ())
            if slug in self.term_names[facet]
        ]
        texts = (person.headline, person.organisation, person.experience, person.biography)
        fields = [
            Field("", person.name),
            *terms,
            Field(_("miejsce"), person.place, other=person.source.place_words()),
            *(Field("", text) for text in texts),
            Field(_("język pracy"), person.source.language_names()),
            Field("", person.source.mentor_words()),
        ]
        found = reasons(
            self.results.query,
            fields,
            corrected=dict(self.results.corrected),
            by_meaning=hit.by_meaning,
        )
        return [str(reason) for reason in found]

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Words and address of each order; the present one without an address."""
        words = {
            "trafnosc": _("trafność"),
            "odleglosc": _("odległość"),
            "nazwisko": _("nazwisko"),
            "potwierdzone": _("ostatnio potwierdzone"),
        }
        return [
            (label, "" if order == self.asked.order else self.asked.ordered(order))
            for order, label in words.items()
            if (order != "trafnosc" or self.asked.text) and (order != "odleglosc" or self.asked.where)
        ]

    def asking(self, text: str) -> str:
        """The address that asks this instead, with the same choices."""
        return self.asked.asking(q=text)

    @property
    def suggestion_url(self) -> str:
        return self.asking(self.results.suggestion or "")

    @property
    def verbatim_url(self) -> str:
        return self.asking(suggesting.verbatim(self.asked.text, self.results.corrected))

    @property
    def near_words(self) -> list[tuple[str, str]]:
        """What the thesaurus looks for beside the reader's words, each with the address that asks for it alone."""
        seen: dict[str, None] = {}
        for alternative in self.results.query.alternatives:
            seen[" ".join(word.surface for word in alternative.words)] = None
        typed = self.asked.text.lower()
        words = [word for word in seen if word.lower() not in typed][:4]
        return [(word, self.asking(word)) for word in words]

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
        names = term_names(Method)
        return [
            *chosen,
            (_("Pokaż całą bazę"), "?"),
            *(
                (_("Metoda: %(method)s") % {"method": names[slug]}, f"?metoda={slug}")
                for slug in popular
                if slug in names
            ),
        ]


def value_names() -> dict[str, dict[str, str]]:
    """By facet: its values and what they are called in the reader's language."""
    return {
        **{key: term_names(model) for key, model in TERMS.items()},
        "wojewodztwo": labelled(Voivodeship),
        "sektor": labelled(Sector),
        "jezyk": labelled(Language),
        "mentor": {"tak": _("prowadzi mentoring")},
        "rodzaj": labelled(Likeness),
    }


def foreign(row: Any) -> str:
    """The language of the texts of a person or a term where it is not the reader's, for `lang`."""
    code = row.locale.language_code
    return "" if code == get_language() else code


def best_snippet(texts: Iterable[str], query: Query) -> SafeString:
    """Of all texts the part that answers most of the question; the first one's beginning when none does."""
    snippets = [highlight(text, query, words=SNIPPET_WORDS) for text in texts if text.strip()]
    if not snippets:
        return SafeString()
    return max(snippets, key=lambda snippet: len(marked(snippet)))


def marked(snippet: str) -> set[str]:
    return {part.split("</mark>")[0].lower() for part in snippet.split("<mark>")[1:]}
