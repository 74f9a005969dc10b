"""One edition: its card, its figures, what its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets import charts, results
from budgets.money import number, percent, short, short_text
from home.cards import Card
from home.typography import date_range, thousands, zlotys

from .pots import pot_rows, pots_of, reasons
from .projects import project_list
from .stages import stage_status
from .words import category_label

if TYPE_CHECKING:
    from budgets.models import BudgetEditionPage


def card(edition: BudgetEditionPage) -> Card:
    source = edition.source
    return edition.card_with(
        kicker=_("Budżet obywatelski · %(year)s") % {"year": source.fiscal_year},
        meta=f"{source.municipality.place} · {short_text(source.amount)}",
    )


def edition_context(edition: BudgetEditionPage, query: QueryDict, now: datetime) -> dict[str, Any]:
    source = edition.source
    today = timezone.localdate(now)
    rows = list(source.projects.all())
    plain = [row.plain() for row in rows]
    pots = pots_of(source, rows)
    sums = results.totals(plain)
    voted = sums.votes > 0
    stages = sorted(source.stages.all(), key=lambda stage: (stage.start, stage.end))
    context = {
        "kicker": " · ".join([source.municipality.place, source.label]),
        "figures": figures(source, sums, voted),
        "facts": rule_facts(edition),
        "stages": [(date_range(s.start, s.end), s.name, s.state(today)) for s in stages],
        "stage_status": stage_status(stages, today),
        "totals": sums,
        "voted": voted,
        "categories": category_rows(plain, voted),
        "pots": pot_rows(pots) if len(pots) > 1 and rows else [],
        "facts_lang": source.locale.language_code,
    }
    if voted:
        context |= reasons(source, pots)
        surprise = context.get("surprise")
        named = [surprise.lost.id] if surprise else []
        ballot = results.ballot(plain)
        context["plot"] = charts.scatter(ballot, [*named, *(p.id for p in ballot[:1])])
    return context | project_list(source, rows, pots, query, voted)


def figures(source: BudgetEditionPage, sums: results.Totals, voted: bool) -> list[tuple[str, str, str]]:
    """(value, label, unit) of the key figures; what is not known is left out."""
    value, unit = short(source.amount)
    found = [(value, _("pula do podziału") if source.pots.count() < 2 else _("do podziału w pulach"), unit)]
    if source.voters:
        found.append(
            (thousands(source.voters), ngettext("głosująca osoba", "głosujących osób", source.voters), "")
        )
    if (turnout := source.turnout) is not None:
        label = _("głosowało z %(eligible)s %(whom)s") % {
            "eligible": thousands(source.eligible or 0),
            "whom": source.voters_of,
        }
        found.append((percent(turnout), label, "%"))
    if voted:
        label = _("wybranych projektów z %(all)s") % {"all": sums.projects}
        found.append((str(sums.selected), label, ""))
    elif sums.projects:
        found.append(
            (str(sums.projects), ngettext("projekt na karcie", "projektów na karcie", sums.projects), "")
        )
    if (share := source.share_of_expenditure) is not None:
        label = _("wydatków gminy (sprawozdanie za %(year)s r.)") % {"year": source.expenditure_year}
        found.append((percent(share), label, "%"))
    return found


def rule_facts(edition: BudgetEditionPage) -> list[tuple[str, object]]:
    source = edition.source
    rule = str(source.get_rule_display())
    expenditure: object = ""
    if source.expenditure:
        words = zlotys(source.expenditure)
        origin = source.expenditure_source or source.expenditure_url
        if origin and source.expenditure_url:
            origin = format_html('<a href="{}">{}</a>', source.expenditure_url, origin)
        expenditure = format_html("{}; {}", words, origin) if origin else words
    rows: list[tuple[str, object]] = [
        (_("Gmina"), source.municipality.link),
        (_("Na co można głosować"), source.get_vote_type_display() if source.vote_type else ""),
        (_("Jak wybiera się projekty"), f"{rule} ({source.rule_source})" if source.rule_source else rule),
        (_("Jak się głosuje"), edition.channels or source.channels),
        (_("Kwota"), zlotys(source.amount)),
        (_("Wydatki gminy w %(year)s r.") % {"year": source.expenditure_year}, expenditure),
    ]
    return [(name, value) for name, value in rows if value]


def category_rows(plain: Sequence[results.Project], voted: bool) -> list[dict[str, Any]]:
    """Rows of the chart's table: by votes when there are some, else by cost on the ballot."""
    sums = results.by_category(plain)
    if voted:
        most = max((row.votes for row in sums), default=0)
        return [
            {
                "name": category_label(row.category),
                "bar": charts.bar(row.votes_won, row.votes, most),
                "value": number(row.votes),
                "selected": _("%(won)s z %(all)s") % {"won": row.selected, "all": row.projects},
            }
            for row in sums
        ]
    sums = sorted(sums, key=lambda row: (-row.asked, row.category))
    longest = max((row.asked for row in sums), default=Decimal(0))
    return [
        {
            "name": category_label(row.category),
            "bar": charts.bar(0, row.asked, longest),
            "value": zlotys(row.asked),
            "selected": str(row.projects),
        }
        for row in sums
    ]
