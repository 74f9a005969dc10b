"""How well questions find people: nDCG@10 of a judged collection, by the very code of the base's page.

    python benchmarks/relevance.py --collection DIR --engine embedded|postgresql|elasticsearch --run OUT.tsv

DIR/practitioners.csv is imported into a scratch store (terms that are missing are created), DIR/queries.tsv (qid,
category, question; split at tabs) is asked, OUT.tsv gets qid, id, rank. With DIR/qrels.tsv (qid, id, grade 0 to 3)
nDCG@10 is printed, by category too; --per-query prints every question's.

The scratch store is a database in memory, or a new one on the PostgreSQL of TEST_POSTGRESQL_URL or DATABASE_URL (else
postgres://postgres@127.0.0.1:5432/postgres), or indices with a prefix of their own on the Elasticsearch of
TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL (else http://127.0.0.1:9200). It is deleted at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def first(*names: str, default: str) -> str:
    return next((os.environ[name] for name in names if os.environ.get(name)), default)


def prepare(engine: str) -> None:
    """Point the settings at the scratch store of an engine; before Django reads them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "przestrzen.settings.test"
    os.environ["PRZESTRZEN_IGNORE_DOTENV"] = "1"
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    postgresql = first(
        "TEST_POSTGRESQL_URL", "DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/postgres"
    )
    elastic = first("TEST_ELASTICSEARCH_URL", "ELASTICSEARCH_URL", default="http://127.0.0.1:9200")
    os.environ["DATABASE_URL"] = postgresql if engine == "postgresql" else "sqlite://:memory:"
    os.environ.pop("ELASTICSEARCH_URL", None)
    if engine == "elasticsearch":
        os.environ["ELASTICSEARCH_URL"] = elastic
        os.environ["ELASTICSEARCH_INDEX_PREFIX"] = f"relevance_{os.getpid()}_"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--collection", type=Path, required=True)
    parser.add_argument("--engine", choices=["embedded", "postgresql", "elasticsearch"], default="embedded")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--per-query", action="store_true")
    options = parser.parse_args()
    prepare(options.engine)

    import django
    from django.db import connection

    django.setup()
    from benchmarks import collection

    connection.settings_dict["TEST"]["NAME"] = (
        None if options.engine != "postgresql" else f"relevance_{os.getpid()}"
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        count = collection.load(options.collection / "practitioners.csv")
        if options.engine == "elasticsearch":
            rebuild()
        questions = collection.rows(options.collection / "queries.tsv")
        began = time.perf_counter()
        run = {qid: collection.ask(text) for qid, _category, text, *_ in questions}
        spent = (time.perf_counter() - began) / max(len(run), 1)
    finally:
        if options.engine == "elasticsearch":
            clear()
        connection.creation.destroy_test_db("", verbosity=0)

    lines = [f"{qid}\t{key}\t{rank}\n" for qid, keys in run.items() for rank, key in enumerate(keys, 1)]
    options.run.write_text("qid\tid\trank\n" + "".join(lines), encoding="utf-8")
    print(f"{options.engine}: {count} people, {len(run)} questions, {spent * 1000:.1f} ms a question")
    if (options.collection / "qrels.tsv").exists():
        report(collection, options.collection / "qrels.tsv", run, questions, per_query=options.per_query)
    return 0


def report(collection, path, run, questions, *, per_query: bool) -> None:  # type: ignore[no-untyped-def]
    judged = collection.judgements(path)
    category = {qid: name for qid, name, *_ in questions}
    if per_query:
        for qid, name, text, *_ in questions:
            print(
                f"{collection.ndcg(run[qid], judged.get(qid, {})):.3f}  {qid}  {name:<14} {text}  {run[qid][:10]}"
            )
    by = collection.scores(run, judged, category)
    print(f"nDCG@10 {mean(by.pop('')):.3f}")
    for name, values in by.items():
        print(f"  {name:<14} {len(values):>3}  {mean(values):.3f}")


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def rebuild() -> None:
    from django.core.management import call_command
    from modelsearch.backends import get_search_backend

    call_command("update_index", backend_name="default", verbosity=0)
    get_search_backend().refresh_indexes()


def clear() -> None:
    from modelsearch.backends import get_search_backend

    client = get_search_backend().es
    for name in client.indices.get(index=f"{os.environ['ELASTICSEARCH_INDEX_PREFIX']}*"):
        client.indices.delete(index=name)


if __name__ == "__main__":
    sys.exit(main())
