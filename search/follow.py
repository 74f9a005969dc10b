"""Whose documents change when something else does: a renamed method is in the texts of everyone who knows it.

An Indexed model names in `search_follows` the relations whose objects its documents speak of ("methods",
"blocks__sessions__leaders__practitioner"). Translations of one object follow each other: facts are the source's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_save, pre_delete
from modelsearch.index import get_indexed_models
from wagtail.models import TranslatableMixin

from search import indexing

#: From rows of what changed to rows of what is to be indexed.
Dependents = Callable[[QuerySet[Any]], QuerySet[Any]]

_dependents: dict[type[Model], list[Dependents]] = {}


def connect() -> None:
    """Listen to every model that an Indexed one follows."""
    for model in get_indexed_models():
        if model._meta.abstract:
            continue
        for path in getattr(model, "search_follows", ()):
            _follow(related_model(model, path), speaking_of(model, path))
        if issubclass(model, TranslatableMixin):
            _follow(model, siblings(model))


def _follow(model: type[Model], dependents: Dependents) -> None:
    _dependents.setdefault(model, []).append(dependents)
    name = f"search.follow.{model._meta.label_lower}"
    post_save.connect(_changed, sender=model, dispatch_uid=name)
    # Before: afterwards nothing tells any more whose it was.
    pre_delete.connect(_changed, sender=model, dispatch_uid=name)


def _changed(sender: type[Model], instance: Model, using: str, raw: bool = False, **_more: Any) -> None:
    if not raw:
        note_dependents(sender._base_manager.using(using).filter(pk=instance.pk))


def note_dependents(rows: QuerySet[Any]) -> None:
    """Note what speaks of these rows, in the present transaction."""
    for dependents in _dependents.get(rows.model, ()):
        indexing.note_rows(dependents(rows.order_by()).using(rows.db))


def related_model(model: type[Model], path: str) -> type[Model]:
    found: Any = model
    for name in path.split("__"):
        found = found._meta.get_field(name).related_model
    related: type[Model] = found
    return related


def speaking_of(model: type[Model], path: str) -> Dependents:
    """The objects whose relation `path` leads to the rows or to translations of them, and translations of those."""

    def dependents(rows: QuerySet[Any]) -> QuerySet[Any]:
        found = model._base_manager.filter(**same(path, rows))
        if not issubclass(model, TranslatableMixin):
            return found.distinct()
        return model._base_manager.filter(translation_key__in=found.values("translation_key"))

    return dependents


def siblings(model: type[Model]) -> Dependents:
    """The translations of the rows, without the rows."""

    def dependents(rows: QuerySet[Any]) -> QuerySet[Any]:
        return model._base_manager.filter(**same("", rows)).exclude(pk__in=rows.values("pk"))

    return dependents


def same(path: str, rows: QuerySet[Any]) -> dict[str, Any]:
    if issubclass(rows.model, TranslatableMixin):
        return {f"{path}__translation_key__in".removeprefix("__"): rows.values("translation_key")}
    return {f"{path}__in": rows.values("pk")}
