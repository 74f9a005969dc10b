"""What the public may read: the one predicate that pages, search, feeds, exports and sitemaps share."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

SOURCE_LANGUAGE = "pl"


class BasePageQuerySet(PageQuerySet):
    def public(self) -> "BasePageQuerySet":
        """Pages that no view restriction covers, as one condition: Wagtail's own asks the database each time."""
        covering = PageViewRestriction.objects.annotate(
            path_asked=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(path_asked__startswith=F("page__path"))
        return self.filter(~Exists(covering))

    def visible(self, language: str | None = None) -> "BasePageQuerySet":
        """Live, public pages in `language` (the reader's when None), and the Polish source of what has no live translation."""
        language = language or get_language() or SOURCE_LANGUAGE
        rows = self.live().public()
        if language == SOURCE_LANGUAGE:
            return rows.filter(locale__language_code=SOURCE_LANGUAGE)
        translated = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
        )
        return rows.filter(
            Q(locale__language_code=language)
            | Q(Q(locale__language_code=SOURCE_LANGUAGE) & ~Exists(translated))
        )


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def content_pages() -> BasePageQuerySet:
    """Pages of text that belong to no part of the programme, and the sections above them; for site-wide search."""
    from home.models import ContentPage, SectionPage

    rows: BasePageQuerySet = BasePageQuerySet(Page).visible().type(ContentPage, SectionPage)
    return rows.select_related("locale").specific()
