"""Reading rules for civic budgets."""

from __future__ import annotations

from django.db import models
from wagtail.models import PageManager

from home.querysets import SOURCE_LANGUAGE, BasePageQuerySet


class BudgetEditionQuerySet(BasePageQuerySet):
    """Figures stand on the Polish source; a translation carries words only."""

    def sources(self) -> BudgetEditionQuerySet:
        """The Polish pages that the public may read: one row an edition."""
        return self.visible(SOURCE_LANGUAGE)

    def newest_first(self) -> BudgetEditionQuerySet:
        return self.order_by("-fiscal_year", "-number", "title")


BudgetEditionManager = PageManager.from_queryset(BudgetEditionQuerySet)


class BudgetProjectQuerySet(models.QuerySet):
    def on_the_ballot(self) -> BudgetProjectQuerySet:
        """Without those withdrawn before the vote."""
        from budgets.enums import ProjectStatus
        from budgets.results import WITHDRAWN_COST

        return self.exclude(status=ProjectStatus.WITHDRAWN).exclude(cost=WITHDRAWN_COST)
