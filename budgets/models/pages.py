"""The list of civic budgets and one edition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from budgets.enums import Rule, VoteType
from budgets.querysets import BudgetEditionManager
from home.blocks import BodyBlock
from home.cards import Card
from home.models import BasePage, PartPage
from home.models.base import tabbed

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}
YEARS = [MinValueValidator(2009), MaxValueValidator(2100)]


class BudgetIndexPage(PartPage):
    subpage_types = ["budgets.BudgetEditionPage"]

    body = StreamField(BodyBlock(), verbose_name=_("zasady i wyjaśnienia"), blank=True)

    search_fields = [*PartPage.search_fields, index.SearchField("body")]
    edit_handler = tabbed([*PartPage.content_panels, FieldPanel("body")])

    class Meta:
        verbose_name = _("lista budżetów obywatelskich")
        verbose_name_plural = _("listy budżetów obywatelskich")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from budgets.display import index_context

        return super().get_context(request, *args, **kwargs) | index_context(timezone.now())


class BudgetEditionPage(BasePage):
    """A civic budget of one municipality in one year. Figures are the Polish source's."""

    parent_page_types = ["budgets.BudgetIndexPage"]
    subpage_types: list[str] = []

    municipality = models.ForeignKey(
        "directory.Municipality",
        verbose_name=_("gmina"),
        on_delete=models.PROTECT,
        related_name="budget_editions",
    )
    label = models.CharField(
        _("nazwa edycji"), max_length=80, help_text=_("Na przykład „Budżet obywatelski 2027”.")
    )
    number = models.PositiveSmallIntegerField(_("która edycja"), null=True, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(_("rok budżetowy"), validators=YEARS)
    amount = models.DecimalField(_("kwota w złotych"), help_text=_("Suma wszystkich pul."), **MONEY)

    expenditure = models.DecimalField(
        _("wydatki gminy w złotych"),
        null=True,
        blank=True,
        help_text=_("Z ostatniego sprawozdania z wykonania budżetu; pokażemy, jaka to część."),
        **MONEY,
    )
    expenditure_year = models.PositiveSmallIntegerField(
        _("rok sprawozdania"), null=True, blank=True, validators=YEARS
    )
    expenditure_source = models.CharField(_("źródło liczby"), max_length=200, blank=True)
    expenditure_url = models.URLField(_("adres źródła"), blank=True)

    voters = models.PositiveIntegerField(
        _("ile osób głosowało"), null=True, blank=True, help_text=_("Osób, nie kart: sumy pul nie wpisuj.")
    )
    eligible = models.PositiveIntegerField(_("ile osób mogło głosować"), null=True, blank=True)
    voters_of = models.CharField(
        _("z kogo jest ten procent"),
        max_length=200,
        blank=True,
        help_text=_("Na przykład: mieszkańców w wieku co najmniej 16 lat."),
    )
    vote_type = models.CharField(
        _("na co można głosować"), max_length=12, choices=VoteType.choices, blank=True
    )
    rule = models.CharField(
        _("jak wybiera się projekty"), max_length=24, choices=Rule.choices, default=Rule.GREEDY
    )
    rule_source = models.CharField(
        _("gdzie to zapisano"), max_length=120, blank=True, help_text=_("Na przykład: § 14 regulaminu.")
    )
    channels = models.CharField(_("jak się głosuje"), max_length=200, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("treść"), blank=True)

    objects = BudgetEditionManager()
    served_with = ("municipality",)

    search_follows = ("municipality", "projects")
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place_words", boost=3),
        index.SearchField("label", boost=2),
        index.SearchField("project_words"),
        index.SearchField("body"),
        index.FilterField("fiscal_year"),
        index.FilterField("municipality_id"),
    ]
    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            FieldPanel("municipality"),
            FieldRowPanel([FieldPanel("label"), FieldPanel("number"), FieldPanel("fiscal_year")]),
            FieldPanel("body"),
        ],
        (
            _("Pieniądze"),
            [
                FieldPanel("amount"),
                InlinePanel("pots", heading=_("Pule"), label=_("Pula")),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("expenditure"), FieldPanel("expenditure_year")]),
                        FieldRowPanel([FieldPanel("expenditure_source"), FieldPanel("expenditure_url")]),
                    ],
                    heading=_("Wydatki gminy"),
                ),
            ],
        ),
        (
            _("Głosowanie"),
            [
                InlinePanel("stages", heading=_("Etapy"), label=_("Etap")),
                FieldPanel("vote_type"),
                FieldPanel("rule"),
                FieldPanel("rule_source"),
                FieldPanel("channels"),
                FieldRowPanel([FieldPanel("voters"), FieldPanel("eligible")]),
                FieldPanel("voters_of"),
            ],
        ),
    )

    class Meta:
        verbose_name = _("edycja budżetu obywatelskiego")
        verbose_name_plural = _("edycje budżetów obywatelskich")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.eligible is not None and not self.voters_of.strip():
            errors["voters_of"] = _("Powiedz, kogo liczy ta liczba: bez tego procent nic nie znaczy.")
        if self.voters is not None and self.eligible is not None and self.voters > self.eligible:
            errors["voters"] = _("Głosowało więcej osób, niż mogło.")
        if self.expenditure is not None and not self.expenditure_year:
            errors["expenditure_year"] = _("Podaj, z którego roku jest ta liczba.")
        if errors:
            raise ValidationError(errors)

    @property
    def share_of_expenditure(self) -> Decimal | None:
        """Per cent of the municipality's expenditure, exact; None when it is not known."""
        return self.amount * 100 / self.expenditure if self.expenditure else None

    @property
    def turnout(self) -> Decimal | None:
        """Per cent of those who could vote; None without the number of people and its denominator."""
        return Decimal(self.voters) * 100 / self.eligible if self.voters and self.eligible else None

    def place_words(self) -> str:
        return self.source.municipality.place

    def project_words(self) -> str:
        return "; ".join(self.source.projects.values_list("name", flat=True))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from budgets.display import edition_context

        return super().get_context(request, *args, **kwargs) | edition_context(
            self, request.GET, timezone.now()
        )

    def card(self) -> Card:
        from budgets.display import card

        return card(self)


class BudgetStage(Orderable):
    page = ParentalKey(BudgetEditionPage, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(_("nazwa"), max_length=100)
    start = models.DateField(_("od"))
    end = models.DateField(_("do"))

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("start"), FieldPanel("end")])]

    class Meta(Orderable.Meta):
        verbose_name = _("etap")
        verbose_name_plural = _("etapy")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="budget_stage_ends_after_it_starts",
                violation_error_message=_("Etap kończy się wcześniej, niż się zaczyna."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, today: date) -> str:
        """ "done", "now" or "" (ahead): both first and last day belong to the stage."""
        if self.end < today:
            return "done"
        return "now" if self.start <= today else ""


class BudgetPot(Orderable):
    """Money that is divided on its own: the whole municipality's, a district's, small projects'."""

    page = ParentalKey(BudgetEditionPage, on_delete=models.CASCADE, related_name="pots")
    name = models.CharField(_("nazwa"), max_length=120)
    amount = models.DecimalField(_("kwota w złotych"), **MONEY)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("amount")])]

    class Meta(Orderable.Meta):
        verbose_name = _("pula")
        verbose_name_plural = _("pule")

    def __str__(self) -> str:
        return self.name
