"""The pages that any site needs: home, section, content."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home import progress, registry
from home.blocks import BodyBlock, ContentBodyBlock, PathBlock
from home.frame import remembered

from .base import BasePage, tabbed


class HomePage(BasePage):
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1

    hero_title = models.CharField(_("wielki tytuł"), max_length=90, default="Znajdź kogoś, kto już to zrobił")
    hero_lead = models.TextField(
        _("zdanie pod tytułem"),
        max_length=300,
        blank=True,
        help_text=_("{people} zamieni się w liczbę osób w bazie."),
    )
    search_examples = models.CharField(
        _("często szukane"),
        max_length=200,
        blank=True,
        help_text=_("Kilka zapytań, oddzielonych przecinkami."),
    )
    paths_title = models.CharField(_("tytuł dróg"), max_length=90, default="Z której strony stołu siedzisz?")
    paths = StreamField([("path", PathBlock())], verbose_name=_("trzy drogi"), blank=True, max_num=3)
    mentoring_title = models.CharField(_("mentoring: tytuł"), max_length=120, blank=True)
    mentoring_text = models.TextField(_("mentoring: tekst"), max_length=400, blank=True)
    mentoring_button = models.CharField(_("mentoring: napis na przycisku"), max_length=40, blank=True)
    mentoring_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("mentoring: dokąd prowadzi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = [*BasePage.search_fields, index.SearchField("hero_lead")]
    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            MultiFieldPanel(
                [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("search_examples")],
                heading=_("Góra strony"),
            ),
            MultiFieldPanel([FieldPanel("paths_title"), FieldPanel("paths")], heading=_("Drogi")),
            MultiFieldPanel(
                [
                    FieldPanel("mentoring_title"),
                    FieldPanel("mentoring_text"),
                    FieldPanel("mentoring_button"),
                    FieldPanel("mentoring_page"),
                ],
                heading=_("Mentoring"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("strona główna")
        verbose_name_plural = _("strony główne")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        parts = remembered(f"home-{get_language()}", lambda: self.parts(now))
        context |= parts | {
            "today": timezone.localdate(now),
            "seats": sum(row.target for row in parts["progress"]),
            "hero_lead": self.hero_lead.replace("{people}", str(parts["totals"].get("people", ""))),
            "examples": [part.strip() for part in self.search_examples.split(",") if part.strip()],
        }
        return context

    @staticmethod
    def parts(now: datetime) -> dict[str, Any]:
        """What the programme's parts tell the home page."""
        return {
            "upcoming": registry.gather(registry.upcoming, now, 5),
            "latest": registry.gather(registry.latest, now, 5),
            "progress": progress.rows(now),
            "totals": {name: provider() for name, provider in registry.totals.items()},
        }


class SectionPage(BasePage):
    """An opening text and the pages below it."""

    intro = RichTextField(_("wstęp"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("treść"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    edit_handler = tabbed([*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")])

    class Meta:
        verbose_name = _("strona działu")
        verbose_name_plural = _("strony działów")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().public().specific()
        context["children"] = [child.card() for child in children if isinstance(child, BasePage)]
        return context


class ContentPage(BasePage):
    body = StreamField(ContentBodyBlock(), verbose_name=_("treść"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    edit_handler = tabbed([*BasePage.content_panels, FieldPanel("body")])

    class Meta:
        verbose_name = _("strona z treścią")
        verbose_name_plural = _("strony z treścią")
