"""Writing the index that lives beside the model tables. Every write replaces what was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import Model
from django.utils import timezone
from modelsearch.backends.base import BaseIndex, get_model_root
from modelsearch.index import class_is_indexed, get_indexed_models

from search import rules, scopes, vocabulary
from search.analysing import BATCH, Analysts
from search.documents import document, filter_values, kind_of, parts
from search.keys import Document
from search.keys import documents as documents_of
from search.meaning import store
from search.models import Entry, FacetValue, Word
from search.scopes import NOBODY

from . import postgresql, sqlite
from .statements import key_field, packed

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


#: Objects written in one transaction: other writers wait for a fifth of a second at most.
AT_ONCE = 100
#: About 2 MB are written at a time.
PURGED_PAGES = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What the index is to hold of an object."""

    entry: Entry
    document: Document
    words: set[str]
    facets: dict[str, list[str]]

    @property
    def vocabularies(self) -> tuple[bool, ...]:
        """Those that its words belong to."""
        return (False,) if self.entry.scopes == NOBODY else (False, True)


def engine(alias: str) -> ModuleType:
    return ENGINES[connections[alias].vendor]


def object_id(obj: Model, alias: str) -> str:
    return key_text(type(obj), obj.pk, alias)


def key_text(model: type[Model], pk: Any, alias: str) -> str:
    """A primary key as it stands in the index."""
    return str(key_field(model).get_db_prep_value(pk, connections[alias]))


def nothing() -> set[str]:
    return set()


def put(
    alias: str,
    objs: Sequence[Model],
    overtaken: Callable[[], Collection[str]] = nothing,
    documents: Sequence[Document] | None = None,
) -> set[tuple[str, bool]]:
    """Index objects of one kind: a fixed number of statements and a transaction for each `AT_ONCE` of them. Gives the rows
    of vocabularies that they keep there: words, and whether somebody may see them.

    `overtaken` is asked when no other can write this kind any more, for the keys of objects that are not to be written.
    `documents`: what the objects' documents are, where somebody has made them already.
    """
    if not objs:
        return set()
    kind = kind_of(type(objs[0]))
    found = scopes.find(objs, alias)
    made: dict[str, Made] = {}
    documents = [document(obj) for obj in objs] if documents is None else documents
    for obj, one in zip(objs, documents, strict=True):
        facets, passing = filter_values(obj), found[obj.pk]
        entry = Entry(
            kind=kind,
            object_id=object_id(obj, alias),
            norm=one.norm,
            scopes=f" {' '.join(passing)} ",
            digest=one.digest(facets, passing),
            facets=packed(facets),
        )
        made[entry.object_id] = Made(entry, one, one.words(), facets)
    keys = list(made)
    for start in range(0, len(keys), AT_ONCE):
        write(alias, kind, {key: made[key] for key in keys[start : start + AT_ONCE]}, overtaken)
    return {(word, shown) for one in made.values() for shown in one.vocabularies for word in one.words}


def write(alias: str, kind: str, made: dict[str, Made], overtaken: Callable[[], Collection[str]]) -> None:
    """In one transaction. What takes time was done before: other writers of SQLite wait for the rest."""
    with transaction.atomic(using=alias):
        engine(alias).lock(alias, kind)
        for key in overtaken():
            made.pop(key, None)
        if not made:
            return
        after = {word for one in made.values() for word in one.words}
        after_shown = {word for one in made.values() if one.entry.scopes != NOBODY for word in one.words}
        rows = Entry.objects.using(alias).filter(kind=kind, object_id__in=list(made))
        held = dict(rows.values_list("pk", "scopes"))
        before = engine(alias).words_of(alias, list(held)) if held else set()
        seen = [pk for pk, passing in held.items() if passing != NOBODY]
        before_shown = before
        if len(seen) < len(held):
            before_shown = engine(alias).words_of(alias, seen) if seen else set()
        if held:
            FacetValue.objects.using(alias).filter(entry__in=list(held)).delete()
        ids = engine(alias).write(alias, [(one.entry, one.document) for one in made.values()], list(held))
        engine(alias).write_facets(
            alias,
            [
                (ids[key], name, value)
                for key, one in made.items()
                for name, values in one.facets.items()
                for value in values
            ],
        )
        vocabulary.add(alias, kind, after - before, after_shown - before_shown)
        if lost := before - after | before_shown - after_shown:
            vocabulary.forget(alias, kind, lost)


def remove(alias: str, kind: str, keys: Collection[str]) -> None:
    """Forget objects, and the words that only they had."""
    store.forget(alias, kind, keys)
    with transaction.atomic(using=alias):
        engine(alias).lock(alias, kind)
        entries = list(
            Entry.objects.using(alias).filter(kind=kind, object_id__in=keys).values_list("pk", flat=True)
        )
        if not entries:
            return
        words = engine(alias).words_of(alias, entries)
        engine(alias).erase(alias, entries)
        FacetValue.objects.using(alias).filter(entry__in=entries).delete()
        Entry.objects.using(alias).filter(pk__in=entries).delete()
        vocabulary.forget(alias, kind, words)


def purge(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Drop what was deleted from the files of the index; of a large one a part, the next time more."""
    engine(alias).purge(alias, PURGED_PAGES)


def forget_lost_words(alias: str, kept: Mapping[tuple[str, str], Set[tuple[str, bool]]]) -> None:
    """Of every kind. Looked for is before any other writer has to wait, and only among those that were not just `kept`."""
    for kind in Word.objects.using(alias).values_list("kind", flat=True).distinct():
        here = kept.get((alias, kind), frozenset())
        rows = Word.objects.using(alias).filter(kind=kind).values_list("word", "shown")
        doubtful = sorted({row[0] for row in rows.iterator() if row not in here})
        for start in range(0, len(doubtful), 500):
            part = doubtful[start : start + 500]
            if lost := {word for word, *_row in vocabulary.lost_rows(alias, kind, part)}:
                with transaction.atomic(using=alias):
                    engine(alias).lock(alias, kind)
                    vocabulary.forget(alias, kind, lost)


class DatabaseIndex(BaseIndex):
    """One index for all models: what tells them apart is the kind."""

    #: Who makes the documents of many objects, while a rebuild goes on.
    analysts: Analysts | None = None

    #: What was written to each kind's vocabularies, in each database, while a rebuild goes on (see `put`).
    kept: defaultdict[tuple[str, str], set[tuple[str, bool]]] | None = None

    def add_items(self, model: type[Model], items: Sequence[Any]) -> None:
        if not items or not class_is_indexed(model):
            return
        alias = items[0]._state.db or router.db_for_write(model)
        rules.refresh()
        batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
        texts = ([parts(obj) for obj in batch] for batch in batches)
        analysts = self.analysts or Analysts(0)
        analysts.expect(len(items))
        for batch, made in zip(batches, analysts.each(documents_of, texts), strict=True):
            words = put(alias, batch, documents=made)
            if self.kept is not None:
                self.kept[alias, kind_of(type(batch[0]))] |= words
        store.refresh(alias, items)

    def delete_item(self, item: Any) -> None:
        alias = item._state.db or router.db_for_write(type(item))
        remove(alias, kind_of(type(item)), [object_id(item, alias)])

    def reset(self) -> None:
        for alias in {router.db_for_write(model) for model in get_indexed_models()}:
            for kind in Entry.objects.using(alias).values_list("kind", flat=True).distinct():
                keys = list(Entry.objects.using(alias).filter(kind=kind).values_list("object_id", flat=True))
                for start in range(0, len(keys), 500):
                    remove(alias, kind, keys[start : start + 500])

    def digests(self, kind: str) -> dict[str, str]:
        """The digest of every document of a kind, by key."""
        return dict(Entry.objects.filter(kind=kind).values_list("object_id", "digest"))

    def digest_of(self, obj: Model) -> str:
        """What the digest should be."""
        return document(obj).digest(filter_values(obj), scopes.scopes_of(obj, obj._state.db or "default"))

    def __str__(self) -> str:
        return "search_entry"


class DatabaseRebuilder:
    """Writes every object anew while the index stays in use, then forgets what no longer exists."""

    def __init__(self, index: DatabaseIndex) -> None:
        self.index = index
        self.began = timezone.now()

    def start(self) -> DatabaseIndex:
        self.index.analysts = Analysts()
        self.index.kept = defaultdict(set)
        return self.index

    def finish(self) -> None:
        from search.indexing import changed_since, index_keys  # which write to this index

        if self.index.analysts:
            self.index.analysts.close()
        models = {get_model_root(model) for model in get_indexed_models()}
        for alias in {router.db_for_write(model) for model in models}:
            kinds = {kind_of(model): model for model in models if router.db_for_write(model) == alias}
            for kind in Entry.objects.using(alias).values_list("kind", flat=True).distinct():
                rows = Entry.objects.using(alias).filter(kind=kind)
                held = set(rows.values_list("object_id", flat=True))
                if kind in kinds:
                    keys = kinds[kind]._base_manager.using(alias).values_list("pk", flat=True)
                    prepare = key_field(kinds[kind]).get_db_prep_value
                    held -= {str(prepare(key, connections[alias])) for key in keys.iterator()}
                    # What was saved while its older state was on its way into the index.
                    index_keys(alias, *changed_since(kind, self.began, alias))
                gone = sorted(held)
                for start in range(0, len(gone), 500):
                    remove(alias, kind, gone[start : start + 500])
            forget_lost_words(alias, self.index.kept or {})
        self.index.kept = None
