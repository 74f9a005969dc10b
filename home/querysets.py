"""What the public may read: the one predicate that pages, search, feeds, exports and sitemaps share."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageManager, PageQuerySet, PageViewRestriction

from home.frame import at_hand
from search import scopes
from search.querysets import IndexedQuerySet

if TYPE_CHECKING:
    from home.models import BasePage

Rows = TypeVar("Rows", bound=QuerySet[Any])
SourcePage = TypeVar("SourcePage", bound="BasePage")

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


def row_for_each(rule: Q, rows: Rows, language: str | None) -> Rows:
    """Of `rows`, one for each of the live Polish sources that meet the `rule`: in `language` where a live translation
    exists, else the source."""
    language = for_reader(language)
    sources = rule & Q(locale__language_code=SOURCE_LANGUAGE, live=True)
    if language == SOURCE_LANGUAGE:
        return scopes.named(language, rows, rows.filter(sources))
    everything = rows.model._default_manager.all()
    told = rows.filter(
        told_in(language, everything),
        Exists(everything.filter(sources, translation_key=OuterRef("translation_key"))),
    )
    return scopes.named(language, rows, told)


def name_languages(rows: Iterable[Any]) -> None:
    """Put on translatable rows the languages that they are in: there are few of them, and they are at hand."""
    unnamed = [row for row in rows if not row._state.fields_cache.get("locale")]
    if not unnamed:
        return
    known = at_hand("locales", lambda: {locale.pk: locale for locale in Locale.objects.all()})
    for row in unnamed:
        if locale := known.get(row.locale_id):
            row.locale = locale


class BasePageQuerySet(IndexedQuerySet, PageQuerySet):
    def public(self) -> Self:
        """Pages that no view restriction covers, as one condition: Wagtail's own asks the database each time."""
        covering = PageViewRestriction.objects.annotate(
            path_asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(path_asked__startswith=F("page__path"))
        return self.filter(~Exists(covering))

    def visible(self, language: str | None = None) -> Self:
        """Live, public pages in `language` (the reader's when None), and the Polish source of what has no live translation."""
        language = for_reader(language)
        told = self.live().public().filter(told_in(language, Page.objects.all()))
        return scopes.named(language, self, told)

    def sources(self) -> Self:
        """The Polish pages that the public may read: one row for each, whatever it is translated to."""
        return self.visible(SOURCE_LANGUAGE)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def in_readers_words(pages: Iterable[SourcePage]) -> list[SourcePage]:
    """The same Polish pages of one model, each as its visible translation where there is one; one query, none in Polish."""
    sources = list(pages)
    if for_reader(None) == SOURCE_LANGUAGE or not sources:
        return sources
    by_key = {page.translation_key: page for page in sources}
    translated = {}
    for page in (
        type(sources[0]).objects.visible().filter(translation_key__in=by_key).select_related("locale")
    ):
        page.source = by_key[page.translation_key]
        translated[page.translation_key] = page
    return [translated.get(page.translation_key, page) for page in sources]


def content_pages() -> BasePageQuerySet:
    """Pages of text that belong to no part of the programme, and the sections above them; for site-wide search."""
    from home.models import ContentPage, SectionPage

    rows: BasePageQuerySet = BasePageQuerySet(Page).visible().type(ContentPage, SectionPage)
    return rows.select_related("locale").specific()
