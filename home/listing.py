"""The filters of a list, read from the address: bounded, tolerant, shareable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Choices, QuerySet
from django.http import QueryDict

from search.analysis import fold

MOST_VALUES = 20
LONGEST_VALUE = 80
#: A filter with more values than this shows so many of them, and the others when asked for.
LONG, BEGINNING = 12, 8


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
    """`unfolded` is whether most people narrow by it; unsaid, a short one is."""

    name: str
    label: str
    options: list[Option]
    unfolded: bool | None = None

    @property
    def first(self) -> list[Option]:
        """What a long list begins with, and what of it is chosen."""
        return [option for place, option in enumerate(self.options) if self._shown(place, option)]

    @property
    def rest(self) -> list[Option]:
        """What a long list shows when asked for."""
        return [option for place, option in enumerate(self.options) if not self._shown(place, option)]

    def _shown(self, place: int, option: Option) -> bool:
        return len(self.options) <= LONG or place < BEGINNING or option.selected

    @property
    def open(self) -> bool:
        """Shown unfolded: something is chosen, or it is one to begin with."""
        unfolded = len(self.options) <= 8 if self.unfolded is None else self.unfolded
        return unfolded or any(option.selected for option in self.options)


def labelled(choices: type[Choices]) -> dict[str, str]:
    """The words of each choice in the reader's language."""
    return {value: str(label) for value, label in choices.choices}


def most_frequent(option: Option) -> tuple[int, str]:
    return -option.count, fold(option.label)


def filter_of(
    name: str,
    label: str,
    counts: Iterable[tuple[str, int]],
    names: Mapping[str, str],
    choice: Choice,
    *,
    order: Callable[[Option], Any] = most_frequent,
    unfolded: bool | None = None,
) -> Filter:
    """The filter `name` with a row for each counted value that `names` knows, the most frequent first."""
    options = [
        Option(value, names[value], count, value in choice[name], choice.toggled(name, value))
        for value, count in counts
        if value in names
    ]
    return Filter(name, label, sorted(options, key=order), unfolded)


def chips(filters: list[Filter]) -> list[tuple[str, str]]:
    """What was chosen: the words, and the address without each."""
    return [(option.label, option.url) for found in filters for option in found.options if option.selected]


@dataclass(slots=True)
class Choice:
    """What the reader chose, by the name of the parameter; `kept` (the words, the order) goes along in addresses."""

    values: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query: QueryDict, names: Iterable[str]) -> Choice:
        return cls.of({name: query.getlist(name) for name in names})

    @classmethod
    def of(cls, values: Mapping[str, Sequence[str]]) -> Choice:
        """Anything unreadable, too long or too many is left out, never an error."""

        def readable(value: str) -> bool:
            return 0 < len(value) <= LONGEST_VALUE and value.isprintable()

        return cls({name: list(filter(readable, chosen[:MOST_VALUES])) for name, chosen in values.items()})

    def __getitem__(self, name: str) -> list[str]:
        return self.values.get(name, [])

    def __bool__(self) -> bool:
        return any(self.values.values())

    def toggled(self, name: str, value: str) -> str:
        """The address with one value added, or taken away when it was there."""
        changed = {key: list(values) for key, values in self.values.items()}
        chosen = changed.setdefault(name, [])
        chosen.remove(value) if value in chosen else chosen.append(value)
        chosen_now = {key: values for key, values in changed.items() if values}
        query = urlencode(self._kept | chosen_now, doseq=True)
        return f"?{query}" if query else "?"

    @property
    def query(self) -> str:
        """For the pager: what stands before `&strona=`."""
        return urlencode(
            self._kept | {key: values for key, values in self.values.items() if values}, doseq=True
        )

    @property
    def _kept(self) -> dict[str, str | list[str]]:
        return {name: value for name, value in self.kept.items() if value}

    def years(self, name: str) -> list[int]:
        return [int(value) for value in self[name] if value.isascii() and value.isdigit() and len(value) == 4]


def page_of(found: QuerySet, number: str | None, size: int) -> Page:
    """The asked page, or the nearest there is."""
    return Paginator(found, size).get_page(number)
