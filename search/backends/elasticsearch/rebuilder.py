"""Rebuilding an index of Elasticsearch while the one before answers."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from modelsearch.index import class_is_indexed

from search.analysing import BATCH, Analysts
from search.indexing import changed_since, objects_of
from search.keys import bulk
from search.lease import lease
from search.meaning import store

from .index import PATIENCE, ElasticsearchIndex, told
from .schema import MAPPINGS, SETTINGS, VERSION

logger = logging.getLogger(__name__)

#: Requests under way at once: the server works while an answer is read.
SENDERS = 2
#: While nobody asks a new index it is neither refreshed nor copied to other nodes.
FILLING = {"refresh_interval": "-1", "number_of_replicas": 0, "auto_expand_replicas": "false"}


class NewIndex(ElasticsearchIndex):
    """An index that nobody asks yet. What is added is analysed and sent while the caller reads on.

    So an error shows when more is added, or at `settle`.
    """

    def __init__(self, index: ElasticsearchIndex) -> None:
        super().__init__(index.backend, index.kind)
        self.name = f"{index.alias}_{time.time_ns():x}"
        self._analysts = Analysts()
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="elasticsearch-bulk")
        self._under_way: deque[Future[None]] = deque()

    def add_items(self, model: type[Model], items: Sequence[Any]) -> None:
        if not class_is_indexed(model):
            return
        self._analysts.expect(len(items))
        try:
            for start in range(0, len(items), BATCH):
                self._add(items[start : start + BATCH])
        except BaseException:
            self.give_up()
            raise

    def _add(self, objs: Sequence[Any]) -> None:
        task = self._analysts.submit(bulk, self.bodies(objs))
        self._under_way.append(self._senders.submit(lambda: self.bulk([task.result()])))
        while len(self._under_way) >= self._analysts.ahead + SENDERS:
            self._under_way.popleft().result()

    def settle(self) -> None:
        """Wait until the server has taken everything. Raises what went wrong on the way."""
        try:
            while self._under_way:
                self._under_way.popleft().result()
        except BaseException:
            self.give_up()
            raise
        self._close()

    def give_up(self) -> None:
        """Take away what was begun, as far as the server lets us."""
        self._close()
        try:
            self._client.indices.delete(index=self.name, ignore_unavailable=True)
        except (ApiError, TransportError):
            logger.warning("%s is left behind.", self.name)

    def _close(self) -> None:
        # What is being sent is waited for: after it nothing would make the index anew.
        self._senders.shutdown(cancel_futures=True)
        self._analysts.close()

    @property
    def _client(self) -> Elasticsearch:
        return self.backend.server.client.options(request_timeout=PATIENCE)

    def vectors(self, alias: str, objs: Sequence[Any]) -> dict[str, list[float]]:
        """What is missing is computed."""
        store.refresh(alias, objs)
        return super().vectors(alias, objs)

    def bulk(self, operations: list[bytes]) -> None:
        told(self.refused(self._client, operations))


class ElasticsearchRebuilder:
    """Fills a new index while the old one answers, then moves the alias in one step."""

    def __init__(self, index: ElasticsearchIndex) -> None:
        self.index = index
        self.began = timezone.now()
        self.new = NewIndex(index)

    def start(self) -> NewIndex:
        server = self.index.backend.server
        server.wake()
        server.client.options(request_timeout=PATIENCE).indices.create(
            index=self.new.name,
            mappings=MAPPINGS | {"_meta": {"version": VERSION}},
            settings=self._settings | FILLING,
        )
        return self.new

    @property
    def _settings(self) -> dict[str, Any]:
        return SETTINGS | self.index.backend.index_settings

    def finish(self) -> None:
        """Write once more what was indexed meanwhile, then let the new index answer in the old one's place.

        Raises RuntimeError when a worker does not let go of the indexes.
        """
        self.new.settle()
        try:
            self._ready()
        except BaseException:
            self.new.give_up()
            raise
        with lease("index", patience=PATIENCE) as held:
            if held is None:
                raise RuntimeError("A worker has been indexing for a minute; start the rebuild again.")
            for objs, gone in objects_of(DEFAULT_DB_ALIAS, *changed_since(self.index.kind, self.began)):
                self.new.write(objs, gone)
                held.renew()
            self._swap()

    def _ready(self) -> None:
        """Refresh and copy the new index as others are, and wait a while for its copies."""
        client = self.index.backend.server.client.options(request_timeout=2 * PATIENCE)
        settings = {name: self._settings.get(name) for name in FILLING}
        client.indices.put_settings(index=self.new.name, settings=settings)
        client.indices.refresh(index=self.new.name)
        found = client.options(ignore_status=408).cluster.health(
            index=self.new.name, wait_for_no_initializing_shards=True, timeout=f"{PATIENCE:.0f}s"
        )
        if found["timed_out"]:
            logger.warning("%s is still being copied to other nodes.", self.new.name)

    def _swap(self) -> None:
        client = self.index.backend.server.client.options(request_timeout=PATIENCE)
        client.indices.refresh(index=self.new.name)
        old = self.index.holders()
        client.indices.update_aliases(
            actions=[
                {"add": {"index": self.new.name, "alias": self.index.alias}},
                *({"remove_index": {"index": name}} for name in old),
            ]
        )
        self.index.backend.server.trust.grant(self.index.alias, [self.new.name])
