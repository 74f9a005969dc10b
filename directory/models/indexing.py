"""What the search index holds of a practitioner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.search import index

from .choices import Language
from .vocabulary import Voivodeship

if TYPE_CHECKING:
    from .practitioners import Practitioner


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
        index.SearchField("experience", boost=2),
        index.SearchField("biography"),
        index.AutocompleteField("name"),
        index.AutocompleteField("organisation"),
        index.FilterField("method_slugs"),
        index.FilterField("topic_slugs"),
        index.FilterField("audience_slugs"),
        index.FilterField("voivodeship_slugs"),
        index.FilterField("language_codes"),
        index.FilterField("sector"),
        index.FilterField("mentor_codes"),
        index.FilterField("is_mentor"),
        index.FilterField("confirmed_at"),
        index.FilterField("sort_name"),
        index.FilterField("state"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]

    def _terms(self, name: str) -> list[Any]:
        return list(getattr(self.source, name).all())

    def method_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("methods")]

    def topic_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("topics")]

    def audience_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("audiences")]

    def method_names(self) -> str:
        return words_of(self._terms("methods"))

    def topic_names(self) -> str:
        return words_of(self._terms("topics"))

    def audience_names(self) -> str:
        return words_of(self._terms("audiences"))

    def voivodeship_slugs(self) -> list[str]:
        source = self.source
        return list(dict.fromkeys([*([source.voivodeship] if source.voivodeship else []), *source.works_in]))

    def language_codes(self) -> list[str]:
        return list(self.source.languages)

    def mentor_codes(self) -> list[str]:
        """The facet has one value: there is no wish for those who are no mentors."""
        return ["tak"] if self.source.is_mentor else []

    def language_names(self) -> str:
        return " ".join(
            str(Language(code).label) for code in self.source.languages if code in Language.values
        )

    def place_words(self) -> str:
        source = self.source
        regions = [Voivodeship(slug) for slug in source.voivodeship_slugs() if slug in Voivodeship.values]
        names = [f"{region.polish} {region.english}" for region in regions]
        if source.municipality:
            names = [source.municipality.name, f"powiat {source.municipality.county}", *names]
        return "; ".join(names)


def words_of(terms: list[Any]) -> str:
    """Names and other names, for the index."""
    return "; ".join(word for term in terms for word in (term.name, *term.other_names))
