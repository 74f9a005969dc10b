"""Reading rules for civic budgets."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import PageManager

from budgets.enums import ProjectStatus
from budgets.results import WITHDRAWN_COST
from home.querysets import BasePageQuerySet


class BudgetEditionQuerySet(BasePageQuerySet):
    """Figures stand on the Polish source; a translation carries words only."""

    def newest_first(self) -> BudgetEditionQuerySet:
        return self.order_by("-fiscal_year", "-number", "title")


BudgetEditionManager = PageManager.from_queryset(BudgetEditionQuerySet)


def on_the_ballot(prefix: str = "") -> Q:
    """Not withdrawn before the vote; `prefix` leads to the project from another model."""
    return ~Q(**{f"{prefix}status": ProjectStatus.WITHDRAWN}) & ~Q(**{f"{prefix}cost": WITHDRAWN_COST})
