"""The page that every page of the site is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home.cards import Card
from home.querysets import SOURCE_LANGUAGE, BasePageManager

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class CoverTopic(models.TextChoices):
    """The nine drawings that a cover can be made from (home/drawings)."""

    PANEL = "panel", _("panel: półkole ław")
    DIALOGUE = "dialog", _("dialog: nakładające się koła")
    BUDGET = "budzet", _("budżet: koła na jednej linii")
    CLIMATE = "klimat", _("klimat: słońce nad wodą")
    MENTORING = "mentoring", _("mentoring: dwa kręgi")
    LAW = "prawo", _("prawo: rzędy paragrafów")
    FORUM = "forum", _("forum: stoły")
    INCLUSION = "wlaczanie", _("włączanie: różne miejsca")
    YOUTH = "mlodziez", _("młodzież: rozsypany krąg")


class BasePage(Page):
    """Title, summary and cover; the rest of a page is its own.

    Abstract: wagtail-localize does not support Wagtail's swappable base page.
    """

    summary = models.TextField(
        _("streszczenie"),
        max_length=400,
        blank=True,
        help_text=_(
            "Jedno lub dwa zdania: pod tytułem, na listach, w wyszukiwarce i w mediach społecznościowych."
        ),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("okładka"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Bez zdjęcia strona dostanie rysunek z tematu okładki."),
    )
    cover_alt = models.CharField(
        _("tekst zastępczy okładki"),
        max_length=250,
        blank=True,
        help_text=_("Co widać na zdjęciu. Zostaw puste, gdy zdjęcie tylko zdobi."),
    )
    cover_topic = models.CharField(
        _("temat okładki"), max_length=12, choices=CoverTopic.choices, default=CoverTopic.FORUM
    )
    social_title = models.CharField(
        _("tytuł w mediach społecznościowych"),
        max_length=120,
        blank=True,
        help_text=_("Domyślnie tytuł strony."),
    )

    objects = BasePageManager()
    # What is read together with the page when a reader asks for it (home/routing.py).
    served_with: tuple[str, ...] = ()
    # Whether there is a view restriction at all: known where a reader asks for the page.
    any_restricted: bool | None = None

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
    ]
    cover_panels = [
        MultiFieldPanel(
            [FieldPanel("cover"), FieldPanel("cover_alt"), FieldPanel("cover_topic")], heading=_("Okładka")
        )
    ]
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [*Page.promote_panels, FieldPanel("social_title"), *cover_panels]

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, StrPromise]]:
        return [("", _("Strona")), ("card", _("Karta na liście"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/card_preview.html" if mode_name == "card" else str(self.get_template(request))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Wagtail asks for all pages above and where they are aliases of; a site without any restriction need not."""
        known = self.any_restricted
        if not (PageViewRestriction.objects.exists() if known is None else known):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @cached_property
    def source(self) -> Self:
        """The Polish page that this one translates (this one, when there is none), with what it is served with."""
        if self.locale.language_code == SOURCE_LANGUAGE:
            return self
        found = type(self)._default_manager.filter(
            translation_key=self.translation_key, locale__language_code=SOURCE_LANGUAGE
        )
        return found.select_related("locale", *self.served_with).first() or self

    def language_of(self, name: str) -> str:
        """The language of the text in a field: a translation keeps the Polish words until somebody translates them."""
        own = self.locale.language_code
        if own == SOURCE_LANGUAGE or self.source is self:
            return own
        text = _words(self, name)
        return SOURCE_LANGUAGE if not text or text == _words(self.source, name) else own

    def told(self, name: str) -> str:
        """A plain text of this page, or of the Polish page where this one is silent, with `lang` where it is Polish."""
        text = getattr(self, name) or getattr(self.source, name)
        language = self.language_of(name)
        if not text or language == self.locale.language_code:
            return str(text)
        return format_html('<span lang="{}">{}</span>', language, text)

    def card(self) -> Card:
        return self.card_with()

    def card_with(self, **more: Any) -> Card:
        """Title, address, summary and cover, and `more` of what a kind of page tells about itself on lists."""
        return Card(
            title=self.title,
            url=self.get_url() or "",
            text=self.summary,
            image=self.cover,
            image_alt=self.cover_alt,
            cover_topic=self.cover_topic,
            cover_seed=self.slug,
            lang=self.locale.language_code,
            **more,
        )


class PartPage(BasePage):
    """Where a part of the programme begins: one below each home page, with an opening text."""

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    intro = RichTextField(_("wstęp"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True


def _words(page: BasePage, name: str) -> Any:
    """What is written in a field, without the marks of blocks and of HTML."""
    field = page._meta.get_field(name)
    value = field.value_from_object(page)
    searched = getattr(field, "get_searchable_content", None)
    return searched(value) if searched else value


def tabbed(
    content: list,
    *tabs: tuple[StrPromise, list],
    promote: list | None = None,
    settings: list | None = None,
) -> TabbedInterface:
    """The editor of a page: content first, then tabs of (heading, panels), then promotion and settings."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Treść")),
            *(ObjectList(panels, heading=heading) for heading, panels in tabs),
            ObjectList(promote if promote is not None else BasePage.promote_panels, heading=_("Promocja")),
            ObjectList(settings if settings is not None else Page.settings_panels, heading=_("Ustawienia")),
        ]
    )
