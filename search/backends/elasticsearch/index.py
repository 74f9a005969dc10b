"""Writing to Elasticsearch: an index a kind behind an alias."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from elasticsearch import Elasticsearch, NotFoundError
from modelsearch.backends.base import BaseIndex
from modelsearch.index import class_is_indexed

from search import rules, scopes
from search.keys import Body, bulk, source
from search.meaning import store

from .bodies import alias_of, body, key_of
from .faults import Fault, Met, fault_of_status

if TYPE_CHECKING:
    from . import ElasticsearchBackend

PATIENCE = 60.0
#: Seconds that the worker waits for a batch to be taken.
_WRITING = 15.0
_CHUNK = 200
#: All that is read of an answer; the rest is a line a document.
_TOLD = ("errors", "items.*.status", "items.*.error")
_PAGE = 5000


class ElasticsearchIndex(BaseIndex):
    """The index of one kind, by the name of its alias."""

    backend: ElasticsearchBackend

    def __init__(self, backend: ElasticsearchBackend, kind: str) -> None:
        super().__init__(backend)
        self.kind = kind
        self.alias = self.name = f"{backend.prefix}{kind.replace('.', '_')}"

    def __str__(self) -> str:
        return self.name

    def get_key(self) -> str:
        return self.name

    def add_items(self, model: type[Model], items: Sequence[Any]) -> None:
        """Put objects in place of what was there."""
        if class_is_indexed(model):
            self.write(items)

    def bodies(self, objs: Sequence[Any]) -> list[Body]:
        """What the documents of some objects are made of, with all that the database is asked for."""
        rules.refresh()
        alias = alias_of(objs[0])
        vectors = self.vectors(alias, objs)
        for model in {type(obj) for obj in objs}:
            scopes.find([obj for obj in objs if type(obj) is model], alias)
        return [body(obj, vectors.get(key_of(obj))) for obj in objs]

    def vectors(self, alias: str, objs: Sequence[Any]) -> dict[str, list[float]]:
        """What is known of the objects' meaning, by key."""
        return store.vectors_of(alias, self.kind, [key_of(obj) for obj in objs])

    def delete_item(self, item: Any) -> None:
        self.write((), [key_of(item)])

    def write(self, objs: Sequence[Model], gone: Sequence[str] = ()) -> None:
        """Put objects in place of what was there and forget those with the keys of `gone`.

        Raises EngineAway where the server does not answer, RuntimeError where it refuses a document. Before the first
        `update_index` there is nowhere to put them: then this does nothing.
        """
        for start in range(0, len(objs), _CHUNK):
            bodies = self.bodies(objs[start : start + _CHUNK])
            self.bulk([bulk(bodies)])
        if gone:
            self.bulk([line({"delete": {"_id": key}}) for key in gone])

    def bulk(self, operations: list[bytes]) -> None:
        """Raises EngineAway when the server takes nothing now."""

        def write(client: Elasticsearch) -> list[dict[str, Any]]:
            return self.refused(client, operations, require_alias=True)

        told(self.backend.server.write(write, _WRITING))

    def refused(self, client: Elasticsearch, operations: list[bytes], **options: Any) -> list[dict[str, Any]]:
        """What the server says of each operation that it did not take; raises Met when that is its own fault."""
        lines: list[Any] = [*operations]
        answer = client.bulk(index=self.name, operations=lines, filter_path=_TOLD, **options)
        said = [next(iter(item.values())) for item in answer["items"]] if answer["errors"] else []
        failed = [one for one in said if "error" in one]
        for one in failed:
            fault = fault_of_status(one["status"], one["error"].get("type", ""))
            if fault and fault is not Fault.REBUILD:
                raise Met(fault)
        return [one for one in failed if one["error"].get("type") != "index_not_found_exception"]

    def digests(self, kind: str) -> dict[str, str] | None:
        """The digest of every document, by key; None before the first `update_index`. Raises EngineAway."""
        server = self.backend.server
        if not server.write(lambda client: {"holders": self.holders()}, PATIENCE)["holders"]:
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
            answer = server.write(partial(self._page, page), PATIENCE)
            hits = answer["hits"]["hits"]
            found |= {hit["fields"]["pk"][0]: hit["fields"].get("h", [""])[0] for hit in hits}
            if len(hits) < _PAGE:
                return found
            page["search_after"] = hits[-1]["sort"]

    def _page(self, page: dict[str, Any], client: Elasticsearch) -> Any:
        return client.search(index=self.name, body=page)

    def digest_of(self, obj: Model) -> str:
        """What the digest should be."""
        rules.refresh()
        return str(source(body(obj))["h"])

    def refresh(self) -> None:
        self.backend.server.write(
            lambda client: client.indices.refresh(index=self.name, ignore_unavailable=True), PATIENCE
        )

    def reset(self) -> None:
        """An empty index in place of what was there."""
        from .rebuilder import ElasticsearchRebuilder  # which fills an index of this class

        rebuilder = ElasticsearchRebuilder(self)
        rebuilder.start()
        rebuilder.finish()

    def remove(self) -> None:
        """Delete what stands behind the alias, and the alias with it."""
        client = self.backend.server.client.options(request_timeout=PATIENCE)
        for name in self.holders():
            client.indices.delete(index=name, ignore_unavailable=True)

    def holders(self) -> list[str]:
        """Names of the indices behind the alias."""
        client = self.backend.server.client.options(request_timeout=PATIENCE)
        try:
            return list(client.indices.get_alias(name=self.alias))
        except NotFoundError:
            return []


def line(operation: dict[str, Any]) -> bytes:
    return json.dumps(operation, separators=(",", ":")).encode()


def told(failed: list[dict[str, Any]]) -> None:
    """Raises RuntimeError where something was refused."""
    if failed:
        raise RuntimeError(f"Elasticsearch did not take {len(failed)} documents: {failed[0]['error']}")
