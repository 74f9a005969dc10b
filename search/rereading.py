"""Indexing anew what holds words that are read in another way now, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django_tasks import task

from search import rules
from search.analysis import fold
from search.backends.database.index import engine
from search.indexing import flush, note_keys
from search.models import Entry

ALIAS = "default"
BATCH = 100


def enqueue(words: Collection[str]) -> None:
    reread.enqueue(sorted({fold(word) for word in words}))


@task()
def reread(words: list[str]) -> int:
    """Index every object anew whose text holds one of the folded words as they stand; how many there were."""
    rules.forget()
    rules.refresh()
    count = 0
    for kind, keys in holding(words):
        model: Any = apps.get_model(kind)
        for start in range(0, len(keys), BATCH):
            note_keys(ALIAS, model, keys[start : start + BATCH])
        count += len(keys)
    return count


def holding(words: Collection[str]) -> Iterator[tuple[str, list[Any]]]:
    """Kinds with the keys of their objects whose text holds one of the folded words."""
    flush(ALIAS)
    ids = engine(ALIAS).entries_with(ALIAS, list(words))
    rows = Entry.objects.using(ALIAS)
    found: dict[str, list[Any]] = {}
    for start in range(0, len(ids), 500):
        part = rows.filter(pk__in=ids[start : start + 500]).values_list("kind", "object_id")
        for kind, key in part:
            found.setdefault(kind, []).append(apps.get_model(kind)._meta.pk.to_python(key))
    yield from sorted(found.items())
