"""How the time of Elasticsearch grows with the base: the same questions put to a small and to a large index in turn.

    python benchmarks/growth.py [--small 100000] [--large 1000000] [--vectors] [--repetitions 3] [--json OUT.json]

A few thousand profiles (see profiles.py) go into a scratch store, as in relevance.py, and are analysed. Each document of
the two indices is put together from them: every field is that of another person, so that words, pairs and facet values
have the share they have among the few thousand, and their lists grow as the index does. The index is as the site makes
it. The bodies are those that the page's code sends for a mixed log (questions.py); what the page does before and after
is not in the times: that does not grow with the index (see search.py).

`--vectors`: each document and each question bears a RANDOM vector, so that its neighbours are chance. It tells what
neighbours cost, not whether they are good.

Shown are p50, p95 and p99 of both, medians of the repetitions, and the ratio of the large to the small.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import chunks, index  # noqa: E402
from benchmarks.peers import requests_of, sent_to_index  # noqa: E402
from benchmarks.questions import questions  # noqa: E402
from benchmarks.relevance import store  # noqa: E402
from benchmarks.timing import figures, measure  # noqa: E402

WRITTEN = 4000
BATCH = 500
AT_ONCE = 3
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Made:
    """What documents are put together from: for each field the keys of everybody's text by class, and everybody's rest."""

    fields: dict[str, list[dict[str, str]]]
    rests: list[dict[str, Any]]

    @classmethod
    def of_everybody(cls, kind: Any) -> Made:
        from directory.models import Practitioner
        from search.keys import document, texts_of

        made = cls({}, [])
        for people in chunks(Practitioner):
            for body in kind.bodies(people):
                made.rests.append(body.rest)
                by_name: dict[str, list[Any]] = {}
                for part in body.parts:
                    by_name.setdefault(part.name, []).append(part)
                for name, parts in by_name.items():
                    made.fields.setdefault(name, []).append(texts_of(document(parts)))
        return made

    def documents(self, number: int, random: Random, vectors: Any = None) -> Iterator[bytes]:
        """Lines of a bulk request, headers and documents in turn."""
        fields = list(self.fields.values())
        for key in range(1, number + 1):
            pieces = [random.choice(texts) for texts in fields]
            made: dict[str, Any] = {
                name: " ".join(piece[name] for piece in pieces if piece[name]) for name in pieces[0]
            }
            made |= random.choice(self.rests) | {"pk": str(key), "h": "-"}
            if vectors is not None:
                made["v"] = vector(vectors)
            yield json.dumps({"index": {"_id": str(key)}}).encode()
            yield json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def vector(random: Any) -> list[float]:
    """A random direction."""
    from search.meaning.encoder import DIMENSIONS

    values = random.standard_normal(DIMENSIONS)
    return [round(float(value), 5) for value in values / (values**2).sum() ** 0.5]


def fill(client: Any, name: str, lines: Iterator[bytes]) -> float:
    """Documents a second."""
    from search.backends.elasticsearch.schema import MAPPINGS, SETTINGS

    settings = SETTINGS | {"number_of_replicas": 0, "refresh_interval": "-1"}
    settings.pop("auto_expand_replicas")
    client.indices.create(index=name, mappings=MAPPINGS, settings=settings)
    began, number = time.perf_counter(), 0

    def send(part: list[bytes]) -> None:
        answer = client.bulk(index=name, operations=part)
        if answer["errors"]:
            raise SystemExit(str(answer["items"][0]))

    with ThreadPoolExecutor(AT_ONCE) as senders:
        under_way: list[Future[None]] = []
        while part := list(islice(lines, 2 * BATCH)):
            under_way.append(senders.submit(send, part))
            if len(under_way) > AT_ONCE:
                under_way.pop(0).result()
            number += len(part) // 2
            if number % 50_000 == 0:
                print(f"  {name}: {number} in {time.perf_counter() - began:.0f} s", flush=True)
        for one in under_way:
            one.result()
    client.indices.refresh(index=name)
    return number / (time.perf_counter() - began)


def with_neighbours(requests: list[Any], random: Any) -> list[Any]:
    """The same with the body that asks for neighbours of a random vector, among what passes."""
    from search.backends.elasticsearch.asking import nearest
    from search.meaning.gate import Wish

    found = []
    for bodies in requests:
        passing = bodies["words"]["query"]["bool"]["filter"]
        wish = Wish(vector(random), (), floor=-1.0)  # type: ignore[arg-type]
        found.append(bodies | {"near": nearest(wish, passing)})
    return found


def found(client: Any, name: str, requests: list[Any]) -> float:
    """Hits of a question on the average."""
    from search.backends.elasticsearch.asking import COUNTED, answers

    told = [answers(client, name, one) for bodies in requests for one in bodies]
    totals = [(one.get(f"words{COUNTED}") or one["words"])["hits"]["total"]["value"] for one in told]
    return sum(totals) / len(totals)


def run(small: int, large: int, repetitions: int, asked: int, *, vectors: bool) -> dict[str, Any]:
    import numpy
    from django.utils import translation
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner

    profiles.write(WRITTEN)
    index("elasticsearch", compared=False)
    kind: Any = get_search_backend().get_index_for_model(Practitioner)
    client = kind.backend.server.client.options(request_timeout=PATIENCE)
    made = Made.of_everybody(kind)
    directions = numpy.random.default_rng(2026) if vectors else None
    names = {"small": f"{kind.alias}_small", "large": f"{kind.alias}_large"}
    speeds = {
        which: fill(client, names[which], made.documents(number, Random(number), directions))
        for which, number in (("small", small), ("large", large))
    }
    try:
        with translation.override("pl"):
            log = questions(asked)
            bodies = [requests_of(one) for one in log]
        if vectors:
            bodies = [with_neighbours(one, directions) for one in bodies]
        times = measure(
            {which: [sent_to_index(one, name) for one in bodies] for which, name in names.items()},
            repetitions,
        )
        hits = {which: found(client, name, bodies) for which, name in names.items()}
        sizes = client.indices.stats(index=list(names.values()), metric="store")["indices"]
    finally:
        client.indices.delete(index=list(names.values()))
    return {
        "documents": {"small": small, "large": large},
        "vectors": "random" if vectors else "none",
        "figures": figures(times, of="large"),
        "hits found": hits,
        "documents a second": speeds,
        "megabytes": {
            which: sizes[name]["total"]["store"]["size_in_bytes"] / 1e6 for which, name in names.items()
        },
    }


def show(made: dict[str, Any]) -> None:
    print(f"\nwords, vectors: {made['vectors']}")
    for name, values in made["figures"].items():
        unit = "" if "/" in name else " ms"
        print(f"  {name:<14}" + "".join(f"  {mark} {value:8.2f}{unit}" for mark, value in values.items()))
    for what in ("documents", "hits found", "documents a second", "megabytes"):
        print(f"  {what}: " + ", ".join(f"{name} {value:.0f}" for name, value in made[what].items()))


def main() -> None:
    options = argparse.ArgumentParser(description="Latency of Elasticsearch for a small and a large base.")
    options.add_argument("--small", type=int, default=100_000)
    options.add_argument("--large", type=int, default=1_000_000)
    options.add_argument("--vectors", action="store_true")
    options.add_argument("--repetitions", type=int, default=3)
    options.add_argument("--questions", type=int, default=80)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with store("elasticsearch", meaning=False):
        made = run(given.small, given.large, given.repetitions, given.questions, vectors=given.vectors)
    show(made)
    if given.json:
        given.json.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
