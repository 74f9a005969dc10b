"""What the public may read: the one predicate that pages, search, feeds, exports and sitemaps share."""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

Rows = TypeVar("Rows", bound=QuerySet[Any])

SOURCE_LANGUAGE = "pl"


def for_reader(language: str | None) -> str:
    """`language`, or the reader's when None."""
    return language or get_language() or SOURCE_LANGUAGE


def told_in(language: str, translations: QuerySet[Any]) -> Q:
    """Live rows in `language`, and the Polish source of what has no live one among `translations`."""
    if language == SOURCE_LANGUAGE:
        return Q(locale__language_code=SOURCE_LANGUAGE)
    translated = translations.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
    )
    return Q(locale__language_code=language, live=True) | Q(
        Q(locale__language_code=SOURCE_LANGUAGE) & ~Exists(translated)
    )


def row_for_each(sources: Rows, rows: Rows, language: str | None) -> Rows:
    """Of `rows`, one for each of the Polish `sources`: in `language` where a live translation exists, else the source."""
    language = for_reader(language)
    if language == SOURCE_LANGUAGE:
        return rows.filter(pk__in=sources.values("pk"))
    return rows.filter(
        told_in(language, rows.model._default_manager.all()),
        translation_key__in=sources.values("translation_key"),
    )


class BasePageQuerySet(PageQuerySet):
    def public(self) -> "BasePageQuerySet":
        """Pages that no view restriction covers, as one condition: Wagtail's own asks the database each time."""
        covering = PageViewRestriction.objects.annotate(
            path_asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(path_asked__startswith=F("page__path"))
        return self.filter(~Exists(covering))

    def visible(self, language: str | None = None) -> "BasePageQuerySet":
        """Live, public pages in `language` (the reader's when None), and the Polish source of what has no live translation."""
        return self.live().public().filter(told_in(for_reader(language), Page.objects.all()))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def content_pages() -> BasePageQuerySet:
    """Pages of text that belong to no part of the programme, and the sections above them; for site-wide search."""
    from home.models import ContentPage, SectionPage

    rows: BasePageQuerySet = BasePageQuerySet(Page).visible().type(ContentPage, SectionPage)
    return rows.select_related("locale").specific()
