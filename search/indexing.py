"""When the index is written: after the transaction, once an object, and again from the database.

Saving, deleting and changing many-to-many relations of Indexed models put their keys on a list of the connection. At
commit the list is worked off: what the database then holds is indexed, what it no longer holds is forgotten. A search
in the same transaction works its database's list off first, so that it finds what was just written.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from search.backends.database import DatabaseSearchBackend as Own
from search.backends.database.index import object_id, put, remove
from search.documents import kind_of

logger = logging.getLogger(__name__)

Keys = dict[tuple[type[models.Model], Any], str]


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


def related(instance: Any, action: str, using: str, **_more: Any) -> None:
    if action.startswith("post_") and index.class_is_indexed(type(instance)):
        note(instance, using)


def note(instance: models.Model, alias: str) -> None:
    """Index the object, or forget it, when the transaction is through."""
    key = object_id(instance, alias)
    for name in ("database", "outside"):
        pending(alias, name)[type(instance), instance.pk] = key
    # Every time, because a rolled back savepoint drops its callbacks; all but the first find nothing to do.
    transaction.on_commit(lambda: flush(alias), using=alias, robust=True)


def pending(alias: str, name: str) -> Keys:
    """The list of this thread's connection for the database's own index or for engines outside it."""
    connection: Any = connections[alias]
    if not hasattr(connection, "search_pending"):
        connection.search_pending = {"database": {}, "outside": {}}
    found: Keys = connection.search_pending[name]
    return found


def flush(alias: str) -> None:
    """Work both lists off."""
    flush_database(alias)
    keys = take(alias, "outside")
    backends = [one for one in get_search_backends(with_auto_update=True) if not isinstance(one, Own)]
    if not keys or not backends:
        return
    present, gone = look_up(alias, keys)
    for backend in backends:
        try:
            for model, objs in present.items():
                backend.add_bulk(model, objs)
            for model, pk, _key in gone:
                backend.delete(model(pk=pk))
        except Exception:
            # Saving never fails because of an engine: it is written again by `update_index`.
            logger.exception("The search engine could not be written to.")


def flush_database(alias: str) -> None:
    keys = take(alias, "database")
    if not keys:
        return
    present, gone = look_up(alias, keys)
    for objs in present.values():
        put(alias, objs)
    for kind in {kind_of(model) for model, _pk, _key in gone}:
        remove(alias, kind, [key for model, _pk, key in gone if kind_of(model) == kind])


def take(alias: str, name: str) -> Keys:
    keys = pending(alias, name)
    taken = dict(keys)
    keys.clear()
    return taken


Present = dict[type[models.Model], list[Any]]
Gone = list[tuple[type[models.Model], Any, str]]


def look_up(alias: str, keys: Keys) -> tuple[Present, Gone]:
    """What the database now holds of the noted objects, each in its own class, and what it no longer holds."""
    wanted: dict[type[models.Model], list[Any]] = {}
    for model, pk in keys:
        wanted.setdefault(model, []).append(pk)
    specific: dict[type[models.Model], set[Any]] = {}
    for model, pks in wanted.items():
        noted: Any = model._base_manager.using(alias).filter(pk__in=pks)
        for obj in noted:
            own = obj.get_indexed_instance()
            if own is not None:
                specific.setdefault(type(own), set()).add(own.pk)
    present: Present = {}
    found: set[tuple[str, Any]] = set()
    for model, own_pks in specific.items():
        objs = list(model.get_indexed_objects().using(alias).filter(pk__in=own_pks))  # type: ignore[attr-defined]
        if objs:
            present[model] = objs
            found |= {(kind_of(model), obj.pk) for obj in objs}
    gone = [(model, pk, key) for (model, pk), key in keys.items() if (kind_of(model), pk) not in found]
    return present, gone
