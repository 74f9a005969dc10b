"""What is asked of the base, and the one question to the engine: for the page, and whoever else finds people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from directory.models.practitioners import Practitioner
from directory.nearness import Where
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
    "rodzaj": "municipality_kind",
}
ORDERS = {
    "trafnosc": "relevance",
    "odleglosc": "distance",
    "nazwisko": "sort_name",
    "potwierdzone": "-confirmed_at",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, bounded; whatever can't be read is left out, never an error."""

    text: str
    choice: Choice
    order: str
    page: int
    where: Where = field(default_factory=Where)

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        return cls.of(
            query.get("q", ""),
            {name: query.getlist(name) for name in FACETS},
            order=query.get("kolejnosc", ""),
            page=page_number(query.get("strona", "")),
            where=Where.of(query.get("blisko", ""), query.get("km", "")),
        )

    @classmethod
    def of(
        cls,
        text: str = "",
        values: Mapping[str, Sequence[str]] | None = None,
        *,
        order: str = "",
        page: int = 1,
        where: Where | None = None,
    ) -> Asked:
        """`values` by the names of FACETS, `order` one of ORDERS; the usual one where it can't be."""
        text, where = question(text), Where() if where is None else where
        usual = usual_order(text, where)
        if order not in ORDERS or (order == "trafnosc" and not text) or (order == "odleglosc" and not where):
            order = usual
        choice = Choice.of({name: chosen for name, chosen in (values or {}).items() if name in FACETS})
        choice.kept = {"q": text, **where.kept, "kolejnosc": order if order != usual else ""}
        return cls(text, choice, order, max(page, 1), where)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters sends along."""
        return [(name, value) for name, value in self.choice.kept.items() if value]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What the form of words sends along."""
        return [(name, value) for name, values in self.choice.values.items() for value in values]

    @property
    def query(self) -> str:
        """What stands in the address, without the page."""
        return self.choice.query

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.choice or self.where)

    def ordered(self, order: str) -> str:
        """The address in another order, from its first page."""
        kept = self.choice.kept | {"kolejnosc": "" if order == usual_order(self.text, self.where) else order}
        return f"?{Choice(self.choice.values, kept).query}"

    def asking(self, **changed: str) -> str:
        """The address that asks otherwise (the words, the place, how far), with the same choices."""
        query = Choice(self.choice.values, self.choice.kept | changed).query
        return f"?{query}"

    def paged(self, page: int) -> str:
        return "?" + "&".join(part for part in (self.query, f"strona={page}" if page > 1 else "") if part)


def usual_order(text: str, where: Where) -> str:
    if text:
        return "trafnosc"
    return "odleglosc" if where else "nazwisko"


def ask(asked: Asked, people: PractitionerQuerySet | None = None, *, page_size: int = PAGE_SIZE) -> Results:
    """Whom of `people` (all whom the reader may see) the question finds, with the counts of every facet."""
    return faceted(
        Practitioner.objects.visible().for_cards() if people is None else people,
        asked.text,
        filters={name: asked.choice[key] for key, name in FACETS.items() if asked.choice[key]}
        | asked.where.filters,
        facets=list(FACETS.values()),
        order=asked.where.order if asked.order == "odleglosc" else ORDERS[asked.order],
        page=asked.page,
        page_size=page_size,
    )
