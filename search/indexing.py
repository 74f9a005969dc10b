"""When the index is written: after the transaction, in batches, and again from the database.

Saving, deleting and changing many-to-many relations of Indexed models put their keys on a list of the connection. At
commit the list is worked off: what the database then holds is indexed, what it no longer holds is forgotten. A search
in the same transaction works its database's list off first, so that it finds what was just written.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django_tasks import task
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import Page

from search import meaning
from search.backends.database import DatabaseSearchBackend as Own
from search.backends.database.index import key_text, put, remove
from search.backends.errors import EngineAway
from search.documents import kind_of
from search.meaning import store as meaning_store

logger = logging.getLogger(__name__)

Model = type[models.Model]
#: What waits, by class; an ordered set of primary keys each.
Keys = dict[Model, dict[Any, None]]
#: Objects that are read, and then written in one transaction.
BATCH = 50


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
    note_keys(alias, type(instance), [instance.pk])


def note_keys(alias: str, model: Model, pks: Iterable[Any]) -> None:
    """The same for many objects of one class, which were written without signals."""
    # What is saved as a Page and as its own class is one object: it is looked up in its own class anyhow.
    model = Page if issubclass(model, Page) else model
    for name in ("database", "outside"):
        pending(alias, name).setdefault(model, {}).update(dict.fromkeys(pks))
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
    backends = [one for one in get_search_backends(with_auto_update=True) if not isinstance(one, Own)]
    for model, pks in take(alias, "outside").items():
        ask_for_meaning(alias, model, list(pks))
        for backend in backends:
            try:
                send(backend, alias, model, list(pks))
            except EngineAway:
                logger.info("The search engine is away; what was saved is not in its index.")
            except Exception:
                # Saving never fails because of an engine: it is written again by `update_index`.
                logger.exception("The search engine could not be written to.")


def flush_database(alias: str) -> None:
    for model, pks in take(alias, "database").items():
        index_keys(alias, model, list(pks))


def take(alias: str, name: str) -> Keys:
    keys = pending(alias, name)
    taken = dict(keys)
    keys.clear()
    return taken


def index_keys(alias: str, model: Model, pks: Sequence[Any]) -> None:
    """Write these objects anew into the database's own index, and forget those that are gone.

    Constant queries and a short transaction for each batch of objects of one class, whatever their number.
    """
    for present, gone in look_up(alias, model, pks):
        for objs in present:
            put(alias, objs)
        if gone:
            remove(alias, kind_of(model), [key_text(model, pk, alias) for pk in gone])


def send(backend: Any, alias: str, model: Model, pks: Sequence[Any]) -> None:
    """The same for an engine outside the database. Raises what the engine raises."""
    for present, gone in look_up(alias, model, pks):
        for objs in present:
            backend.add_bulk(type(objs[0]), objs)
        for pk in gone:
            backend.delete(model(pk=pk))


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


def ask_for_meaning(alias: str, model: Model, pks: Sequence[Any]) -> None:
    """Leave the vectors of these objects to the worker: the encoder takes two seconds to load."""
    if not meaning.on():
        return
    for own, keys in own_classes(alias, model, pks).items():
        if meaning.takes_part(own):
            for start in range(0, len(keys), meaning_store.BATCH):
                part = keys[start : start + meaning_store.BATCH]
                understand.enqueue(alias, own._meta.label, [key_text(own, pk, alias) for pk in part])


@task()
def understand(alias: str, label: str, keys: list[str]) -> None:
    """Compute the vectors of texts that have changed, and write those objects to the engines outside once more."""
    model: Any = apps.get_model(label)
    changed = meaning_store.refresh(alias, list(model.get_indexed_objects().using(alias).filter(pk__in=keys)))
    for backend in get_search_backends(with_auto_update=True):
        if changed and not isinstance(backend, Own):
            backend.add_bulk(model, changed)
