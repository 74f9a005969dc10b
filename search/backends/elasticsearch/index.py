"""Writing to Elasticsearch: an index a kind behind an alias, documents of ready-made keys.

Four text fields a to d hold the keys of a class of weight, `k` every key of the document, `f` facet values, `s` values to
order by, `m` the models an object belongs to, `r` the reading rules that it passes, `v` the vector of its meaning. The
server splits keys at spaces; it needs no plugin and no analysis.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS, router
from django.db.models import Model
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError
from modelsearch.backends.base import BaseIndex
from modelsearch.index import FilterField, class_is_indexed

from search import scopes
from search.analysis import fold
from search.backends.database.index import object_id
from search.documents import MAX_COUNT, WEIGHTS, document, filter_values
from search.indexing import changed_since, objects_of
from search.lease import lease
from search.meaning import store
from search.meaning.encoder import DIMENSIONS

from .faults import Fault, Met, fault_of_status

if TYPE_CHECKING:
    from . import ElasticsearchBackend

_PATIENCE = 60.0
#: Seconds that the worker waits for a batch to be taken.
_WRITING = 15.0
_CHUNK = 200
_PAGE = 5000
MAX_SORT = 200
_WEIGHTED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "_source": {"excludes": [*WEIGHTS, "k", "s", "v"]},
    "properties": {
        **dict.fromkeys(WEIGHTS, _WEIGHTED),
        "k": {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False},
        "pk": {"type": "keyword"},
        "h": {"type": "keyword", "index": False},
        "m": {"type": "keyword"},
        "r": {"type": "keyword"},
        "f": {"type": "object", "dynamic": True},
        "s": {"type": "object", "dynamic": True},
        "v": {
            "type": "dense_vector",
            "dims": DIMENSIONS,
            "index": True,
            "similarity": "dot_product",
            "index_options": {"type": "int8_hnsw"},
        },
    },
    "dynamic_templates": [{"keywords": {"match_mapping_type": "string", "mapping": {"type": "keyword"}}}],
    "date_detection": False,
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # As in the SQL engines: counts weighted by class saturate late, and the length of a text damps little.
    "similarity": {"default": {"type": "BM25", "k1": 4.0, "b": 0.25}},
    "mapping.total_fields.limit": 2000,
}


def version() -> str:
    """What an index made by this code is told by: any change above asks for a rebuild."""
    made = json.dumps([MAPPINGS, SETTINGS], sort_keys=True)
    return hashlib.sha256(made.encode()).hexdigest()[:16]


VERSION = version()


class ElasticsearchIndex(BaseIndex):
    """The index of one kind; `name` is the alias, or while it is rebuilt the new index itself."""

    backend: ElasticsearchBackend

    def __init__(self, backend: ElasticsearchBackend, kind: str, name: str = "") -> None:
        super().__init__(backend)
        self.kind = kind
        self.alias = f"{backend.prefix}{kind.replace('.', '_')}"
        self.name = name or self.alias

    def __str__(self) -> str:
        return self.name

    def get_key(self) -> str:
        return self.name

    @property
    def rebuilding(self) -> bool:
        return self.name != self.alias

    def add_items(self, model: type[Model], items: Sequence[Any]) -> None:
        """Put objects in place of what was there."""
        if class_is_indexed(model):
            self.write(items)

    def _vectors(self, items: Sequence[Any]) -> dict[str, list[float]]:
        """What is known of the items' meaning; a rebuild computes what is missing."""
        alias = alias_of(items[0])
        if self.rebuilding:
            store.refresh(alias, items)
        return store.vectors_of(alias, self.kind, [key_of(obj) for obj in items])

    def delete_item(self, item: Any) -> None:
        self.write((), [key_of(item)])

    def write(self, objs: Sequence[Model], gone: Sequence[str] = ()) -> None:
        """Put objects in place of what was there and forget those with the keys of `gone`.

        Raises EngineAway where the server does not answer, RuntimeError where it refuses a document. Before the first
        `update_index` there is nowhere to put them: then this does nothing.
        """
        for start in range(0, len(objs), _CHUNK):
            operations: list[dict[str, Any]] = []
            part = objs[start : start + _CHUNK]
            vectors = self._vectors(part)
            for model in {type(obj) for obj in part}:
                scopes.find([obj for obj in part if type(obj) is model], alias_of(part[0]))
            for obj in part:
                key = key_of(obj)
                vector = {"v": vectors[key]} if key in vectors else {}
                operations += [{"index": {"_id": key}}, body(obj) | vector]
            self._bulk(operations)
        if gone:
            self._bulk([{"delete": {"_id": key}} for key in gone])

    def _bulk(self, operations: list[dict[str, Any]]) -> None:
        """Raises EngineAway when the server takes nothing now."""

        def write(client: Elasticsearch) -> list[dict[str, Any]]:
            answer = client.bulk(index=self.name, operations=operations, require_alias=not self.rebuilding)
            told = [next(iter(item.values())) for item in answer["items"]] if answer["errors"] else []
            failed = [one for one in told if "error" in one]
            for one in failed:
                fault = fault_of_status(one["status"], one["error"].get("type", ""))
                if fault and fault is not Fault.REBUILD:
                    raise Met(fault)
            return [one for one in failed if one["error"].get("type") != "index_not_found_exception"]

        server = self.backend.server
        if self.rebuilding:
            failed = write(server.client.options(request_timeout=_PATIENCE))
        else:
            failed = server.write(write, _WRITING)
        if failed:
            raise RuntimeError(f"Elasticsearch did not take {len(failed)} documents: {failed[0]['error']}")

    def digests(self, kind: str) -> dict[str, str] | None:
        """The digest of every document, by key; None before the first `update_index`. Raises EngineAway."""
        server = self.backend.server
        if not server.write(lambda client: {"holders": self.holders()}, _PATIENCE)["holders"]:
            return None
        self.refresh()
        found: dict[str, str] = {}
        page: dict[str, Any] = {
            "sort": [{"pk": "asc"}],
            "size": _PAGE,
            "_source": False,
            "docvalue_fields": ["pk", "h"],
        }
        while True:
            answer = server.write(partial(self._page, page), _PATIENCE)
            hits = answer["hits"]["hits"]
            found |= {hit["fields"]["pk"][0]: hit["fields"].get("h", [""])[0] for hit in hits}
            if len(hits) < _PAGE:
                return found
            page["search_after"] = hits[-1]["sort"]

    def _page(self, page: dict[str, Any], client: Elasticsearch) -> Any:
        return client.search(index=self.name, body=page)

    def digest_of(self, obj: Model) -> str:
        """What the digest should be."""
        return str(body(obj)["h"])

    def refresh(self) -> None:
        self.backend.server.write(
            lambda client: client.indices.refresh(index=self.name, ignore_unavailable=True)
        )

    def reset(self) -> None:
        """An empty index in place of what was there."""
        rebuilder = ElasticsearchRebuilder(self)
        rebuilder.start()
        rebuilder.finish()

    def remove(self) -> None:
        """Delete what stands behind the alias, and the alias with it."""
        client = self.backend.server.client.options(request_timeout=_PATIENCE)
        for name in self.holders():
            client.indices.delete(index=name, ignore_unavailable=True)

    def holders(self) -> list[str]:
        """Names of the indices behind the alias."""
        client = self.backend.server.client.options(request_timeout=_PATIENCE)
        try:
            return list(client.indices.get_alias(name=self.alias))
        except NotFoundError:
            return []


class ElasticsearchRebuilder:
    """Fills a new index while the old one answers, then moves the alias in one step."""

    def __init__(self, index: ElasticsearchIndex) -> None:
        self.index = index
        self.began = timezone.now()
        stamp = f"{time.time_ns():x}"
        self.new = ElasticsearchIndex(index.backend, index.kind, f"{index.alias}_{stamp}")

    def start(self) -> ElasticsearchIndex:
        server = self.index.backend.server
        server.wake()
        server.client.options(request_timeout=_PATIENCE).indices.create(
            index=self.new.name,
            mappings=MAPPINGS | {"_meta": {"version": VERSION}},
            settings=SETTINGS | self.index.backend.index_settings,
        )
        return self.new

    def finish(self) -> None:
        """Write once more what was indexed meanwhile, then let the new index answer in the old one's place.

        Raises RuntimeError when a worker does not let go of the indexes.
        """
        with lease("index", patience=_PATIENCE) as held:
            if held is None:
                raise RuntimeError("A worker has been indexing for a minute; start the rebuild again.")
            for objs, gone in objects_of(DEFAULT_DB_ALIAS, *changed_since(self.index.kind, self.began)):
                self.new.write(objs, gone)
                held.renew()
            self._swap()

    def _swap(self) -> None:
        client = self.index.backend.server.client.options(request_timeout=_PATIENCE)
        client.indices.refresh(index=self.new.name)
        old = self.index.holders()
        client.indices.update_aliases(
            actions=[
                {"add": {"index": self.new.name, "alias": self.index.alias}},
                *({"remove_index": {"index": name}} for name in old),
            ]
        )
        self.index.backend.server.trust.grant(self.index.alias, [self.new.name])


def alias_of(obj: Model) -> str:
    return obj._state.db or str(router.db_for_read(type(obj)))


def key_of(obj: Model) -> str:
    return object_id(obj, alias_of(obj))


def body(obj: Model) -> dict[str, Any]:
    made = document(obj)
    facets, order = filter_values(obj), sort_values(obj)
    passing = scopes.scopes_of(obj, alias_of(obj))
    everything = {key for bag in made.keys.values() for key in bag}
    return {
        **{
            name: " ".join(" ".join([key] * min(count, MAX_COUNT)) for key, count in made.keys[name].items())
            for name in WEIGHTS
        },
        "k": " ".join(everything),
        "pk": key_of(obj),
        "m": [
            model._meta.label_lower
            for model in type(obj).__mro__
            if issubclass(model, Model) and hasattr(model, "_meta") and not model._meta.abstract
        ],
        "r": passing,
        "f": facets,
        "s": order,
        "h": made.digest(facets, order, passing),
    }


def sort_values(obj: Model) -> dict[str, Any]:
    """What hits can be ordered by: FilterFields of one value, and the columns of the model's own order."""
    found: dict[str, Any] = {}
    for entry in obj.get_search_fields():  # type: ignore[attr-defined]
        if isinstance(entry, FilterField):
            found[entry.field_name] = sort_value(entry.get_value(obj))
    for name in columns_of_order(type(obj)):
        found.setdefault(name, sort_value(getattr(obj, name)))
    return {name: value for name, value in found.items() if value is not None}


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
