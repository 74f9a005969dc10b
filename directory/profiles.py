"""What the page of one person shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, TextField, Value
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.addresses import base_url
from directory.contact.refusing import can_be_written_to
from directory.finder import foreign
from directory.likeness import Similar, similar_to
from directory.models.choices import Language, Sector
from directory.models.practitioners import Practitioner, PractitionerLink
from directory.models.vocabulary import Method, Voivodeship
from directory.terms import TERMS, explanations, first_sentence, term_names
from home import registry
from home.querysets import SOURCE_LANGUAGE
from home.registry import Section

#: Where a person holds the terms of each facet.
HELD = {"metoda": "methods", "temat": "topics", "grupa": "audiences"}


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A method with what it is in one sentence; `lang` where that is not in the reader's language."""

    url: str
    label: str
    text: str
    lang: str


class Profile:
    """A person in the reader's language; state, terms and place are the Polish source's."""

    def __init__(self, person: Practitioner, *, draft: bool = False) -> None:
        """`draft`: terms and links are read from `person` itself, where they may be newer than in the database."""
        self.person = person
        self.draft = draft
        self.source = person.source
        #: As components/face.html takes it.
        self.photo: Any = person.photo
        self.base = base_url()
        self.lang = foreign(person)

    @cached_property
    def _rows(self) -> list[tuple[str, str, str, str]]:
        """Terms as (facet, slug, Polish name, Polish description) and links as ("link", address, label, ""). One query."""
        if self.draft:
            return [
                *(
                    (facet, term.slug, term.name, term.description)
                    for facet, name in HELD.items()
                    for term in getattr(self.source, name).all()
                ),
                *(("link", link.url, link.label, "") for link in self.source.links.all()),
            ]
        if not self.source.pk:
            return []
        parts = [
            model._default_manager.filter(practitioners=self.source.pk)
            .order_by()
            .values_list(Value(facet, CharField()), "slug", "name", "description")
            for facet, model in TERMS.items()
        ]
        links = (
            PractitionerLink.objects.filter(practitioner=self.source.pk)
            .order_by()
            .values_list(Value("link", CharField()), "url", "label", Value("", TextField()))
        )
        return [*parts[0].union(*parts[1:], links, all=True)]

    @cached_property
    def terms(self) -> dict[str, list[Link]]:
        """By facet: the page of each term, or the base filtered by one that has none, named in the reader's language."""
        found: dict[str, list[Link]] = {}
        for facet, model in TERMS.items():
            names = {slug: words for kind, slug, words, _text in self._rows if kind == facet}
            if names and get_language() != "pl":
                known = term_names(model)
                names = {slug: known.get(slug, words) for slug, words in names.items()}
            found[facet] = [
                Link(model(slug=slug).get_absolute_url() or f"{self.base}?{facet}={slug}", words)
                for slug, words in sorted(names.items(), key=lambda pair: pair[1])
            ]
        return found

    @property
    def methods(self) -> list[Explained]:
        """The methods that are described."""
        own = {slug: text for kind, slug, _name, text in self._rows if kind == "metoda"}
        if get_language() == SOURCE_LANGUAGE:
            known = {slug: (first_sentence(text), "") for slug, text in own.items() if text}
        else:
            known = explanations(Method)
        slugs = {Method(slug=slug).get_absolute_url(): slug for slug in own}
        return [
            Explained(link.url, link.label, *known[slugs[link.url]])
            for link in self.terms["metoda"]
            if slugs[link.url] in known
        ]

    @cached_property
    def similar(self) -> list[Similar]:
        """Whoever is like this person. One query, and every ten minutes five more."""
        words = {(kind, key): name for kind, key, name, _text in self._rows if kind in TERMS}
        return similar_to(self.source, words) if self.source.pk else []

    @property
    def links(self) -> list[Link]:
        return [
            Link(url, label or url.removeprefix("https://").removeprefix("http://").rstrip("/"))
            for kind, url, label, _text in self._rows
            if kind == "link" and url.startswith(("https://", "http://"))
        ]

    @property
    def region(self) -> str:
        if not self.source.voivodeship:
            return ""
        return _("województwo %(name)s") % {"name": Voivodeship(self.source.voivodeship).label}

    @property
    def line(self) -> str:
        return ", ".join(part for part in (self.person.headline, self.person.organisation) if part)

    @property
    def confirmed(self) -> str:
        day = self.source.confirmed_at
        return confirmed_words(day.month, day.year) if day else ""

    @property
    def languages(self) -> list[str]:
        known = [code for code in self.source.languages if code in Language.values]
        return [str(Language(code).label) for code in known]

    @property
    def facts(self) -> list[tuple[str, str | SafeString]]:
        source = self.source
        elsewhere = [Voivodeship(slug) for slug in source.works_in if slug in Voivodeship.values]
        organisation = self.person.organisation
        sector = str(Sector(source.sector).label) if source.sector in Sector.values else ""
        rows: list[tuple[str, str | SafeString]] = [
            (_("Miejsce"), source.municipality.link if source.municipality else source.place),
            (
                _("Pracuje też w"),
                ", ".join(str(member.label) for member in elsewhere if member.value != source.voivodeship),
            ),
            (_("Organizacja"), ", ".join(part for part in (organisation, sector) if part)),
            (_("Metody"), linked(self.terms["metoda"])),
            (_("Tematy"), linked(self.terms["temat"])),
            (_("Z kim pracuje"), linked(self.terms["grupa"])),
            (_("Języki"), ", ".join(self.languages)),
            (
                _("W sieci"),
                format_html_join(
                    SafeString("<br>"),
                    '<a href="{}" rel="nofollow noopener">{}</a>',
                    ((link.url, link.label) for link in self.links),
                ),
            ),
            (_("Aktualność"), self.confirmed),
        ]
        return [(name, value) for name, value in rows if value]

    @cached_property
    def sections(self) -> list[tuple[str, Section]]:
        """What the parts of the programme tell about the person, with the name of each for its id."""
        return registry.named_sections(registry.profile_sections, self.source)

    @cached_property
    def contact_url(self) -> str:
        """The form that writes to this person; "" for whoever can't be written to. One query."""
        here = self.person.get_absolute_url()
        return f"{here}kontakt/" if here and can_be_written_to(self.source) else ""

    @property
    def handles(self) -> list[tuple[str, str]]:
        """What a reader can do with the profile, beside reading it."""
        here = self.person.get_absolute_url()
        return [
            (f"{here}wizytowka.vcf", _("Pobierz wizytówkę (vCard)")),
            (f"{here}nieaktualne/", _("Zgłoś nieaktualne dane")),
        ]

    @property
    def mentoring(self) -> bool:
        """The page has a section of offers to lead to."""
        return any(name == "mentoring" for name, _section in self.sections)

    def json_ld(self, url: str) -> dict[str, Any]:
        """schema.org Person: only what the page shows, and no address of mail."""
        source = self.source
        place = {
            "@type": "PostalAddress",
            "addressLocality": source.municipality.name if source.municipality else "",
            "addressRegion": str(Voivodeship(source.voivodeship).label) if source.voivodeship else "",
            "addressCountry": "PL",
        }
        data = {
            "@context": "https://schema.org",
            "@type": "Person",
            "@id": url,
            "url": url,
            "name": self.person.name,
            "jobTitle": self.person.headline,
            "worksFor": {"@type": "Organization", "name": self.person.organisation}
            if self.person.organisation
            else None,
            "address": {key: value for key, value in place.items() if value},
            "knowsAbout": [term.label for facet in ("metoda", "temat") for term in self.terms[facet]],
            "knowsLanguage": [code for code in source.languages if code != Language.SIGN],
            "sameAs": [link.url for link in self.links],
        }
        return {key: value for key, value in data.items() if value}


def linked(terms: list[Link]) -> SafeString:
    return format_html_join(", ", '<a href="{}">{}</a>', ((term.url, term.label) for term in terms))


def confirmed_words(month: int, year: int) -> str:
    """Polish months have a form of their own after "w"."""
    sentences = (
        _("potwierdzono w styczniu %(year)d"),
        _("potwierdzono w lutym %(year)d"),
        _("potwierdzono w marcu %(year)d"),
        _("potwierdzono w kwietniu %(year)d"),
        _("potwierdzono w maju %(year)d"),
        _("potwierdzono w czerwcu %(year)d"),
        _("potwierdzono w lipcu %(year)d"),
        _("potwierdzono w sierpniu %(year)d"),
        _("potwierdzono we wrześniu %(year)d"),
        _("potwierdzono w październiku %(year)d"),
        _("potwierdzono w listopadzie %(year)d"),
        _("potwierdzono w grudniu %(year)d"),
    )
    return sentences[month - 1] % {"year": year}
