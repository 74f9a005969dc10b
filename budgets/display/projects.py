"""The list of an edition's projects: ordered, narrowed to a pot, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from budgets import results
from budgets.enums import Outcome, ProjectStatus, Rule
from budgets.forms import ProjectOrder
from budgets.money import number
from home.typography import zlotys

from .pots import Pot
from .words import category_label, votes_words

if TYPE_CHECKING:
    from budgets.models import BudgetEditionPage, BudgetProject


PROJECTS_A_PAGE = 50


def project_list(
    source: BudgetEditionPage,
    rows: Sequence[BudgetProject],
    pots: Sequence[Pot],
    query: QueryDict,
    voted: bool,
) -> dict[str, Any]:
    form = ProjectOrder(query, pots=[(str(pot.key or "0"), pot.name) for pot in pots])
    form.is_valid()
    order, pot = form.cleaned_data.get("kolejnosc"), form.cleaned_data.get("pula")
    places = {row.pk: place for place, row in enumerate(sorted(rows, key=_by_votes), 1)}
    shown = [row for row in rows if not pot or str(row.pot_id or "0") == pot]
    shown.sort(key={"koszt": _by_cost, "nazwa": _by_name}.get(order or "", _by_votes))
    names = {pot.key: pot.name for pot in pots} if len(pots) > 1 else {}
    left: dict[tuple[int | None, str], Decimal] = {}
    if voted and source.rule == Rule.GREEDY:
        for one in pots:
            left |= {
                (one.key, key): value for key, value in results.left_before(one.amount, one.projects).items()
            }
    page = Paginator(shown, PROJECTS_A_PAGE).get_page(query.get("strona"))
    return {
        "form": form,
        "project_page": page,
        "projects": [_project(row, places[row.pk], names, left, voted) for row in page.object_list],
        "all_projects": [_compact(row, voted) for row in shown] if page.paginator.num_pages > 1 else [],
    }


def _by_votes(row: BudgetProject) -> tuple[bool, int, str]:
    return row.withdrawn, -(row.votes or 0), row.project_id


def _by_cost(row: BudgetProject) -> tuple[bool, Decimal, str]:
    return row.withdrawn, -row.cost, row.project_id


def _by_name(row: BudgetProject) -> tuple[bool, str, str]:
    return row.withdrawn, row.name.casefold(), row.project_id


def outcome(row: BudgetProject, voted: bool) -> tuple[str, str] | None:
    """(modifier, words): selected or not, and what became of it."""
    if row.withdrawn:
        return "", _("wycofany")
    if not voted:
        return None
    words = str(Outcome(row.selected).label)
    if row.selected and row.status in (
        ProjectStatus.IN_PROGRESS,
        ProjectStatus.COMPLETED,
        ProjectStatus.DROPPED,
    ):
        words = f"{words}, {row.get_status_display()}"
    return ("open" if row.selected else ""), words


def _project(
    row: BudgetProject,
    place: int,
    pots: dict[int | None, str],
    left: dict[Any, Decimal],
    voted: bool,
) -> dict[str, Any]:
    money = left.get((row.pot_id, row.project_id))
    note = ""
    if not row.withdrawn and money is not None and row.cost > money:
        note = _("w puli zostało wtedy %(money)s") % {"money": zlotys(max(money, Decimal(0)))}
    category = category_label(row.category) if row.category else ""
    meta = [category, row.place, pots.get(row.pot_id, ""), note]
    return {
        "place": place if voted and not row.withdrawn else "",
        "number": row.project_id,
        "name": row.name,
        "meta": " · ".join(part for part in dict.fromkeys(meta) if part),
        "votes": votes_words(row.votes) if voted and row.votes is not None else "",
        "cost": zlotys(row.cost) if not row.withdrawn else "",
        "status": outcome(row, voted),
    }


def _compact(row: BudgetProject, voted: bool) -> dict[str, Any]:
    state = outcome(row, voted)
    return {
        "name": row.name,
        "votes": number(row.votes or 0) if voted and not row.withdrawn else "",
        "cost": zlotys(row.cost) if not row.withdrawn else "",
        "state": state[1] if state else "",
    }
