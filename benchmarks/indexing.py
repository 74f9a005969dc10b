"""How fast the indexes are written, and how large they are."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

CHUNK = 1000
#: Ready bodies that are written for comparison.
RAW = 4000
#: A rebuild of more profiles is done once.
OFTEN = 10_000


def chunks(model: Any) -> Iterator[list[Any]]:
    last = 0
    rows = model.get_indexed_objects().order_by("pk")
    while part := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield part
        last = part[-1].pk


def index(engine: str, *, compared: bool = True) -> dict[str, float]:
    """Index everybody; documents a second of each index. Elasticsearch and its floor take turns, and the stock search's
    index is made too, unless nothing is `compared`."""
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner
    from search.backends.database import DatabaseSearchBackend

    number = Practitioner.objects.count()

    def rebuild(backend: Any) -> float:
        began = time.perf_counter()
        rebuilder = backend.rebuilder_class(backend.get_index_for_model(Practitioner))
        target = rebuilder.start()
        target.add_model(Practitioner)
        for part in chunks(Practitioner):
            target.add_items(Practitioner, part)
        rebuilder.finish()
        return number / (time.perf_counter() - began)

    found = {"database": rebuild(DatabaseSearchBackend({}))}
    if not compared:
        if engine == "elasticsearch":
            found["elasticsearch"] = rebuild(get_search_backend())
        analyse()
        return found
    if engine == "elasticsearch":
        turns = [(rebuild(get_search_backend()), raw_bulk()) for _turn in range(3 if number <= OFTEN else 1)]
        found["elasticsearch"] = median(ours for ours, _raw in turns)
        found["raw bulk"] = median(raw for _ours, raw in turns)
        found["elasticsearch / raw bulk"] = median(ours / raw for ours, raw in turns)
    found["stock"] = rebuild(get_search_backend("stock"))
    analyse()
    return found


def raw_bulk() -> float:
    """Documents a second when ready bodies, at most `RAW`, are written by the client's helper."""
    from elasticsearch.helpers import bulk
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner
    from search.backends.elasticsearch.schema import MAPPINGS, SETTINGS
    from search.keys import source

    index: Any = get_search_backend().get_index_for_model(Practitioner)
    client = index.backend.server.client.options(request_timeout=60)
    name = f"{index.alias}_raw"
    actions: list[dict[str, Any]] = []
    for part in chunks(Practitioner):
        bodies = index.bodies(part)
        actions += [{"_index": name, "_id": made.rest["pk"], "_source": source(made)} for made in bodies]
        if len(actions) >= RAW:
            break
    client.indices.create(index=name, mappings=MAPPINGS, settings=SETTINGS)
    try:
        began = time.perf_counter()
        bulk(client, actions, chunk_size=200)
        client.indices.refresh(index=name)
        return len(actions) / (time.perf_counter() - began)
    finally:
        client.indices.delete(index=name)


def analyse() -> None:
    """What PostgreSQL's autovacuum does in its own time."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def sizes(engine: str) -> dict[str, float]:
    """Megabytes: resident memory of this process at its highest, the index on disk."""
    from django.db import connection

    found = {"peak memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    ours = ("search_entry", "search_facetvalue", "search_word", "search_fts")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ours[:-1]:
                cursor.execute("SELECT pg_total_relation_size(%s)", [table])
                found[table] = cursor.fetchone()[0] / 1e6
        else:
            cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'dbstat'")
            for table in ours:
                try:
                    cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE %s", [f"{table}%"])
                    found[table] = (cursor.fetchone()[0] or 0) / 1e6
                except Exception:
                    break  # built without dbstat
    if engine == "elasticsearch":
        from modelsearch.backends import get_search_backend

        from directory.models import Practitioner

        backend: Any = get_search_backend()
        name = backend.get_index_for_model(Practitioner).alias
        stats = backend.server.client.options(request_timeout=60).indices.stats(index=name)
        found["elasticsearch"] = stats["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6
    return found
