"""When the indexes are written: after the transaction, in batches, and always anew from the database.

Saving, deleting and changing many-to-many relations of Indexed models note their keys in the outbox (search.outbox) of
the same transaction. After the commit the database's own index is written; what else there is to write (vectors, other
engines), and whatever this process did not come to, is the worker's. A search in the same transaction has the
database's index written first, so that it finds what was just saved.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import Page

from search import meaning, outbox
from search.backends.database import DatabaseSearchBackend as Own
from search.backends.database.index import key_text, put, remove
from search.backends.database.statements import key_field
from search.documents import kind_of
from search.meaning import store
from search.models import Change

logger = logging.getLogger(__name__)

Model = type[models.Model]
#: Objects that are read, and then written in one transaction.
BATCH = 50
#: Up to so many rows of a mass change are indexed right after the commit; more are the worker's.
FEW = 200


@dataclass(slots=True)
class Waiting:
    """What a connection's transaction has noted: primary keys by class, and the rows in the outbox."""

    keys: dict[Model, dict[Any, None]] = field(default_factory=dict)
    changes: list[int] = field(default_factory=list)


def connect() -> None:
    """Take the place of modelsearch's own signal handlers, which write inside the transaction."""
    for model in index.get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_delete.disconnect(post_delete_signal_handler, sender=model)
        if getattr(model, "search_auto_update", True):
            post_save.connect(saved, sender=model, dispatch_uid="search.saved")
            post_delete.connect(deleted, sender=model, dispatch_uid="search.deleted")
    m2m_changed.connect(related, dispatch_uid="search.related")


def saved(instance: models.Model, using: str, raw: bool = False, **_more: Any) -> None:
    if not raw:
        note(instance, using)


def deleted(instance: models.Model, using: str, **_more: Any) -> None:
    note(instance, using)


def related(
    instance: Any, action: str, reverse: bool, model: Model, pk_set: set[Any] | None, using: str, **_more: Any
) -> None:
    if action.startswith("post_") and index.class_is_indexed(type(instance)):
        note(instance, using)
    if action.startswith("post_") and reverse and pk_set and index.class_is_indexed(model):
        note_keys(using, model, pk_set)


def note(instance: models.Model, alias: str) -> None:
    """Index the object, or forget it, when the transaction is through."""
    note_keys(alias, type(instance), [instance.pk])


def note_keys(alias: str, model: Model, pks: Iterable[Any]) -> None:
    """The same for many objects of one class, which were written without signals."""
    # What is saved as a Page and as its own class is one object: it is looked up in its own class anyhow.
    model = Page if issubclass(model, Page) else model
    keys = dict.fromkeys(pks)
    mine = waiting(alias)
    mine.keys.setdefault(model, {}).update(keys)
    mine.changes += outbox.note(kind_of(model), [key_text(model, pk, alias) for pk in keys], alias)
    # Every time, because a rolled back savepoint drops its callbacks; all but the first find nothing to do.
    transaction.on_commit(lambda: flush(alias), using=alias, robust=True)


def note_rows(rows: models.QuerySet[Any]) -> None:
    """The same for all rows of a queryset, however many they are."""
    few = list(rows.values_list("pk", flat=True)[: FEW + 1])
    if len(few) > FEW:
        outbox.note_rows(rows)
    elif few:
        note_keys(rows.db, rows.model, few)


def waiting(alias: str) -> Waiting:
    """The list of this thread's connection."""
    connection: Any = connections[alias]
    if not hasattr(connection, "search_waiting"):
        connection.search_waiting = Waiting()
    found: Waiting = connection.search_waiting
    return found


def flush(alias: str) -> None:
    """Write what this connection has noted into the database's own index."""
    mine = waiting(alias)
    if not mine.changes:
        return
    connection: Any = connections[alias]
    connection.search_waiting = Waiting()
    try:
        for model, pks in mine.keys.items():
            index_keys(alias, model, list(pks))
    except Exception:
        # Neither saving nor searching fails because of one text: the worker tries each by itself.
        logger.exception("What changed could not be indexed at once.")
        outbox.call_worker(alias)
        return
    if others() or (meaning.on() and not meaning.kinds().isdisjoint(map(kind_of, mine.keys))):
        outbox.settle(mine.changes, alias, done=False)
        outbox.call_worker(alias)
    else:
        outbox.settle(mine.changes, alias)


def others() -> list[Any]:
    """The engines beside the database."""
    return [one for one in get_search_backends(with_auto_update=True) if not isinstance(one, Own)]


def index_changes(rows: Sequence[Change], alias: str) -> None:
    """The worker's part: what is not yet written, vectors, every engine beside the database. Raises what engines raise."""
    backends = others()
    for kind in dict.fromkeys(row.kind for row in rows):
        try:
            model = apps.get_model(kind)
        except LookupError:
            continue  # a kind of an older version, of which nothing is kept
        read = key_field(model).to_python
        mine = [row for row in rows if row.kind == kind]
        if unwritten := dict.fromkeys(read(row.object_id) for row in mine if not row.written):
            index_keys(alias, model, list(unwritten))
        understood = meaning.on() and kind in meaning.kinds()
        if not backends and not understood:
            continue
        for objs, gone in objects_of(alias, model, dict.fromkeys(read(row.object_id) for row in mine)):
            if understood:
                store.refresh(alias, objs)
                store.forget(alias, kind, gone)
            for backend in backends:
                backend.get_index_for_model(model).write(objs, gone)


def changed_since(kind: str, moment: datetime, alias: str = DEFAULT_DB_ALIAS) -> tuple[Model, list[Any]]:
    """The root model of a kind and the keys of its objects that changed, or were indexed, since then."""
    model = apps.get_model(kind)
    rows = Change.objects.using(alias).since(moment).filter(kind=kind).order_by()
    read = key_field(model).to_python
    return model, [read(key) for key in rows.values_list("object_id", flat=True).distinct()]


def objects_of(alias: str, model: Model, pks: Iterable[Any]) -> Iterator[tuple[list[Any], list[str]]]:
    """In batches: what the database now holds of the objects, of whatever class, and the keys of the others."""
    for present, gone in look_up(alias, model, list(pks)):
        yield [obj for group in present for obj in group], [key_text(model, pk, alias) for pk in gone]


def index_keys(alias: str, model: Model, pks: Sequence[Any]) -> None:
    """Write these objects anew into the database's own index, and forget those that are gone.

    Constant queries and a short transaction for each batch of objects of one class, whatever their number. What
    changed again since it was read is left to whoever changed it: an older state never takes the place of a newer one.
    """
    kind = kind_of(model)
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        keys = [key_text(model, pk, alias) for pk in batch]
        seen = outbox.seen(kind, keys, alias)

        def overtaken(keys: Sequence[str] = keys, seen: frozenset[int] = seen) -> set[str]:
            return outbox.noted_since(kind, keys, seen, alias)

        for present, gone in look_up(alias, model, batch):
            for objs in present:
                put(alias, objs, overtaken)
            if gone:
                remove(alias, kind, [key_text(model, pk, alias) for pk in gone])


def look_up(alias: str, model: Model, pks: Sequence[Any]) -> Iterator[tuple[list[list[Any]], list[Any]]]:
    """In batches: what the database now holds of the objects, a list for each own class, and the keys of the others."""
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        present = []
        for own, wanted in own_classes(alias, model, batch).items():
            objects: Any = own.get_indexed_objects()  # type: ignore[attr-defined]
            if objs := list(objects.using(alias).filter(pk__in=wanted)):
                present.append(objs)
        found = {obj.pk for objs in present for obj in objs}
        yield present, [pk for pk in batch if pk not in found]


def own_classes(alias: str, model: Model, pks: Sequence[Any]) -> dict[Model, list[Any]]:
    """The classes of the objects: a page's content type says which it is, every other object is what it was noted as."""
    if not issubclass(model, Page):
        return {model: list(pks)}
    found: dict[Model, list[Any]] = {}
    rows = Page._base_manager.using(alias).filter(pk__in=pks).values_list("content_type", "pk")
    for content_type, pk in rows:
        if own := ContentType.objects.db_manager(alias).get_for_id(content_type).model_class():
            found.setdefault(own, []).append(pk)
    return found
