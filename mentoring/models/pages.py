"""Mentoring on the site: the way in with its offers, and a page for each edition."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home.blocks import BodyBlock
from home.cards import Card
from home.models import BasePage, PartPage
from home.models.base import tabbed
from home.templatetags.typography import date_range, full_date
from mentoring.finder import find


class MentoringIndexPage(PartPage):
    subpage_types = ["mentoring.MentoringEditionPage", "home.ContentPage"]

    edit_handler = tabbed(PartPage.content_panels)

    class Meta:
        verbose_name = _("mentoring")
        verbose_name_plural = _("mentoring")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        editions = list(
            MentoringEditionPage.objects.visible().select_related("locale").order_by("-year", "-pk")
        )
        recruiting = next((edition for edition in editions if edition.is_recruiting(today)), None)
        context |= {
            "editions": [edition.card() for edition in editions],
            "recruiting": recruiting,
            "recruiting_status": recruiting.status_line(today) if recruiting else None,
            "all_link": [(str(_("Wszystkie oferty")), self.get_url())],
            **find(request.GET),
        }
        return context


class MentoringEditionPage(BasePage):
    parent_page_types = ["mentoring.MentoringIndexPage"]
    subpage_types: list[str] = []

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("zapowiedziana")
        RECRUITING = "recruiting", _("nabór")
        RUNNING = "running", _("trwa")
        FINISHED = "finished", _("zakończona")

    year = models.PositiveSmallIntegerField(_("rok"), db_index=True)
    status = models.CharField(_("stan"), max_length=10, choices=Status.choices, default=Status.ANNOUNCED)
    opens = models.DateField(_("nabór od"), null=True, blank=True)
    closes = models.DateField(_("nabór do"), null=True, blank=True)
    teams_planned = models.PositiveSmallIntegerField(_("ile zespołów"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("treść"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    edit_handler = tabbed(
        [*BasePage.content_panels, FieldPanel("body")],
        (
            _("Nabór i kalendarz"),
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("status"), FieldPanel("teams_planned")]),
                FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
                InlinePanel("dates", heading=_("Kalendarz"), label=_("Data")),
            ],
        ),
    )

    class Meta:
        verbose_name = _("edycja mentoringu")
        verbose_name_plural = _("edycje mentoringu")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True)
                | models.Q(closes__isnull=True)
                | models.Q(closes__gte=models.F("opens")),
                name="mentoring_closes_after_it_opens",
                violation_error_message=_("Nabór kończy się przed rozpoczęciem."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.RECRUITING and not self.closes:
            raise ValidationError({"closes": _("Podaj, do kiedy trwa nabór.")})

    def is_recruiting(self, today: date) -> bool:
        """Applications are taken today; the last day counts."""
        if self.status != self.Status.RECRUITING:
            return False
        return (self.opens is None or self.opens <= today) and (self.closes is None or today <= self.closes)

    def status_line(self, today: date) -> tuple[str, str]:
        """Modifier and words of the status component."""
        if self.is_recruiting(today):
            return "open", str(_("Nabór do %(day)s")) % {"day": full_date(self.closes)}
        if self.status == self.Status.RECRUITING:
            if self.opens is not None and today < self.opens:
                return "part", str(_("Nabór %(days)s")) % {"days": date_range(self.opens, self.closes)}
            return "part", str(_("Nabór zakończony"))
        modifier = "done" if self.status == self.Status.FINISHED else "part"
        return modifier, str(self.get_status_display()).capitalize()

    def card(self) -> Card:
        return self.card_with(
            kicker=str(_("Edycja mentoringu")),
            date=self.closes,
            status=self.status_line(timezone.localdate()),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        dates = list(self.dates.all())
        theirs = [row.text for row in self.source.dates.all()] if self.source is not self else None
        context |= {
            "status_line": self.status_line(today),
            "facts": self.facts(),
            "timeline": [
                (full_date(row.date), row.text, "done" if row.date < today else "") for row in dates
            ],
            "timeline_lang": (
                self.source if theirs == [row.text for row in dates] else self
            ).locale.language_code,
            "offers_url": self.get_parent().get_url(),
        }
        return context

    def facts(self) -> list[tuple[str, str]]:
        rows = [(_("Rok"), str(self.year))]
        if self.opens or self.closes:
            rows.append((_("Nabór"), date_range(self.opens or self.closes, self.closes)))
        if self.teams_planned:
            rows.append((_("Zespoły"), str(self.teams_planned)))
        return [(str(name), value) for name, value in rows]


class MentoringDate(Orderable):
    page = ParentalKey(MentoringEditionPage, on_delete=models.CASCADE, related_name="dates")
    date = models.DateField(_("data"))
    text = models.CharField(_("co się dzieje"), max_length=160)

    class Meta(Orderable.Meta):
        verbose_name = _("data w kalendarzu")
        verbose_name_plural = _("kalendarz")

    def __str__(self) -> str:
        return f"{self.date}: {self.text}"
