"""Finding an offer: the same engine and the same question as the practitioner base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.models import Method, Topic, Voivodeship
from directory.terms import term_names
from home.cards import Card
from home.listing import Choice, Filter, Option, chips
from search.analysis import Query, highlight
from search.faceted import FacetValue, faceted

if TYPE_CHECKING:
    from mentoring.models import MentoringOffer

PAGE_SIZE = 12
LONGEST_QUERY = 200
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

    text = query.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY]
    choice = Choice.read(query, tuple(FACETS))
    choice.kept = {"q": text}
    number = query.get("strona", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    results = faceted(
        MentoringOffer.objects.visible().for_cards(),
        text,
        filters={field: choice[name] for name, field in FACETS.items() if choice[name]},
        facets=list(FACETS.values()),
        order="relevance" if text else "sort_name",
        page=max(1, page),
        page_size=PAGE_SIZE,
    )
    labels = {
        "metoda": (_("Metoda"), term_names(Method)),
        "temat": (_("Temat"), term_names(Topic)),
        "wojewodztwo": (_("Województwo"), {value: str(label) for value, label in Voivodeship.choices}),
        "tryb": (_("Tryb"), {value: str(label) for value, label in MentoringOffer.Mode.choices}),
        "dostepnosc": (
            _("Dostępność"),
            {value: str(label) for value, label in MentoringOffer.Availability.choices},
        ),
    }
    filters = [
        options(name, label, known, results.facets[FACETS[name]], choice)
        for name, (label, known) in labels.items()
    ]
    return {
        "q": text,
        "choice": choice,
        "results": results,
        "offers": [found(hit.object, results.query) for hit in results.hits],
        "filters": filters,
        "chips": chips(filters),
        "keep": [("q", text)],
        "page_number": max(1, page),
        "page_total": max(1, -(-results.total // PAGE_SIZE)),
    }


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """An offer as the list shows it; title and text are escaped and marked where they met the query."""

    title: str
    text: str
    card: Card
    facts: list[tuple[str, str]]


def found(offer: MentoringOffer, query: Query) -> FoundOffer:
    where = ", ".join(offer.region_names()) or _("cała Polska")
    facts = [(_("Tryb"), str(offer.get_mode_display())), (_("Gdzie"), where)]
    if offer.hours:
        facts.append((_("Godzin dla zespołu"), str(offer.hours)))
    return FoundOffer(
        highlight(offer.title, query), highlight(offer.description, query, words=45), offer.card(), facts
    )


def options(name: str, label: str, known: dict[str, str], values: list[FacetValue], choice: Choice) -> Filter:
    rows = [
        Option(
            value.value, known[value.value], value.count, value.selected, choice.toggled(name, value.value)
        )
        for value in values
        if value.value in known
    ]
    return Filter(name, label, sorted(rows, key=lambda option: (-option.count, option.label)))
