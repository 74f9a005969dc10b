"""What is asked of the base, and the one question to the engine: for the page, and whoever else finds people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from directory.models.practitioners import Practitioner
from directory.querysets import PractitionerQuerySet
from home.listing import Choice
from search.faceted import Results, faceted
from search.typed import page_number, question

PAGE_SIZE = 20

# The name in the address → the field of the index.
FACETS = {
    "metoda": "method_slugs",
    "temat": "topic_slugs",
    "wojewodztwo": "voivodeship_slugs",
    "sektor": "sector",
    "grupa": "audience_slugs",
    "jezyk": "language_codes",
    "mentor": "mentor_codes",
}
ORDERS = {"trafnosc": "relevance", "nazwisko": "sort_name", "potwierdzone": "-confirmed_at"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, bounded; whatever can't be read is left out, never an error."""

    text: str
    choice: Choice
    order: str
    page: int

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        return cls.of(
            query.get("q", ""),
            {name: query.getlist(name) for name in FACETS},
            order=query.get("kolejnosc", ""),
            page=page_number(query.get("strona", "")),
        )

    @classmethod
    def of(
        cls,
        text: str = "",
        values: Mapping[str, Sequence[str]] | None = None,
        *,
        order: str = "",
        page: int = 1,
    ) -> Asked:
        """`values` by the names of FACETS, `order` one of ORDERS; the usual one where it can't be."""
        text, usual = question(text), cls.usual_order(question(text))
        if order not in ORDERS or (order == "trafnosc" and not text):
            order = usual
        choice = Choice.of({name: chosen for name, chosen in (values or {}).items() if name in FACETS})
        choice.kept = {"q": text, "kolejnosc": order if order != usual else ""}
        return cls(text, choice, order, max(page, 1))

    @staticmethod
    def usual_order(text: str) -> str:
        return "trafnosc" if text else "nazwisko"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters sends along."""
        return [(name, value) for name, value in self.choice.kept.items() if value]

    @property
    def query(self) -> str:
        """What stands in the address, without the page."""
        return self.choice.query

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.choice)

    def ordered(self, order: str) -> str:
        """The address in another order, from its first page."""
        kept = self.choice.kept | {"kolejnosc": "" if order == self.usual_order(self.text) else order}
        return f"?{Choice(self.choice.values, kept).query}"

    def paged(self, page: int) -> str:
        return "?" + "&".join(part for part in (self.query, f"strona={page}" if page > 1 else "") if part)


def ask(asked: Asked, people: PractitionerQuerySet | None = None, *, page_size: int = PAGE_SIZE) -> Results:
    """Whom of `people` (all whom the reader may see) the question finds, with the counts of every facet."""
    return faceted(
        Practitioner.objects.visible().for_cards() if people is None else people,
        asked.text,
        filters={name: asked.choice[key] for key, name in FACETS.items() if asked.choice[key]},
        facets=list(FACETS.values()),
        order=ORDERS[asked.order],
        page=asked.page,
        page_size=page_size,
    )
