"""Cases ("przykłady działań"): what somebody did, with a fixed head and body."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from blog.querysets import CaseManager, CaseQuerySet
from directory.models import Method, Practitioner, Topic
from directory.terms import in_readers_language, term_filter, voivodeship_filter
from home.cards import Card
from home.listing import Choice, Filter
from home.models import BasePage
from home.models.base import tabbed
from home.typography import listed

from .writing import RELATED, WritingIndexPage, WritingPage

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class CostBand(models.TextChoices):
    NONE = "0", _("bez kosztów")
    SMALL = "5", _("do 5 tys. zł")
    MEDIUM = "20", _("5–20 tys. zł")
    LARGE = "100", _("20–100 tys. zł")
    HUGE = "100+", _("ponad 100 tys. zł")


class CasePage(WritingPage):
    parent_page_types = ["blog.CaseIndexPage"]
    subpage_types: list[str] = []

    objects = CaseManager()
    served_with = ("municipality",)

    year = models.PositiveSmallIntegerField(
        _("rok"), validators=[MinValueValidator(1990), MaxValueValidator(2100)], db_index=True
    )
    initiator = models.CharField(_("inicjator"), max_length=200)
    municipality = models.ForeignKey(
        "directory.Municipality",
        verbose_name=_("gmina"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    place = models.CharField(
        _("miejsce"), max_length=140, blank=True, help_text=_("Sala, osiedle, sołectwo.")
    )
    time = models.CharField(
        _("czas"), max_length=80, blank=True, help_text=_("Na przykład: marzec–czerwiec 2025.")
    )
    audiences = ParentalManyToManyField(
        "directory.Audience", verbose_name=_("z kim"), blank=True, related_name="+"
    )
    participants = models.PositiveIntegerField(_("liczba osób"), null=True, blank=True)
    cost_band = models.CharField(_("koszt"), max_length=4, choices=CostBand.choices, blank=True)
    practitioners = ParentalManyToManyField(
        "directory.Practitioner",
        verbose_name=_("kto o tym opowie"),
        blank=True,
        related_name="cases",
        help_text=_("Kontakt prowadzi przez profil w bazie."),
    )
    essence = RichTextField(_("istota"), features=FEATURES)
    context_text = RichTextField(_("kontekst"), features=FEATURES, blank=True)
    course = RichTextField(_("przebieg"), features=FEATURES, blank=True)
    results = RichTextField(_("rezultaty"), features=FEATURES, blank=True)

    search_follows = (*WritingPage.search_follows, "municipality")
    search_fields = [
        *WritingPage.search_fields,
        index.SearchField("essence"),
        index.SearchField("context_text"),
        index.SearchField("course"),
        index.SearchField("results"),
        index.SearchField("initiator"),
        index.SearchField("place_words", boost=2),
    ]
    search_meaning = (
        ("title", "summary", "term_names"),
        ("title", "essence", "context_text", "course", "results"),
    )
    search_binding = ("place_words",)
    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            FieldPanel("essence"),
            FieldPanel("context_text"),
            FieldPanel("course"),
            FieldPanel("results"),
        ],
        (
            _("Metryka"),
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("time"), FieldPanel("date")]),
                FieldPanel("initiator"),
                MultiFieldPanel([FieldPanel("municipality"), FieldPanel("place")], heading=_("Miejsce")),
                FieldRowPanel([FieldPanel("participants"), FieldPanel("cost_band")]),
                FieldPanel("methods"),
                FieldPanel("topics"),
                FieldPanel("audiences"),
                FieldPanel("practitioners"),
            ],
        ),
    )

    class Meta:
        verbose_name = _("przykład działania")
        verbose_name_plural = _("przykłady działań")

    def place_words(self) -> str:
        if not self.municipality:
            return self.place
        return f"{self.place}; {self.municipality.name}; {self.municipality.region.polish}"

    def chapters(self) -> list[tuple[str, str, str, str]]:
        """Anchor, heading, text and field of the body's parts that are filled in."""
        parts = [
            ("istota", _("Istota"), "essence"),
            ("kontekst", _("Kontekst"), "context_text"),
            ("przebieg", _("Przebieg"), "course"),
            ("rezultaty", _("Rezultaty"), "results"),
        ]
        return [
            (anchor, str(heading), getattr(self, name), name)
            for anchor, heading, name in parts
            if getattr(self, name)
        ]

    def facts(self) -> list[tuple[str, ...]]:
        """The head of the case: what is known, in a fixed order."""
        place = listed(self.told("place"), self.municipality.place if self.municipality else "")
        link = self.municipality.get_absolute_url() if self.municipality else ""
        people = str(self.participants) if self.participants is not None else ""
        rows: list[tuple[Any, ...]] = [
            (_("Rok"), str(self.year)),
            (_("Inicjator"), self.told("initiator")),
            (_("Miejsce"), place, link),
            (_("Czas"), self.told("time")),
            (_("Liczba osób"), people),
            (_("Koszt"), self.get_cost_band_display()),
        ]
        return [(str(name), *value) for name, *value in rows if value[0]]

    def card(self) -> Card:
        where = self.municipality.place if self.municipality else self.place
        return self.card_with(
            kicker=str(_("Przykład działania")),
            meta=" · ".join(part for part in (where, str(self.year)) if part),
            date=self.date,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        methods, topics = list(self.methods.all()), list(self.topics.all())
        related = CasePage.objects.visible().for_cards().related_to(self, methods=methods, topics=topics)
        context |= {
            "people": [
                person.card() for person in Practitioner.objects.visible().same_as(self.practitioners.all())
            ],
            "method_tags": in_readers_language(methods),
            "topic_tags": in_readers_language(topics),
            "audience_tags": in_readers_language(self.audiences.all()),
            "chapters": self.chapters(),
            "facts": self.facts(),
            "related": [page.card() for page in related[:RELATED]],
        }
        return context


class CaseIndexPage(WritingIndexPage):
    subpage_types = ["blog.CasePage"]
    parameters = ("metoda", "temat", "wojewodztwo")
    all_words = _("Wszystkie przykłady")

    class Meta:
        verbose_name = _("lista przykładów działań")
        verbose_name_plural = _("listy przykładów działań")

    def everything(self) -> CaseQuerySet:
        return CasePage.objects.visible()

    def chosen(self, choice: Choice) -> CaseQuerySet:
        found = self.everything().about(topics=choice["temat"], methods=choice["metoda"])
        if choice["wojewodztwo"]:
            found = found.in_voivodeships(choice["wojewodztwo"])
        return found.order_by("-year", "-date", "-pk")

    def filters(self, choice: Choice) -> list[Filter]:
        where = "municipality__voivodeship"
        return [
            term_filter("metoda", str(_("Metoda")), Method, "methods", self.everything(), choice),
            term_filter("temat", str(_("Temat")), Topic, "topics", self.everything(), choice),
            voivodeship_filter("wojewodztwo", str(_("Województwo")), where, self.everything(), choice),
        ]
