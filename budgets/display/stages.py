"""Where an edition stands between its first and its last day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from budgets.models import BudgetStage


def stage_status(stages: Iterable[BudgetStage], today: date) -> tuple[str, str] | None:
    """Which stage it is now, or which comes next, or that all are over."""
    ordered = sorted(stages, key=lambda stage: (stage.start, stage.end))
    if not ordered:
        return None
    for stage in ordered:
        if stage.state(today) == "now":
            return "open", _("%(stage)s do %(day)s") % {
                "stage": stage.name,
                "day": date_format(stage.end, "j E Y"),
            }
    ahead = next((stage for stage in ordered if stage.start > today), None)
    if ahead:
        return "part", _("%(stage)s od %(day)s") % {
            "stage": ahead.name,
            "day": date_format(ahead.start, "j E Y"),
        }
    return "done", _("Zakończona")
