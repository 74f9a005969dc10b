"""Comparing what the indexes hold with what the database has, document by document."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_models

from search import outbox, scopes
from search.backends.database.index import object_id
from search.documents import kind_of
from search.models import Change

CHUNK = 200


@dataclass(slots=True)
class Difference:
    """Of one kind in one engine: keys that are missing from the index, that it should not have, that it has otherwise.

    `waiting` of them are noted in the outbox and will come right by themselves. `held` is None where the engine has no
    index of this kind yet.
    """

    engine: str
    kind: str
    objects: int = 0
    held: int | None = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    waiting: int = 0

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.extra, *self.differing]

    @property
    def equal(self) -> bool:
        return self.held is not None and not self.keys


def differences(only: Collection[str] | None = None, alias: str = DEFAULT_DB_ALIAS) -> Iterator[Difference]:
    """Every engine's every kind (of `only`, labels of root models). Reads each object once an engine; raises EngineAway."""
    kinds: dict[str, list[Any]] = {}
    for model in get_indexed_models():
        if only is None or kind_of(model) in only:
            kinds.setdefault(kind_of(model), []).append(model)
    for name, backend in get_search_backends_with_name():
        for kind, models in sorted(kinds.items()):
            yield compared(name, backend.get_index_for_model(models[0]), kind, models, alias)


def compared(name: str, index: Any, kind: str, models: list[Any], alias: str) -> Difference:
    found = Difference(name, kind)
    held = index.digests(kind)
    if held is None:
        found.held = None
        return found
    found.held = len(held)
    for model in models:
        for obj in with_scopes(
            model.get_indexed_objects().using(alias).order_by("pk").iterator(chunk_size=CHUNK), alias
        ):
            found.objects += 1
            key = object_id(obj, alias)
            digest = held.pop(key, None)
            if digest is None:
                found.missing.append(key)
            elif digest != index.digest_of(obj):
                found.differing.append(key)
    found.extra = list(held)
    pending = Change.objects.using(alias).pending().filter(kind=kind)
    found.waiting = len(set(found.keys) & set(pending.values_list("object_id", flat=True)))
    return found


def with_scopes(objs: Iterator[Any], alias: str) -> Iterator[Any]:
    """The same objects, their reading rules asked for in chunks."""
    while part := list(islice(objs, CHUNK)):
        scopes.find(part, alias)
        yield from part


def note(found: Difference, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Have what differs indexed anew."""
    outbox.note(found.kind, found.keys, alias)
    outbox.call_worker(alias)
