"""What the index holds of an object: its texts, from which search.keys makes keys, and the values of its facets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.related import RelatedField
from django.utils.encoding import force_str
from django.utils.html import strip_tags
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, BaseField, FilterField, RelatedFields, SearchField
from wagtail.models import Page

from search import keys, rules
from search.keys import MAX_COUNT, MAX_KEY, UNWEIGHTED, WEIGHTS, Document, Part, pair_keys

__all__ = [
    "MAX_COUNT",
    "MAX_KEY",
    "UNWEIGHTED",
    "WEIGHTS",
    "Document",
    "document",
    "facet_text",
    "filter_values",
    "kind_of",
    "pair_keys",
    "parts",
    "texts_of",
    "values",
]

MAX_VALUE = 200


def kind_of(model: type[models.Model]) -> str:
    """The kind an object is indexed under: all page types are one kind, every other model its own."""
    return str(get_model_root(model)._meta.label_lower)


def document(obj: models.Model) -> Document:
    """The keys of an Indexed object."""
    rules.refresh()
    return keys.document(parts(obj))


def parts(obj: models.Model) -> list[Part]:
    """The texts of an Indexed object by field."""
    found = []
    for entry, name, boost, read in reading(type(obj)).texts:
        if read is None:
            found += [Part(one.field_name, boost_of(one), texts) for one, texts in _fields(obj, [entry])]
        else:
            if texts := [text for text in texts_of(read(obj)) if text.strip()]:
                found.append(Part(name, boost, texts))
    return found


def boost_of(entry: Any) -> float | None:
    return (entry.boost or 1.0) if isinstance(entry, SearchField) else None


class Reading(NamedTuple):
    """How the objects of a class are read; `fields` are those that it was worked out for.

    Texts: field, its name, its boost, and what reads it; None for fields of related objects, which are read one by one.
    """

    fields: Any
    texts: list[tuple[Any, str, float | None, Callable[[Any], Any] | None]]
    filters: list[tuple[str, Callable[[Any], Any]]]


_readings: dict[Any, Reading] = {}


def reading(model: Any) -> Reading:
    held = _readings.get(model)
    if held is None or held.fields is not model.search_fields:
        entries = model.get_search_fields()
        held = _readings[model] = Reading(
            model.search_fields,
            [
                (one, getattr(one, "field_name", ""), boost_of(one), reader(one, model))
                for one in entries
                if isinstance(one, SearchField | AutocompleteField | RelatedFields)
            ],
            [
                (one.field_name, reader(one, model) or one.get_value)
                for one in entries
                if isinstance(one, FilterField)
            ],
        )
    return held


def reader(entry: Any, model: Any) -> Callable[[Any], Any] | None:
    if isinstance(entry, RelatedFields):
        return None
    return reader_of(type(entry), entry.field_name, model) or entry.get_value  # type: ignore[arg-type]


def _fields(obj: models.Model, search_fields: list[Any]) -> Iterator[tuple[Any, list[str]]]:
    for entry in search_fields:
        if isinstance(entry, SearchField | AutocompleteField):
            texts = [text for text in texts_of(value_of(entry, obj)) if text.strip()]
            if texts:
                yield entry, texts
        elif isinstance(entry, RelatedFields):
            related = entry.get_value(obj)
            if callable(related) and not isinstance(related, models.Manager):
                related = related()
            if related is None:
                continue
            for other in (
                related.all() if isinstance(related, models.Manager | models.QuerySet) else [related]
            ):
                yield from _fields(other, entry.fields)


def texts_of(value: Any) -> list[str]:
    """The texts inside a field's value, markup left out."""
    if value is None:
        return []
    if isinstance(value, str):
        return [strip_tags(value) if "<" in value else value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [text for item in value for text in texts_of(item)]
    return [force_str(value)]


def value_of(entry: BaseField, obj: models.Model) -> Any:
    """The value of a field as `entry.get_value` has it, without looking up anew for each object what it depends on."""
    reader = reader_of(type(entry), entry.field_name, type(obj))  # type: ignore[arg-type]
    return entry.get_value(obj) if reader is None else reader(obj)


@cache
def reader_of(kind: type[BaseField], name: str, model: type[models.Model]) -> Callable[[Any], Any] | None:
    """How a plain column, an attribute or a method is read; None where the field itself has to be asked."""
    if kind.get_value is not BaseField.get_value:
        return None
    try:
        column: Any = model._meta.get_field(name)
    except FieldDoesNotExist:

        def read(obj: Any) -> Any:
            value = getattr(obj, name, None)
            return value() if callable(value) else value

        return read
    target = column
    while isinstance(target, RelatedField) and target.concrete:
        target = target.target_field
    plain = column.concrete and not hasattr(target, "get_searchable_content")
    return column.value_from_object if plain else None


def values(obj: models.Model) -> dict[str, Any]:
    """The values of an object's FilterFields."""
    return {name: read(obj) for name, read in reading(type(obj)).filters}


def filter_values(obj: models.Model, known: Mapping[str, Any] | None = None) -> dict[str, list[str]]:
    """Values of the FilterFields that can be facets: texts, truths, and lists of texts.

    Wagtail's own fields of every page (path, depth, …) are no facets. `known`: what `values` has said of the object.
    """
    known = values(obj) if known is None else known
    found: dict[str, list[str]] = {}
    for entry in facet_fields(type(obj)):
        value = known[entry.field_name]
        several = value if isinstance(value, list | tuple | set) else (value,)
        texts = dict.fromkeys([facet_text(item) for item in several if isinstance(item, str | bool)])
        kept = [text for text in texts if text and len(text) <= MAX_VALUE]
        if kept:
            found[entry.field_name] = kept
    return found


@cache
def facet_fields(model: Any) -> list[FilterField]:
    return [
        entry
        for entry in model.get_search_fields()
        if isinstance(entry, FilterField) and entry.get_definition_model(model) is not Page
    ]


def facet_text(value: str | bool) -> str:
    """A facet value as it stands in addresses: truths are "true" and "false"."""
    return str(value).lower() if isinstance(value, bool) else str(value)
