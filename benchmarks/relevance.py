"""How well the practitioner base answers a judged collection of questions.

    python benchmarks/relevance.py --collection DIR --engine embedded|postgresql|elasticsearch --run OUT.tsv [--per-query]

DIR holds practitioners.csv (the form of the import) and queries.tsv (qid, category, query), and may hold qrels.tsv
(qid, id, grade 0 to 3). The people are imported into a scratch store that is taken away at the end: a temporary SQLite
file, a database of its own beside TEST_POSTGRESQL_URL or DATABASE_URL, indices of a prefix of their own at
TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL; where neither is set, the usual port of this machine.
Every question is answered by the very code of the page; OUT.tsv gets qid, id, rank of the first fifty. With judgements
it ends with nDCG@10 (gain 2^grade - 1, discount 1/log2(rank + 1)) over all and by category, and recall@20.
"""

from __future__ import annotations

import argparse
import math
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

DEPTH = 50
AT = 10
RECALLED = 20

Judgements = dict[str, dict[str, int]]


def rows(path: Path, least: int) -> list[list[str]]:
    """Lines split at tabs; quotes belong to the text. The header, when there is one, is left out."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    split = [line.split("\t") for line in lines if line.strip()]
    split = [fields for fields in split if fields[0] != "qid"]
    for fields in split:
        if len(fields) < least:
            sys.exit(f"{path}: {least} fields wanted: {fields}")
    return split


def ndcg(ranked: list[str], grades: dict[str, int]) -> float:
    """0 where nothing is relevant."""

    def gain(found: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(found[:AT]))

    ideal = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(one, 0) for one in ranked]) / ideal if ideal else 0.0


def recall(ranked: list[str], grades: dict[str, int]) -> float:
    """The share of what is relevant that stands among the first twenty."""
    return len(grades.keys() & set(ranked[:RECALLED])) / len(grades) if grades else 0.0


def given(one: str, other: str, default: str) -> str:
    """An address from the first of two variables that is set, else the usual one of this machine."""
    return os.environ.get(one) or os.environ.get(other) or default


@contextmanager
def scratch_postgresql() -> Iterator[str]:
    """The address of a new database beside the one of TEST_POSTGRESQL_URL."""
    import psycopg
    from psycopg import sql

    address = given("TEST_POSTGRESQL_URL", "DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    name = f"relevance_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def store(engine: str, *, meaning: bool = True) -> Iterator[None]:
    """Django set up over an empty scratch store, schema made."""
    with ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="relevance-"))
        database = f"sqlite:///{directory}/scratch.sqlite3"
        if engine == "postgresql":
            database = stack.enter_context(scratch_postgresql())
        os.environ |= {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "przestrzen.settings.test",
            "PRZESTRZEN_IGNORE_DOTENV": "1",
            "LOG_LEVEL": "WARNING",
        }
        elasticsearch = given("TEST_ELASTICSEARCH_URL", "ELASTICSEARCH_URL", "http://127.0.0.1:9200")
        os.environ.pop("ELASTICSEARCH_URL", None)
        if engine == "elasticsearch":
            os.environ["ELASTICSEARCH_URL"] = elasticsearch
            os.environ["ELASTICSEARCH_TIMEOUT"] = "60"  # what is measured is not the database
            os.environ["ELASTICSEARCH_INDEX_PREFIX"] = f"relevance_{secrets.token_hex(4)}_"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        from django.conf import settings

        settings.SEARCH_MEANING = meaning
        call_command("migrate", verbosity=0)
        stack.callback(connections.close_all)
        if engine == "elasticsearch":
            from modelsearch.backends import get_search_backend

            # Quality is measured here, not patience: a busy machine's server may take its time.
            settings.WAGTAILSEARCH_BACKENDS["default"]["TIMEOUT"] = 30

            backend: Any = get_search_backend()
            stack.callback(backend.remove_indices)
            call_command("update_index", "--backend", "default", "--schema-only", verbosity=0)
        yield


def load(path: Path) -> int:
    """Import the people as the editors do, making the terms that are missing."""
    from modelsearch.backends import get_search_backend

    from directory.importing import run

    with path.open("rb") as stream:
        report = run(stream, create_terms=True)
    if report.refused:
        print(report)
    # What was just written shows in an Elasticsearch after a second or so; the first questions come sooner.
    get_search_backend().refresh_indexes()
    return report.created


def answer(text: str) -> list[str]:
    """Ids of the first people found, as the page finds them."""
    from directory.models import Practitioner
    from search.faceted import faceted

    found = faceted(
        Practitioner.objects.visible(),
        text,
        facets=("method_slugs", "topic_slugs", "audience_slugs", "voivodeship_slugs"),
        page_size=DEPTH,
    )
    if found.degraded:
        sys.exit("The engine went away; the database answered instead.")
    return [hit.object.public_id for hit in found.hits]


def main() -> None:
    options = argparse.ArgumentParser(
        description="nDCG@10 of the practitioner base over a judged collection."
    )
    options.add_argument("--collection", type=Path, required=True)
    options.add_argument("--engine", choices=["embedded", "postgresql", "elasticsearch"], default="embedded")
    options.add_argument("--run", type=Path, required=True, help="where qid, id, rank are written")
    options.add_argument("--per-query", action="store_true", help="print every question's own nDCG@10")
    options.add_argument("--words", action="store_true", help="words only, without meaning")
    given = options.parse_args()
    people, questions = given.collection / "practitioners.csv", given.collection / "queries.tsv"
    for path in (people, questions):
        if not path.is_file():
            sys.exit(f"{path} is missing.")
    queries = rows(questions, 3)
    runs: dict[str, list[str]] = {}
    with store(given.engine, meaning=not given.words):
        began = time.monotonic()
        count = load(people)
        print(f"{count} people in {time.monotonic() - began:.1f} s on {given.engine}")
        times = []
        for qid, _category, text, *_rest in queries:
            began = time.monotonic()
            runs[qid] = answer(text)
            times.append(time.monotonic() - began)
        print(f"{len(queries)} questions, median {sorted(times)[len(times) // 2] * 1000:.0f} ms")
    with given.run.open("w", encoding="utf-8") as file:
        file.write("qid\tid\trank\n")
        for qid, found in runs.items():
            file.writelines(f"{qid}\t{one}\t{rank}\n" for rank, one in enumerate(found, 1))
    judged = given.collection / "qrels.tsv"
    if judged.is_file():
        report(queries, runs, rows(judged, 3), each=given.per_query)


def report(
    queries: list[list[str]], runs: dict[str, list[str]], judged: list[list[str]], *, each: bool
) -> None:
    grades: Judgements = {fields[0]: {} for fields in queries}
    for qid, one, grade, *_rest in judged:
        grades.setdefault(qid, {})[one] = int(grade)
    about = {qid: (category, text) for qid, category, text, *_rest in queries}
    scores = {qid: ndcg(runs.get(qid, []), wanted) for qid, wanted in grades.items()}
    if each:
        for qid, score in scores.items():
            print(f"{qid}\t{score:.3f}\t{'  '.join(about.get(qid, ()))}")
    by: dict[str, list[float]] = {}
    for qid, score in scores.items():
        by.setdefault(about.get(qid, ("-",))[0], []).append(score)
    for category, some in by.items():
        print(f"  {category:<14} {len(some):>3}  {sum(some) / len(some):.3f}")
    print(f"nDCG@10    {sum(scores.values()) / len(scores):.3f}")
    found = [recall(runs.get(qid, []), wanted) for qid, wanted in grades.items()]
    print(f"recall@20  {sum(found) / len(found):.3f}")


if __name__ == "__main__":
    main()
