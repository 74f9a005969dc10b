"""What the pages of civic budgets show: plain values for the components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets import charts, results
from budgets.enums import Category, Outcome, ProjectStatus, Rule
from budgets.forms import ProjectOrder
from budgets.money import number, percent, short, short_text
from home.cards import Card
from home.querysets import in_readers_words
from home.typography import date_range, thousands, zlotys

if TYPE_CHECKING:
    from budgets.models import BudgetEditionPage, BudgetProject, BudgetStage

PROJECTS_A_PAGE = 50


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


def card(edition: BudgetEditionPage) -> Card:
    source = edition.source
    return Card(
        title=edition.title,
        url=edition.get_url() or "",
        text=edition.summary,
        kicker=_("Budżet obywatelski · %(year)s") % {"year": source.fiscal_year},
        meta=f"{source.municipality.place} · {short_text(source.amount)}",
        image=edition.cover,
        image_alt=edition.cover_alt,
        cover_topic=edition.cover_topic,
        cover_seed=edition.slug,
        lang=edition.locale.language_code,
    )


# The list of editions


def index_context(now: datetime) -> dict[str, Any]:
    """Editions under their municipalities, the newest first; a constant number of queries."""
    from budgets.models import BudgetEditionPage
    from budgets.querysets import on_the_ballot

    today = timezone.localdate(now)
    rows = (
        BudgetEditionPage.objects.sources()
        .select_related("municipality", "locale", "cover")
        .prefetch_related("stages")
        .annotate(
            ballot=Count("projects", filter=on_the_ballot("projects__")),
            won=Count("projects", filter=on_the_ballot("projects__") & Q(projects__selected__gt=0)),
        )
        .defer("body")
        .newest_first()
    )
    groups: dict[str, dict[str, Any]] = {}
    sources = list(rows)
    for source, edition in zip(sources, in_readers_words(sources), strict=True):
        place = source.municipality
        group = groups.setdefault(place.pk, {"name": place.name, "region": place.region_words, "rows": []})
        group["rows"].append(_index_row(source, edition, today))
    ordered = sorted(groups.values(), key=lambda group: group["name"])
    return {"municipalities": ordered, "editions": len(sources)}


def _index_row(source: Any, edition: BudgetEditionPage, today: date) -> dict[str, Any]:
    facts = [short_text(source.amount)]
    if source.ballot:
        facts.append(
            ngettext("%(count)s projekt", "%(count)s projektów", source.ballot) % {"count": source.ballot}
        )
    if source.won:
        facts.append(ngettext("%(count)s wybrany", "%(count)s wybranych", source.won) % {"count": source.won})
    return {
        "year": str(source.fiscal_year),
        "title": edition.title,
        "url": edition.get_url() or "",
        "meta": " · ".join(facts),
        "status": stage_status(source.stages.all(), today),
        "lang": edition.locale.language_code,
    }


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


# One edition


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


def category_label(value: str) -> str:
    return str(Category(value).label) if value in Category.values else _("bez kategorii")


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


def votes_words(count: int) -> str:
    return ngettext("%(count)s głos", "%(count)s głosów", count) % {"count": number(count)}


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


# The list of projects


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
