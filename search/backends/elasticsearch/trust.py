"""Whether what stands behind an alias can be asked: its server's version, and the version of the index's mapping."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from threading import Lock
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from .faults import Fault, Met

#: Versions that the client speaks with: its own, and the next by compatibility headers.
MAJORS = (8, 9)
#: Seconds in which an alias that must be rebuilt is not looked at again.
REST = 5.0


class Trust:
    """Remembers which indices behind an alias were made by this version of the site.

    An alias is looked at when it is first asked, and whenever a hit comes from an index that was not there before.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._good: dict[str, frozenset[str]] = {}
        self._bad: dict[str, float] = {}

    def doubted(self, alias: str) -> bool:
        """Whether the alias was found wanting a moment ago."""
        with self._lock:
            return time.monotonic() < self._bad.get(alias, 0.0)

    def check(self, client: Elasticsearch, alias: str, version: str, indices: Collection[str]) -> None:
        """Raises Met when hits from these indices must not be shown."""
        with self._lock:
            good = self._good.get(alias)
        if good is not None and good.issuperset(indices):
            return
        check_version(client)
        held = holdings(client, [alias], version)[alias]
        if held is None or not held.issuperset(indices):
            with self._lock:
                self._good.pop(alias, None)
                self._bad[alias] = time.monotonic() + REST
            raise Met(Fault.REBUILD, f"{alias} must be rebuilt.")
        self.grant(alias, held)

    def grant(self, alias: str, indices: Iterable[str]) -> None:
        with self._lock:
            self._good[alias] = frozenset(indices)
            self._bad.pop(alias, None)


def holdings(client: Elasticsearch, aliases: list[str], version: str) -> dict[str, frozenset[str] | None]:
    """The indices behind each alias; None where there are none, or one has another mapping."""
    found: dict[str, dict[str, Any]] = client.indices.get(
        index=",".join(aliases),
        ignore_unavailable=True,
        filter_path=["*.aliases", "*.mappings._meta"],
    ).body
    told: dict[str, frozenset[str] | None] = {}
    for alias in aliases:
        behind = {name: about for name, about in found.items() if alias in about.get("aliases", ())}
        sound = all(
            about.get("mappings", {}).get("_meta") == {"version": version} for about in behind.values()
        )
        told[alias] = frozenset(behind) if behind and sound else None
    return told


def check_version(client: Elasticsearch) -> None:
    """Raises Met for a server that the client is not made for. `GET /` is not everywhere to be had."""
    try:
        told: Any = client.nodes.info(node_id="_local", filter_path="nodes.*.version").body
    except ApiError as error:
        if error.status_code == 403:  # a key may be good for our indices alone
            return
        raise
    for node in told.get("nodes", {}).values():
        version = str(node.get("version", ""))
        if version.partition(".")[0] not in map(str, MAJORS):
            raise Met(Fault.VERSION, f"Elasticsearch {version} is not one of the versions {MAJORS}.")
