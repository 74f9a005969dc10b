"""The list of editions."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import ngettext

from budgets.money import short_text
from home.querysets import in_readers_words

from .stages import stage_status

if TYPE_CHECKING:
    from budgets.models import BudgetEditionPage


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
