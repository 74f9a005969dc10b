"""Articles: guides, conversations, analyses, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import RichTextBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index

from blog.querysets import ArticleManager, ArticleQuerySet
from directory.models import Method, Practitioner, Topic
from directory.terms import in_readers_language, term_filter
from home.blocks import BodyBlock
from home.cards import Card
from home.listing import Choice, Filter, filter_of
from home.models import BasePage
from home.models.base import tabbed
from home.typography import count_words, reading_minutes

from .writing import RELATED, WritingIndexPage, WritingPage

LONG_TEXT_WORDS = 600


class Series(TranslatableMixin, models.Model):
    """Articles that are read in order."""

    name = models.CharField(_("nazwa"), max_length=100)
    description = models.TextField(_("opis"), max_length=300, blank=True)

    panels = [FieldPanel("name"), FieldPanel("description")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("cykl artykułów")
        verbose_name_plural = _("cykle artykułów")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ArticlePage(WritingPage):
    parent_page_types = ["blog.ArticleIndexPage"]
    subpage_types: list[str] = []

    objects = ArticleManager()
    served_with = ("series__locale",)

    class Kind(models.TextChoices):
        GUIDE = "poradnik", _("Poradnik")
        CONVERSATION = "rozmowa", _("Rozmowa")
        ANALYSIS = "analiza", _("Analiza")
        REPORT = "relacja", _("Relacja")

    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind.choices, default=Kind.GUIDE)
    authors = ParentalManyToManyField(
        "directory.Practitioner", verbose_name=_("autorzy z bazy"), blank=True, related_name="articles"
    )
    coauthors = models.TextField(
        _("autorzy spoza bazy"),
        max_length=400,
        blank=True,
        help_text=_("Każda osoba w osobnej linii: imię i nazwisko, po przecinku rola."),
    )
    series = models.ForeignKey(
        Series,
        verbose_name=_("cykl"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    series_order = models.PositiveSmallIntegerField(_("który w cyklu"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("treść"), blank=True)
    notes = StreamField(
        [("note", RichTextBlock(features=["bold", "italic", "link"], label=_("Przypis")))],
        verbose_name=_("przypisy i źródła"),
        blank=True,
        help_text=_("W treści wstaw odnośnik jako indeks górny: [1], [2]…"),
    )

    search_follows = (*WritingPage.search_follows, "authors")
    search_fields = [
        *WritingPage.search_fields,
        index.SearchField("body"),
        index.SearchField("author_names", boost=2),
        index.FilterField("kind"),
    ]
    search_meaning = (("title", "summary", "term_names"), ("title", "body"))
    search_binding = ("author_names",)
    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
            FieldPanel("body"),
            FieldPanel("notes"),
        ],
        (
            _("Autorzy i tematy"),
            [
                MultiFieldPanel([FieldPanel("authors"), FieldPanel("coauthors")], heading=_("Autorzy")),
                FieldPanel("methods"),
                FieldPanel("topics"),
                FieldRowPanel([FieldPanel("series"), FieldPanel("series_order")]),
            ],
        ),
    )

    class Meta:
        verbose_name = _("artykuł")
        verbose_name_plural = _("artykuły")

    def author_names(self) -> str:
        return "; ".join([*(person.name for person in self.authors.all()), *self.outside_authors()])

    def outside_authors(self) -> list[str]:
        return [line.strip() for line in self.coauthors.splitlines() if line.strip()]

    @property
    def text(self) -> str:
        """The body as it is stored, HTML: rendering it would ask the database for what the blocks refer to."""
        return " ".join(texts_in(self.body.raw_data))

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.text)

    @property
    def is_long(self) -> bool:
        """Long enough to need a table of contents."""
        return count_words(self.text) >= LONG_TEXT_WORDS

    def json_ld(self, authors: Iterable[Practitioner]) -> dict[str, Any]:
        """Schema.org Article."""
        names = [
            *(person.name for person in authors),
            *(line.split(",")[0] for line in self.outside_authors()),
        ]
        return {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.title,
            "description": self.summary,
            "datePublished": self.date.isoformat(),
            "dateModified": (self.last_published_at or timezone.now()).isoformat(),
            "inLanguage": self.locale.language_code,
            "author": [{"@type": "Person", "name": name} for name in names],
            "mainEntityOfPage": self.get_full_url(),
        }

    def neighbours(self) -> tuple[ArticlePage | None, ArticlePage | None]:
        """The previous and the next article of the series."""
        if self.series is None or self.series_order is None:
            return None, None
        others = list(
            ArticlePage.objects.visible()
            .filter(series__translation_key=self.series.translation_key, series_order__isnull=False)
            .exclude(translation_key=self.translation_key)
            .order_by("series_order")
        )
        before = [page for page in others if page.series_order < self.series_order]
        after = [page for page in others if page.series_order > self.series_order]
        return (before[-1] if before else None), (after[0] if after else None)

    def series_name(self) -> str:
        """With `lang` where the series has no name in the language of the article."""
        if self.series is None or self.series.locale_id == self.locale_id:
            return self.series.name if self.series else ""
        return format_html('<span lang="{}">{}</span>', self.series.locale.language_code, self.series.name)

    def card(self) -> Card:
        minutes = self.reading_minutes
        reading = ngettext("%(n)s minuta czytania", "%(n)s minut czytania", minutes) % {"n": minutes}
        names = [person.name for person in self.authors.all()] + [
            line.split(",")[0] for line in self.outside_authors()
        ]
        return self.card_with(
            kicker=str(self.get_kind_display()),
            meta=" · ".join([part for part in (", ".join(names), reading) if part]),
            date=self.date,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        previous, following = self.neighbours()
        methods, topics = list(self.methods.all()), list(self.topics.all())
        related = ArticlePage.objects.visible().for_cards().related_to(self, methods=methods, topics=topics)
        authors = list(Practitioner.objects.visible().same_as(self.authors.all()))
        context |= {
            "authors": authors,
            "people": [person.card() for person in authors],
            "method_tags": in_readers_language(methods),
            "topic_tags": in_readers_language(topics),
            "notes": [note.render() for note in self.notes],
            "notes_total": len(self.notes),
            "json_ld": self.json_ld(authors),
            "previous": previous,
            "following": following,
            "series": self.series_name(),
            "related": [page.card() for page in related[:RELATED]],
        }
        return context


def texts_in(stored: Any) -> Iterator[str]:
    """Every text in a stored stream or block, identifiers and addresses apart."""
    if isinstance(stored, str):
        if " " in stored:
            yield stored
    elif isinstance(stored, Mapping):
        for value in stored.values():
            yield from texts_in(value)
    elif isinstance(stored, Iterable):
        for value in stored:
            yield from texts_in(value)


class ArticleIndexPage(RoutablePageMixin, WritingIndexPage):
    subpage_types = ["blog.ArticlePage"]
    parameters = ("temat", "metoda", "rok")
    all_words = _("Wszystkie teksty")

    class Meta:
        verbose_name = _("lista artykułów")
        verbose_name_plural = _("listy artykułów")

    def everything(self) -> ArticleQuerySet:
        return ArticlePage.objects.visible()

    def chosen(self, choice: Choice) -> ArticleQuerySet:
        found = self.everything().about(
            topics=choice["temat"], methods=choice["metoda"], years=choice.years("rok")
        )
        return found.order_by("-date", "-pk")

    def filters(self, choice: Choice) -> list[Filter]:
        return [
            term_filter("temat", str(_("Temat")), Topic, "topics", self.everything(), choice),
            term_filter("metoda", str(_("Metoda")), Method, "methods", self.everything(), choice),
            year_filter("rok", str(_("Rok")), self.everything(), choice),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        base = self.get_full_url()
        return super().get_context(request, *args, **kwargs) | {
            "feeds": [
                (base + self.reverse_subpage("rss"), "application/rss+xml", "RSS"),
                (base + self.reverse_subpage("atom"), "application/atom+xml", "Atom"),
            ]
        }

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        from blog.feeds import ArticleFeed

        return ArticleFeed()(request, index_page=self)

    @path("atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        from blog.feeds import AtomArticleFeed

        return AtomArticleFeed()(request, index_page=self)


def year_filter(name: str, label: str, found: Any, choice: Choice) -> Filter:
    counts = (
        found.order_by()
        .annotate(year=ExtractYear("date"))
        .values_list("year")
        .annotate(Count("pk", distinct=True))
    )
    found_in = {str(year): count for year, count in counts}
    return filter_of(
        name,
        label,
        found_in.items(),
        {year: year for year in found_in},
        choice,
        order=lambda option: -int(option.value),
    )
