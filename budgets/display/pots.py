"""The pots of an edition, how one was filled, and why a project lost to one with fewer votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets import charts, results
from budgets.enums import Rule
from budgets.money import number
from home.typography import zlotys

from .words import votes_words

if TYPE_CHECKING:
    from budgets.models import BudgetEditionPage, BudgetProject


@dataclass(frozen=True, slots=True)
class Pot:
    """One pot with its projects and what came of it. `key` is None for projects outside any pot."""

    key: int | None
    name: str
    amount: Decimal
    projects: list[results.Project]

    @property
    def totals(self) -> results.Totals:
        return results.totals(self.projects)

    @property
    def left(self) -> Decimal:
        return results.remaining(self.amount, self.projects)


def pots_of(source: BudgetEditionPage, rows: Sequence[BudgetProject]) -> list[Pot]:
    """The pots in their order; without any, one pot with the whole amount."""
    by_pot: dict[int | None, list[results.Project]] = defaultdict(list)
    for row in rows:
        by_pot[row.pot_id].append(row.plain())
    pots = [Pot(pot.pk, pot.name, pot.amount, by_pot.pop(pot.pk, [])) for pot in source.pots.all()]
    loose = by_pot.pop(None, [])
    if not pots:
        return [Pot(None, "", source.amount, loose)]
    if loose:
        rest = source.amount - sum((pot.amount for pot in pots), Decimal(0))
        pots.append(Pot(None, _("poza pulami"), max(rest, Decimal(0)), loose))
    return pots


def pot_rows(pots: Sequence[Pot]) -> list[dict[str, str]]:
    return [
        {
            "name": pot.name,
            "amount": zlotys(pot.amount),
            "spent": zlotys(pot.totals.spent),
            "left": zlotys(pot.left),
            "selected": _("%(won)s z %(all)s") % {"won": pot.totals.selected, "all": pot.totals.projects},
        }
        for pot in pots
    ]


def reasons(source: BudgetEditionPage, pots: Sequence[Pot]) -> dict[str, Any]:
    """The sentence "why" of the first pot where a project lost to one with fewer votes, and how that pot was filled."""
    found: dict[int | None, results.Surprise] = {}
    if source.rule == Rule.GREEDY:
        found = {
            pot.key: surprise
            for pot in pots
            if (surprise := results.first_surprise(pot.amount, pot.projects)) is not None
        }
    pot = next((pot for pot in pots if pot.key in found), max(pots, key=lambda pot: pot.amount))
    paid = [project.paid for project in results.ballot(pot.projects) if project.paid]
    if not paid:
        return {}
    surprise = found.get(pot.key)
    return {
        "surprise": surprise,
        "why": why(surprise, pot.name if len(pots) > 1 else "") if surprise else "",
        "pot_name": pot.name if len(pots) > 1 else "",
        "pot_picture": charts.filled_pot(pot.amount, paid),
        "pot_left": zlotys(pot.left) if pot.left > 0 else "",
    }


def why(surprise: results.Surprise, pot: str) -> SafeString:
    sentence = (
        _(
            "Projekt „{lost}” zebrał <b>{votes}</b> i nie został wybrany, a „{won}” z wynikiem {fewer} już tak. "
            "Powód jest w kasie: gdy przyszła kolej na pierwszy z nich, w puli „{pot}” zostało już tylko <b>{left}</b>, "
            "a miał kosztować {cost}."
        )
        if pot
        else _(
            "Projekt „{lost}” zebrał <b>{votes}</b> i nie został wybrany, a „{won}” z wynikiem {fewer} już tak. "
            "Powód jest w kasie: gdy przyszła kolej na pierwszy z nich, w puli zostało już tylko <b>{left}</b>, "
            "a miał kosztować {cost}."
        )
    )
    return format_html(
        sentence,
        lost=surprise.lost.name,
        won=surprise.won.name,
        votes=votes_words(surprise.lost.votes),
        fewer=number(surprise.won.votes),
        left=zlotys(surprise.left),
        cost=zlotys(surprise.lost.cost),
        pot=pot,
    )
