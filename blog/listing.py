"""The filters of a list of writings, read from the address: bounded, tolerant, shareable."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict

from directory.models.vocabulary import Term
from directory.terms import in_readers_language

from .querysets import WritingQuerySet

MOST_VALUES = 20
LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: `count` pages would be found, `url` adds it or, when it is selected, takes it away."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    options: list[Option]


@dataclass(slots=True)
class Choice:
    """What the reader chose, by the name of the parameter."""

    values: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, query: QueryDict, names: tuple[str, ...]) -> Choice:
        """Anything unreadable, too long or too many is left out, never an error."""

        def readable(value: str) -> bool:
            return 0 < len(value) <= LONGEST_VALUE and value.isprintable()

        return cls({name: list(filter(readable, query.getlist(name)[:MOST_VALUES])) for name in names})

    def __getitem__(self, name: str) -> list[str]:
        return self.values.get(name, [])

    def __bool__(self) -> bool:
        return any(self.values.values())

    def toggled(self, name: str, value: str) -> str:
        """The address with one value added, or taken away when it was there."""
        changed = {key: list(values) for key, values in self.values.items()}
        chosen = changed.setdefault(name, [])
        chosen.remove(value) if value in chosen else chosen.append(value)
        query = urlencode({key: values for key, values in changed.items() if values}, doseq=True)
        return f"?{query}" if query else "?"

    @property
    def query(self) -> str:
        """For the pager: what stands before `&strona=`."""
        return urlencode({key: values for key, values in self.values.items() if values}, doseq=True)

    def years(self, name: str) -> list[int]:
        return [int(value) for value in self[name] if value.isascii() and value.isdigit() and len(value) == 4]


def term_filter(
    name: str, label: str, model: type[Term], path: str, found: WritingQuerySet, choice: Choice
) -> Filter:
    """The terms in use among `found`, the most frequent first, in the reader's language. Two queries at most."""
    counts = dict(
        found.order_by()
        .values_list(f"{path}__slug")
        .annotate(Count("pk", distinct=True))
        .exclude(**{path: None})
    )
    terms = in_readers_language(model._default_manager.filter(slug__in=counts, locale__language_code="pl"))
    options = [
        Option(
            term.slug,
            term.name,
            counts[term.slug],
            term.slug in choice[name],
            choice.toggled(name, term.slug),
        )
        for term in terms
    ]
    return Filter(name, label, sorted(options, key=lambda option: (-option.count, option.label)))


def page_of(found: WritingQuerySet, number: str | None, size: int) -> Page:
    """The asked page, or the nearest there is."""
    return Paginator(found, size).get_page(number)
