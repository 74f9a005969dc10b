"""Reading rules for what is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from wagtail.models import PageManager

from home.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from directory.models.vocabulary import Term

    from .models.writing import WritingPage


class WritingQuerySet(BasePageQuerySet):
    """Articles and cases: both carry methods and topics."""

    def about(
        self, *, topics: Collection[str] = (), methods: Collection[str] = (), years: Collection[int] = ()
    ) -> WritingQuerySet:
        """OR inside each of the three, AND between them; terms by slug, years of the date."""
        rows = self
        if topics:
            rows = rows.filter(topics__slug__in=topics)
        if methods:
            rows = rows.filter(methods__slug__in=methods)
        if years:
            rows = rows.filter(date__year__in=years)
        return rows.distinct()

    def related_to(
        self, page: WritingPage, *, methods: Iterable[Term], topics: Iterable[Term]
    ) -> WritingQuerySet:
        """Others that share methods or topics of `page`: the more they share, the earlier; then the newer."""
        return (
            self.exclude(translation_key=page.translation_key)
            .annotate(
                shared_methods=Count(
                    "methods", filter=Q(methods__slug__in=[term.slug for term in methods]), distinct=True
                ),
                shared_topics=Count(
                    "topics", filter=Q(topics__slug__in=[term.slug for term in topics]), distinct=True
                ),
            )
            .annotate(shared=F("shared_methods") * 2 + F("shared_topics"))
            .filter(shared__gt=0)
            .order_by("-shared", "-date", "-pk")
        )

    def for_cards(self) -> WritingQuerySet:
        """With what `card()` reads, so that a list asks a constant number of queries."""
        return self.select_related("cover", "locale")


class ArticleQuerySet(WritingQuerySet):
    def for_cards(self) -> ArticleQuerySet:
        return super().for_cards().prefetch_related("authors")

    def by(self, practitioner: Any) -> ArticleQuerySet:
        """Written by this person, in whichever language their profile was chosen."""
        return self.filter(authors__translation_key=practitioner.translation_key).distinct()


class CaseQuerySet(WritingQuerySet):
    def for_cards(self) -> CaseQuerySet:
        return super().for_cards().select_related("municipality")

    def by(self, practitioner: Any) -> CaseQuerySet:
        """Cases that this person can tell about."""
        return self.filter(practitioners__translation_key=practitioner.translation_key).distinct()

    def in_voivodeships(self, slugs: Collection[str]) -> CaseQuerySet:
        return self.filter(municipality__voivodeship__in=slugs)


WritingManager = PageManager.from_queryset(WritingQuerySet)
ArticleManager = PageManager.from_queryset(ArticleQuerySet)
CaseManager = PageManager.from_queryset(CaseQuerySet)
