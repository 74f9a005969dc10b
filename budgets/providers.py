"""What this part tells the others (home.registry)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budgets.display import card
from budgets.models import BudgetEditionPage, BudgetIndexPage
from home.querysets import in_readers_words
from home.registry import Section

MOST_CARDS = 12


def editions_in(municipality: Any) -> Section | None:
    rows = BudgetEditionPage.objects.sources().filter(municipality=municipality).newest_first()
    found = in_readers_words(rows.select_related("municipality", "locale", "cover")[:MOST_CARDS])
    if not found:
        return None
    index = BudgetIndexPage.objects.visible().first()
    return Section(
        _("Budżet obywatelski"),
        [card(edition) for edition in found],
        (index.get_url() or "") if index else "",
    )
