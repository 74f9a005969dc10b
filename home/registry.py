"""What the parts of the programme tell each other without importing each other.

Each app fills these in its `AppConfig.ready`; whoever shows several parts at once asks here.
Providers run at request time and get the clock as an argument where time matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .cards import Card

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Count:
    """How far one promise of the programme is: `done` have happened, `planned` have a date; `note` says what is next."""

    done: int
    planned: int
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of cards that one part adds to a profile, a municipality's page or a term's page."""

    title: str
    cards: Sequence[Card]
    more_url: str = ""


class Registry(Generic[T]):
    """Named providers in a stable order."""

    def __init__(self) -> None:
        self._providers: dict[str, tuple[int, T]] = {}

    def register(self, name: str, provider: T, *, order: int = 100) -> None:
        self._providers[name] = (order, provider)

    def items(self) -> list[tuple[str, T]]:
        return [
            (name, provider) for name, (_, provider) in sorted(self._providers.items(), key=lambda i: i[1][0])
        ]

    def __iter__(self) -> Iterator[T]:
        return iter([provider for _, provider in self.items()])


# The names are the fields of ProgrammeSettings without "_target".
promises: Registry[Callable[[datetime], Count]] = Registry()
upcoming: Registry[Callable[[datetime, int], Sequence[Card]]] = Registry()
latest: Registry[Callable[[datetime, int], Sequence[Card]]] = Registry()
# Each gets the practitioner, municipality or term and answers a Section or None.
profile_sections: Registry[Callable[[object], Section | None]] = Registry()
municipality_sections: Registry[Callable[[object], Section | None]] = Registry()
term_sections: Registry[Callable[[object], Section | None]] = Registry()
# The Polish rows of a part's public pages that may name a `municipality`.
municipal_pages: Registry[Callable[[], QuerySet]] = Registry()
# Single numbers that the home page and texts may quote, such as "people".
totals: Registry[Callable[[], int]] = Registry()


def named_sections(
    registry: Registry[Callable[[object], Section | None]], subject: object
) -> list[tuple[str, Section]]:
    """What the parts tell of the subject, each with the name that its heading's id is made of; nothing that is empty."""
    found = ((name, provider(subject)) for name, provider in registry.items())
    return [(name, section) for name, section in found if section and section.cards]


def gather(
    registry: Registry[Callable[[datetime, int], Sequence[Card]]], now: datetime, limit: int
) -> list[Card]:
    """At most `limit` cards of all parts: the soonest first for what is upcoming, the newest first for the latest."""
    cards = [card for provider in registry for card in provider(now, limit)]
    return sorted(cards, key=lambda card: str(card.date or ""), reverse=registry is latest)[:limit]
