"""A project on the ballot: a row of its own, since an edition may have hundreds."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets import results
from budgets.enums import Category, Outcome, ProjectStatus


class BudgetProject(models.Model):
    """Belongs to the Polish page of the edition. `cost` 999999999 is Pabulib's sign of a withdrawn project."""

    edition = models.ForeignKey(
        "budgets.BudgetEditionPage",
        verbose_name=_("edycja"),
        on_delete=models.CASCADE,
        related_name="projects",
        limit_choices_to={"locale__language_code": "pl"},
    )
    pot = models.ForeignKey(
        "budgets.BudgetPot",
        verbose_name=_("pula"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        help_text=_("Puste: jedna pula na całą gminę."),
    )
    project_id = models.CharField(_("numer"), max_length=40, help_text=_("Jak na karcie do głosowania."))
    name = models.CharField(_("nazwa"), max_length=300)
    category = models.CharField(_("kategoria"), max_length=30, choices=Category.choices, blank=True)
    place = models.CharField(_("gdzie"), max_length=120, blank=True)
    cost = models.DecimalField(
        _("koszt w złotych"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    votes = models.PositiveIntegerField(_("głosy"), null=True, blank=True)
    selected = models.PositiveSmallIntegerField(_("wynik"), choices=Outcome.choices, default=Outcome.LOST)
    status = models.CharField(_("co z nim dalej"), max_length=12, choices=ProjectStatus.choices, blank=True)

    class Meta:
        verbose_name = _("projekt")
        verbose_name_plural = _("projekty")
        ordering = [models.F("votes").desc(nulls_last=True), "project_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "project_id"],
                name="budget_project_id_once_an_edition",
                violation_error_message=_("Projekt o tym numerze już jest w tej edycji."),
            ),
            models.CheckConstraint(condition=models.Q(cost__gte=0), name="budget_project_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pot and self.edition_id and self.pot.page_id != self.edition_id:
            raise ValidationError({"pot": _("Ta pula należy do innej edycji.")})
        if self.withdrawn and self.selected:
            raise ValidationError({"selected": _("Projekt wycofany nie może być wybrany.")})

    @property
    def withdrawn(self) -> bool:
        return self.status == ProjectStatus.WITHDRAWN or self.cost == results.WITHDRAWN_COST

    def plain(self) -> results.Project:
        """The values that sums and winners are computed from."""
        return results.Project(
            id=self.project_id,
            name=self.name,
            category=self.category,
            cost=self.cost,
            votes=self.votes or 0,
            selected=self.selected,
            withdrawn=self.withdrawn,
            pot=self.pot_id,
        )
