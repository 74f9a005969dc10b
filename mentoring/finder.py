"""Finding an offer: the same engine and the same question as the practitioner base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.models import Method, Topic, Voivodeship
from directory.terms import term_names
from home.cards import Card
from home.listing import Choice, chips, filter_of, labelled
from search.analysis import Query, highlight
from search.faceted import Hit, faceted
from search.typed import page_number, question

if TYPE_CHECKING:
    from mentoring.models import MentoringOffer

PAGE_SIZE = 12
# The name in the address → the field of the index.
FACETS = {
    "metoda": "method_slugs",
    "temat": "topic_slugs",
    "wojewodztwo": "voivodeship_slugs",
    "tryb": "mode",
    "dostepnosc": "availability",
}


def find(query: QueryDict) -> dict[str, Any]:
    """The offers that meet the address, with filters and their counts: what the index page shows."""
    from mentoring.models import MentoringOffer

    text = question(query.get("q", ""))
    choice = Choice.read(query, FACETS)
    choice.kept = {"q": text}
    page = page_number(query.get("strona", ""))
    results = faceted(
        MentoringOffer.objects.visible().for_cards(),
        text,
        filters={field: choice[name] for name, field in FACETS.items() if choice[name]},
        facets=list(FACETS.values()),
        order="relevance" if text else "sort_name",
        page=page,
        page_size=PAGE_SIZE,
    )
    names = {
        "metoda": (_("Metoda"), term_names(Method)),
        "temat": (_("Temat"), term_names(Topic)),
        "wojewodztwo": (_("Województwo"), labelled(Voivodeship)),
        "tryb": (_("Tryb"), labelled(MentoringOffer.Mode)),
        "dostepnosc": (_("Dostępność"), labelled(MentoringOffer.Availability)),
    }
    filters = [
        filter_of(name, label, results.counts(FACETS[name]), known, choice)
        for name, (label, known) in names.items()
    ]
    return {
        "q": text,
        "choice": choice,
        "results": results,
        "offers": [found(hit, results.query) for hit in results.hits],
        "filters": filters,
        "chips": chips(filters),
        "keep": [("q", text)],
        "page_number": page,
        "page_total": max(1, -(-results.total // PAGE_SIZE)),
    }


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """An offer as the list shows it; title and text are escaped and marked where they met the query."""

    title: str
    text: str
    card: Card
    facts: list[tuple[str, str]]
    by_meaning: bool


def found(hit: Hit, query: Query) -> FoundOffer:
    offer: MentoringOffer = hit.object
    where = ", ".join(offer.region_names()) or _("cała Polska")
    facts = [(_("Tryb"), str(offer.get_mode_display())), (_("Gdzie"), where)]
    if offer.hours:
        facts.append((_("Godzin dla zespołu"), str(offer.hours)))
    return FoundOffer(
        highlight(offer.title, query),
        highlight(offer.description, query, words=45),
        offer.card(),
        facts,
        hit.by_meaning,
    )
