"""What the site-wide search looks through. Each app registers its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """`queryset` gives what the reader may see, at request time; its objects have `card()` (as of home.cards)."""

    name: str
    label: StrPromise
    queryset: Callable[[], QuerySet[Any]]
    order: int


_registered: dict[str, Kind] = {}


def register(
    kind: str, label: StrPromise, queryset: Callable[[], QuerySet[Any]], *, order: int = 100
) -> None:
    """`kind` stands in addresses, `label` above the group; lower `order` comes first."""
    _registered[kind] = Kind(kind, label, queryset, order)


def registered() -> list[Kind]:
    return sorted(_registered.values(), key=lambda kind: (kind.order, kind.name))


def named(name: str) -> Kind | None:
    return _registered.get(name)
