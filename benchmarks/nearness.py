"""How fast people near a municipality are found, beside the engine's own geography over the same people.

    python benchmarks/nearness.py --profiles 10000 [--engine embedded|postgresql|elasticsearch]

Municipalities are drawn by lot, and asked about with each distance, with and without a word. In turn, question by question:

    page    the code of the page, with all its facets, up to where it would be rendered
    found   the same question without facets: the first twenty, nearest first, and how many there are
    peer    the first twenty, nearest first, and how many there are, by what the engine offers for it: a geo_distance query over
            geo_point on Elasticsearch, cube and earthdistance under a GiST index on PostgreSQL. Nothing is read but keys, no word
            is asked. SQLite offers nothing: there the peer is plain Python over all people's coordinates in memory.

Before anything is measured, `found` and the peer have to find the same people for every question without a word.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import index  # noqa: E402
from benchmarks.relevance import store  # noqa: E402
from benchmarks.timing import figures, measure  # noqa: E402

WITHIN = ("25", "50", "100", "polska")
FIRST = 20
#: Keys of the first, and how many there are.
Found = tuple[set[Any], int]
Ask = Callable[[str, str], Found]


def by_page(text: str, facets: bool) -> Ask:
    from directory.asking import Asked, ask
    from directory.models import Practitioner
    from directory.nearness import Where
    from search.faceted import faceted

    def page(code: str, within: str) -> Found:
        asked = Asked.of(text, where=Where.of(code, within))
        if facets:
            found = ask(asked)
        else:
            people = Practitioner.objects.visible().for_cards()
            found = faceted(people, text, filters=asked.where.filters, order=asked.where.order)
        return {hit.object.pk for hit in found.hits}, found.total

    return page


def rows() -> list[tuple[Any, str, float, float, str]]:
    """Key, name to sort by, coordinates and code of everybody who may be seen."""
    from directory.models import Practitioner
    from directory.names import sort_key

    people = Practitioner.objects.visible("pl").exclude(municipality=None).order_by()
    found = people.values_list(
        "pk", "name", "municipality__latitude", "municipality__longitude", "municipality"
    )
    return [(pk, sort_key(name), float(north), float(east), code) for pk, name, north, east, code in found]


def by_elasticsearch() -> Ask:
    from elasticsearch.helpers import bulk
    from modelsearch.backends import get_search_backend

    from directory.gazetteer import gazetteer

    backend: Any = get_search_backend()
    client = backend.server.client.options(request_timeout=60)
    name = f"{backend.prefix}directory_geography"
    client.indices.create(
        index=name,
        settings={"number_of_shards": 1, "number_of_replicas": 0},
        mappings={
            "properties": {"p": {"type": "geo_point"}, "s": {"type": "keyword"}, "pk": {"type": "long"}}
        },
    )
    bulk(
        client,
        (
            {"_index": name, "_source": {"pk": pk, "s": key, "p": {"lat": north, "lon": east}}}
            for pk, key, north, east, _code in rows()
        ),
    )
    client.indices.refresh(index=name)

    def ask(code: str, within: str) -> Found:
        place = gazetteer().places[code]
        point = {"lat": place.latitude, "lon": place.longitude}
        near = {"geo_distance": {"distance": f"{reach(within)}km", "p": point}}
        answer = client.search(
            index=name,
            query={"bool": {"filter": [near]}} if near_only(within) else {"match_all": {}},
            sort=[{"_geo_distance": {"p": point, "order": "asc"}}, {"s": "asc"}, {"pk": "asc"}],
            size=FIRST,
            track_total_hits=True,
            stored_fields="_none_",
            docvalue_fields=["pk"],
        )
        hits = answer["hits"]
        return {hit["fields"]["pk"][0] for hit in hits["hits"]}, hits["total"]["value"]

    return ask


def by_postgresql() -> Ask:
    from django.db import connection

    from directory.gazetteer import EARTH, gazetteer

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS cube")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS earthdistance")
        cursor.execute("CREATE TABLE geography (pk bigint PRIMARY KEY, s text, p earth)")
        cursor.executemany(
            "INSERT INTO geography VALUES (%s, %s, ll_to_earth(%s, %s))", [row[:4] for row in rows()]
        )
        cursor.execute("CREATE INDEX ON geography USING gist (p)")
        cursor.execute("ANALYZE geography")

    def ask(code: str, within: str) -> Found:
        place = gazetteer().places[code]
        # earthdistance has another radius of the Earth; both count by the same angle.
        metres = f"{reach(within)} / {EARTH} * earth()"
        near = (
            f" WHERE earth_box(o, {metres}) @> p AND earth_distance(o, p) <= {metres}"
            if near_only(within)
            else ""
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH near AS MATERIALIZED (SELECT pk, s, earth_distance(o, p) AS far FROM geography,"  # nosec B608
                f" (SELECT ll_to_earth(%s, %s) AS o) origin{near})"
                f" SELECT pk, COUNT(*) OVER () FROM near ORDER BY far, s, pk LIMIT {FIRST}",
                [place.latitude, place.longitude],
            )
            found = cursor.fetchall()
        return {pk for pk, _total in found}, found[0][1] if found else 0

    return ask


def by_python() -> Ask:
    from directory.gazetteer import gazetteer

    people = rows()

    def ask(code: str, within: str) -> Found:
        far = gazetteer().kilometres.__wrapped__(gazetteer(), code)
        near = sorted(
            (far[row[4]], row[1], row[0])
            for row in people
            if within == "polska" or far[row[4]] <= int(within)
        )
        return {pk for _far, _name, pk in near[:FIRST]}, len(near)

    return ask


def near_only(within: str) -> bool:
    return within != "polska"


def reach(within: str) -> float:
    """Kilometres: what is shown as 50 may be 50.5. Half the Earth for anywhere."""
    return int(within) + 0.5 if near_only(within) else 20_000


def run(engine: str, number: int, repetitions: int, places: int) -> None:
    from django.utils import translation

    from directory.gazetteer import gazetteer

    profiles.write(number)
    index(engine, compared=False)
    draw = random.Random(7)  # nosec B311
    with translation.override("pl"):
        codes = draw.sample(sorted(gazetteer().places), places)
        log = [(code, within) for code in codes for within in WITHIN]
        peer = {
            "elasticsearch": by_elasticsearch,
            "postgresql": by_postgresql,
            "embedded": by_python,
        }[engine]()
        found = by_page("", facets=False)
        everybody = {row[0] for row in rows()}
        checked = 0
        for code, within in log:
            ours, theirs = found(code, within), peer(code, within)
            if within == "polska":  # ours finds those without a municipality, too
                theirs = theirs[0], ours[1]
            same = ours[1] == theirs[1] and (len(ours[0]) < FIRST or ours[1] >= FIRST)
            checked += same and (ours[0] == theirs[0] or ours[1] > FIRST) and ours[0] <= everybody
        print(
            f"\n{engine}, {number} profiles: {checked} of {len(log)} questions find the same people",
            flush=True,
        )
        ways = {
            "page": by_page("", facets=True),
            "page, a word": by_page("konsultacje ", facets=True),
            "found": found,
            "peer": peer,
        }
        for within in WITHIN:
            asked = [code for code, one in log if one == within]
            systems = {name: [partial(way, code, within) for code in asked] for name, way in ways.items()}
            told = figures(measure(systems, repetitions), of="found")  # type: ignore[arg-type]
            print(f"  within {within}")
            for name, values in told.items():
                unit = "" if " / " in name else " ms"
                print(
                    f"    {name:<22}"
                    + "".join(f"  {mark} {value:7.2f}{unit}" for mark, value in values.items())
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--engine", choices=["embedded", "postgresql", "elasticsearch"], default="embedded")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--places", type=int, default=12)
    given = parser.parse_args()
    with store(given.engine, meaning=False):
        run(given.engine, given.profiles, given.repetitions, given.places)


if __name__ == "__main__":
    main()
