"""How fast the practitioner base is searched, as ratios to the floor and to the stock search, measured in one run.

    python benchmarks/search.py --profiles 10000 [--engine embedded|postgresql|elasticsearch] [--json OUT.json]

The profiles (see profiles.py) go into a scratch store, as in relevance.py, and are indexed. Then every question of a
mixed log is put to

    page    the code of the page, with all seven facets, up to where it would be rendered
    floor   what the page's code sent to its engine, sent again: the same body by the client, the same SQL by a cursor
    stock   modelsearch's own database search over the same rows: hits, total and a statement for each facet. On
            Elasticsearch there is none: its stock mapping wants analysis plugins that the test server lacks

in turn, `--repetitions` times. Each repetition gives a p50, p95 and p99 over the log; medians of these are shown, and
ratios are medians of each repetition's own ratio. Meaning is off: vectors of made-up people would say nothing.
A rebuild is timed beside raw writes of the same documents. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.relevance import store  # noqa: E402

MARKS = (50, 95, 99)
CHUNK = 1000

Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    text: str = ""
    values: tuple[tuple[str, str], ...] = ()


def questions(number: int, seed: int = 7) -> list[Asked]:
    """A mixed log, from words that stand in the base; the same for one seed."""
    from directory.models import Method, Practitioner, Topic, Voivodeship

    random = Random(seed)
    names = list(Practitioner.objects.visible("pl").order_by("pk").values_list("name", flat=True)[:5000])
    surnames = [name.split()[-1] for name in names]
    methods, topics = (
        list(model.objects.order_by("slug").values_list("slug", flat=True)) for model in (Method, Topic)
    )
    regions = list(Voivodeship.values)
    common = (
        "budżet",
        "konsultacje",
        "mieszkańcy",
        "spotkanie",
        "młodzież",
        "szkoła",
        "gmina",
        "rewitalizacja",
    )
    rare = ("kredą", "Náchodu", "geoankieta", "powodzi", "wiklina", "suchych zbiorników", "sąd obywatelski")
    inflected = (
        "budżetem obywatelskim",
        "mediacjom",
        "w Bytomiu",
        "seniorkami",
        "rewitalizacją",
        "uchwałach",
    )

    def three() -> tuple[tuple[str, str], ...]:
        return (
            ("metoda", random.choice(methods)),
            ("temat", random.choice(topics)),
            ("wojewodztwo", random.choice(regions)),
        )

    makers: dict[str, Callable[[], Asked]] = {
        "rare": lambda: Asked("rare", random.choice(rare)),
        "common": lambda: Asked("common", random.choice(common) + " "),
        "two": lambda: Asked("two", " ".join(random.sample(common, 2)) + " "),
        "surname": lambda: Asked("surname", random.choice(surnames)),
        "inflected": lambda: Asked("inflected", random.choice(inflected)),
        "none": lambda: Asked("none", "qwx" + "".join(random.choices("bcdfghjk", k=8))),
        "filters": lambda: Asked("filters", "", three()[: random.randint(1, 2)]),
        "three": lambda: Asked("three", random.choice(common) + " ", three()),
    }
    kinds = list(makers)
    return [makers[kinds[place % len(kinds)]]() for place in range(number)]


# ---- who is asked


def page_code(asked: Asked) -> Ask:
    from directory.asking import Asked as Address
    from directory.asking import ask

    values = {name: [value] for name, value in asked.values}
    return lambda: ask(Address.of(asked.text, values))


def floor_of(asked: Asked, engine: str) -> Ask:
    """What the page's code sends for this question, caught and sent again by itself."""
    return sent_to_elasticsearch(asked) if engine == "elasticsearch" else sent_to_database(asked)


def sent_to_elasticsearch(asked: Asked) -> Ask:
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner
    from search.backends import elasticsearch as module
    from search.backends.elasticsearch import asking

    bodies: list[Any] = []
    kept = asking.requests

    def caught(question: Any) -> list[dict[str, Any]]:
        bodies.append(kept(question))
        made: list[dict[str, Any]] = bodies[-1]
        return made

    module.requests = caught  # type: ignore[attr-defined]
    try:
        page_code(asked)()
    finally:
        module.requests = kept  # type: ignore[attr-defined]
    backend: Any = get_search_backend()
    client, name = backend.server.client, backend.get_index_for_model(Practitioner).alias
    return lambda: [client.search(index=name, body=made[0]) for made in bodies]


def sent_to_database(asked: Asked) -> Ask:
    from django.db import connection

    caught: list[tuple[str, Any]] = []

    def catch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "chosen AS MATERIALIZED" in sql:
            caught.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(catch):
        page_code(asked)()

    def ask() -> list[Any]:
        found = []
        for sql, params in caught:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                found.append(cursor.fetchall())
        return found

    return ask


def stock(asked: Asked) -> Ask:
    """The stock search: twenty hits, the total, a statement a facet.

    It refuses conditions on what is no FilterField of the table, so the reading rule, chosen values and counts of
    relations are put to the queryset that its own compiler makes.
    """
    from django.db.models import Count
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner

    backend: Any = get_search_backend("stock")
    columns = {"metoda": "methods__slug", "temat": "topics__slug", "wojewodztwo": "voivodeship"}
    facets = (*columns.values(), "audiences__slug", "sector", "is_mentor", "languages")

    def ask() -> Any:
        visible = Practitioner.objects.visible("pl")
        if text := asked.text.strip():
            found = backend.search(text, Practitioner.objects.all(), operator="and")
            hits = found.query_compiler.search(found.query_compiler.get_config(backend), None, None)
            hits = hits.filter(pk__in=visible.values("pk"))
        else:
            hits = visible
        for name, value in asked.values:
            hits = hits.filter(**{columns[name]: value})
        plain = hits.order_by()
        counts = [list(plain.values(one).annotate(n=Count("pk")).values_list(one, "n")) for one in facets]
        return list(hits[:20]), plain.count(), counts

    return ask


# ---- how it is measured


def measure(systems: dict[str, list[Ask]], repetitions: int) -> dict[str, list[list[float]]]:
    """Seconds of every question, by system and repetition. The systems take turns, question by question."""
    for asks in systems.values():
        for ask in asks:
            ask()  # caches are warm where a site has been up for a minute
    times: dict[str, list[list[float]]] = {name: [] for name in systems}
    names = list(systems)
    for repetition in range(repetitions):
        for name in names:
            times[name].append([])
        for place in range(len(systems[names[0]])):
            turn = (repetition + place) % len(names)
            for name in [*names[turn:], *names[:turn]]:
                began = time.perf_counter()
                systems[name][place]()
                times[name][-1].append(time.perf_counter() - began)
    return times


def percentile(values: list[float], mark: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(mark / 100 * (len(ordered) - 1)))]


def figures(times: dict[str, list[list[float]]]) -> dict[str, Any]:
    """Milliseconds by system and mark, and ratios of the page's code to the others."""
    made: dict[str, Any] = {
        name: {f"p{mark}": 1000 * median(percentile(one, mark) for one in runs) for mark in MARKS}
        for name, runs in times.items()
    }
    for other in times:
        if other != "page":
            made[f"page / {other}"] = {
                f"p{mark}": median(
                    percentile(one, mark) / percentile(two, mark)
                    for one, two in zip(times["page"], times[other], strict=True)
                )
                for mark in MARKS
            }
    return made


def by_kind(log: list[Asked], times: dict[str, list[list[float]]]) -> dict[str, dict[str, float]]:
    """Median milliseconds by kind of question and system."""
    return {
        kind: {
            name: 1000
            * median(run[place] for run in runs for place, one in enumerate(log) if one.kind == kind)
            for name, runs in times.items()
        }
        for kind in dict.fromkeys(one.kind for one in log)
    }


# ---- indexing


def chunks(model: Any) -> Iterator[list[Any]]:
    last = 0
    rows = model.get_indexed_objects().order_by("pk")
    while part := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield part
        last = part[-1].pk


def index(engine: str) -> dict[str, float]:
    """Index everybody; documents a second of each index."""
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner
    from search.backends.database import DatabaseSearchBackend

    found: dict[str, float] = {}
    number = Practitioner.objects.count()

    def rebuilt(name: str, backend: Any) -> None:
        began = time.perf_counter()
        rebuilder = backend.rebuilder_class(backend.get_index_for_model(Practitioner))
        target = rebuilder.start()
        for part in chunks(Practitioner):
            target.add_items(Practitioner, part)
        rebuilder.finish()
        found[name] = number / (time.perf_counter() - began)

    rebuilt("database", DatabaseSearchBackend({}))
    if engine == "elasticsearch":
        rebuilt("elasticsearch", get_search_backend())
        found["elasticsearch raw bulk"] = raw_bulk(number)
    else:
        rebuilt("stock", get_search_backend("stock"))
    analyse()
    return found


def raw_bulk(number: int) -> float:
    """Documents a second when ready bodies are written by the client's helper, at most 2,000 of them."""
    from elasticsearch.helpers import bulk
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner
    from search.backends.elasticsearch.schema import MAPPINGS, SETTINGS
    from search.keys import source

    client = get_search_backend().server.client.options(request_timeout=60)
    index: Any = get_search_backend().get_index_for_model(Practitioner)
    name = f"{index.alias}_raw"
    actions: list[dict[str, Any]] = []
    for part in chunks(Practitioner):
        actions += [
            {"_index": name, "_id": made.rest["pk"], "_source": source(made)} for made in index.bodies(part)
        ]
        if len(actions) >= 2000:
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


def run(engine: str, number: int, repetitions: int, asked: int) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import translation

    began = time.perf_counter()
    settings.WAGTAILSEARCH_BACKENDS["stock"] = {
        "BACKEND": "modelsearch.backends.database",
        "AUTO_UPDATE": False,
    }
    profiles.write(number)
    print(f"{number} profiles written in {time.perf_counter() - began:.0f} s", flush=True)
    speeds = index(engine)
    print("indexed, documents a second:", {name: round(speed) for name, speed in speeds.items()}, flush=True)
    with translation.override("pl"):
        log = questions(asked)
        systems = {
            "page": [page_code(one) for one in log],
            "floor": [floor_of(one, engine) for one in log],
        }
        if engine != "elasticsearch":
            systems["stock"] = [stock(one) for one in log]
        times = measure(systems, repetitions)
    return {
        "engine": engine,
        "profiles": number,
        "questions": asked,
        "repetitions": repetitions,
        "meaning": "off",
        "figures": figures(times),
        "by kind": by_kind(log, times),
        "documents a second": speeds,
        "megabytes": sizes(engine),
    }


def show(found: dict[str, Any]) -> None:
    print(f"\n{found['engine']}, {found['profiles']} profiles, {found['questions']} questions, meaning off")
    for name, values in found["figures"].items():
        unit = "" if "/" in name else " ms"
        print(f"  {name:<14}" + "".join(f"  {mark} {value:8.2f}{unit}" for mark, value in values.items()))
    print("  medians by kind, ms")
    for kind, values in found["by kind"].items():
        print(f"    {kind:<10}" + "".join(f"  {name} {value:8.2f}" for name, value in values.items()))
    print("  MB: " + ", ".join(f"{name} {value:.0f}" for name, value in found["megabytes"].items()))


def main() -> None:
    options = argparse.ArgumentParser(description="Latency of the practitioner base's search, as ratios.")
    options.add_argument("--profiles", type=int, required=True)
    options.add_argument("--engine", choices=["embedded", "postgresql", "elasticsearch"], default="embedded")
    options.add_argument("--repetitions", type=int, default=5)
    options.add_argument("--questions", type=int, default=80)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with store(given.engine, meaning=False):
        found = run(given.engine, given.profiles, given.repetitions, given.questions)
    show(found)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
