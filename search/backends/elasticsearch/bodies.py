"""What a document of Elasticsearch is made of: the texts of an object, and what stands in it beside their keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import router
from django.db.models import Model

from search import scopes
from search.analysis import fold
from search.backends.database.index import object_id
from search.documents import filter_values, parts, values
from search.keys import Body

MAX_SORT = 200


def alias_of(obj: Model) -> str:
    return obj._state.db or str(router.db_for_read(type(obj)))


def key_of(obj: Model) -> str:
    return object_id(obj, alias_of(obj))


def body(obj: Model, vector: list[float] | None = None) -> Body:
    known = values(obj)
    facets, order = filter_values(obj, known), sort_values(obj, known)
    passing = scopes.scopes_of(obj, alias_of(obj))
    rest = {"pk": key_of(obj), "m": classes(type(obj)), "r": passing, "f": facets, "s": order}
    return Body(parts(obj), (facets, order, passing), rest if vector is None else rest | {"v": vector})


@cache
def classes(model: type[Model]) -> list[str]:
    """The models that an object of this one belongs to."""
    return [
        one._meta.label_lower
        for one in model.__mro__
        if issubclass(one, Model) and hasattr(one, "_meta") and not one._meta.abstract
    ]


def sort_values(obj: Model, known: Mapping[str, Any]) -> dict[str, Any]:
    """What hits can be ordered by: FilterFields of one value, and the columns of the model's own order."""
    found = {name: sort_value(value) for name, value in known.items()}
    for name in columns_of_order(type(obj)):
        found.setdefault(name, sort_value(getattr(obj, name)))
    return {name: value for name, value in found.items() if value is not None}


@cache
def columns_of_order(model: type[Model]) -> list[str]:
    """Names of the model's own columns that its Meta.ordering goes by."""
    names = []
    for entry in model._meta.ordering or ():
        name = entry.removeprefix("-") if isinstance(entry, str) else ""
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field is not None and field.concrete and not field.is_relation:
            names.append(name)
    return names


def sort_value(value: Any) -> Any:
    """A value as the server orders it; None where it has no order."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return value
        case Decimal():
            return float(value)
        case datetime() | date():
            return value.isoformat()
        case str():
            return collated(value)[:MAX_SORT] or None
    return None


_LETTERS = str.maketrans({letter: f"{fold(letter)}\u007f" for letter in "ąćęłńóśź"} | {"ż": "z\u007f\u007f"})


def collated(text: str) -> str:
    """A text as Polish orders it: without regard to case, ł after l."""
    return text.lower().translate(_LETTERS)
