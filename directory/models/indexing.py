"""What the search index holds of a practitioner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from wagtail.search import index

from home.frame import at_hand

from .choices import Language
from .vocabulary import Voivodeship

if TYPE_CHECKING:
    from directory.querysets import PractitionerQuerySet

    from .practitioners import Practitioner
    from .vocabulary import Term

#: Who looks for Łódź does not look for the whole voivodeship, whose English name is the same.
NAMED_AS_A_CITY = ("Lublin", "Łódź", "Opole")
#: An enumeration gathers its values anew whenever it is asked for them.
LANGUAGES, VOIVODESHIPS = frozenset(Language.values), frozenset(Voivodeship.values)


class PractitionerIndex(index.Indexed):
    """Text, facets and sort keys; facets follow the Polish source, and no e-mail address is among them.

    The vocabulary is indexed in every language it has, so that an English word finds a Polish profile.
    """

    if TYPE_CHECKING:

        @property
        def source(self) -> Practitioner: ...

    search_fields = [
        index.SearchField("name", boost=6),
        index.SearchField("headline", boost=3),
        index.SearchField("organisation", boost=2),
        index.SearchField("place_words", boost=4),
        index.SearchField("method_names", boost=5),
        index.SearchField("topic_names", boost=4),
        index.SearchField("audience_names", boost=3),
        index.SearchField("language_names", boost=2),
        index.SearchField("mentor_words", boost=2),
        index.SearchField("experience", boost=2),
        index.SearchField("biography"),
        index.AutocompleteField("name"),
        index.AutocompleteField("organisation"),
        index.FilterField("method_slugs"),
        index.FilterField("topic_slugs"),
        index.FilterField("audience_slugs"),
        index.FilterField("voivodeship_slugs"),
        index.FilterField("place_codes"),
        index.FilterField("municipality_kind"),
        index.FilterField("language_codes"),
        index.FilterField("sector"),
        index.FilterField("mentor_codes"),
        index.FilterField("is_mentor"),
        index.FilterField("confirmed_at"),
        index.FilterField("sort_name"),
        index.FilterField("initial"),
        index.FilterField("state"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]

    search_follows = ("methods", "topics", "audiences", "municipality", "consents")
    # What is read for its meaning, in readers' order, and what are names and places in it.
    search_meaning = (
        ("headline", "method_names", "topic_names", "audience_names"),
        ("headline", "experience", "biography"),
    )
    search_binding = ("name", "place_words")

    #: What `share` has put here.
    shared_terms: Mapping[str, list[Any]] | None = None

    def _terms(self, name: str) -> list[Any]:
        source: Any = self.source
        held = source.shared_terms
        return list(getattr(source, name).all()) if held is None else held[name]

    def _words(self, name: str) -> str:
        terms = self._terms(name)
        known = names_and_synonyms(type(terms[0])) if terms else {}
        return "; ".join(known.get(term.slug, term.name) for term in terms)

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """With all that a document is made of, so that a rebuild does not ask for each person anew."""
        return super().get_indexed_objects().for_indexing()

    @classmethod
    def search_known(cls, keys: Sequence[Any], using: str) -> dict[Any, date]:
        """For freshness as a part of relevance (search.freshness)."""
        rows: PractitionerQuerySet = cls._default_manager.using(using)
        return rows.filter(pk__in=keys).known_since()

    def method_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("methods")]

    def topic_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("topics")]

    def audience_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("audiences")]

    def method_names(self) -> str:
        return self._words("methods")

    def topic_names(self) -> str:
        return self._words("topics")

    def audience_names(self) -> str:
        return self._words("audiences")

    def voivodeship_slugs(self) -> list[str]:
        source = self.source
        return list(dict.fromkeys([*([source.voivodeship] if source.voivodeship else []), *source.works_in]))

    def place_codes(self) -> list[str]:
        """What nearness goes by: the municipality's code, and the voivodeships."""
        source = self.source
        return [*([source.municipality_id] if source.municipality_id else []), *self.voivodeship_slugs()]

    def municipality_kind(self) -> str:
        place = self.source.municipality
        return place.likeness if place else ""

    def language_codes(self) -> list[str]:
        return list(self.source.languages)

    def mentor_codes(self) -> list[str]:
        """The facet has one value: there is no wish for those who are no mentors."""
        return ["tak"] if self.source.is_mentor else []

    def mentor_words(self) -> str:
        return "mentor mentorka mentoring" if self.source.is_mentor else ""

    def language_names(self) -> str:
        return names_of_languages(tuple(self.source.languages), get_language())

    def place_words(self) -> str:
        source = self.source
        place = source.municipality
        names = (place.name, f"powiat {place.county}") if place else ()
        return "; ".join([*names, *names_of_regions(tuple(source.voivodeship_slugs()))])


@lru_cache(maxsize=1024)
def names_of_languages(codes: tuple[str, ...], language: str | None) -> str:
    """In the present language; in Polish those that not everybody speaks as they are asked for, too: język ukraiński, po
    ukraińsku."""
    names = {code: str(Language(code).label) for code in codes if code in LANGUAGES}
    if language == "pl":
        names |= {
            code: f"język {name}, po {name.removesuffix('i')}u"
            for code, name in names.items()
            if name.endswith("ki") and code != Language.POLISH
        }
    return "; ".join(names.values())


@lru_cache(maxsize=1024)
def names_of_regions(slugs: tuple[str, ...]) -> tuple[str, ...]:
    regions = [Voivodeship(slug) for slug in slugs if slug in VOIVODESHIPS]
    return tuple(
        region.polish if region.english in NAMED_AS_A_CITY else f"{region.polish} {region.english}"
        for region in regions
    )


def names_and_synonyms(model: type[Term]) -> dict[str, str]:
    """Slug → the names and other names of a term in every language that it has; remembered, and not to be changed."""

    def find() -> dict[str, str]:
        words: dict[str, list[str]] = {}
        for term in model._default_manager.order_by("locale_id"):
            words.setdefault(term.slug, []).extend([term.name, *term.other_names])
        return {slug: "; ".join(dict.fromkeys(names)) for slug, names in words.items()}

    return at_hand(f"words-{model._meta.model_name}", find)
