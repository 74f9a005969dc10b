"""How fast the server suggests while somebody types, and how much of it is the database's own work.

    python benchmarks/suggestions.py --profiles 100000 [--engine embedded|postgresql] [--repetitions 5]

The profiles (see profiles.py) and a few articles go into a scratch store, as in relevance.py. The index gets what a
whole rebuild writes, but words are analysed for the first thousand people only: whoever comes after them bears the
texts of one of them under their own name and organisation. So the index is as large as a real one and is there in
minutes. Facets and the vocabulary stay empty: suggestions don't ask them.

Every beginning of a mixed log is put to

    page     GET /podpowiedzi/ through every middleware, never from what was kept of an earlier answer
    floor    the statements that this sends, sent again by a cursor

in turn. Shown are p50 and p95 over all answers, their ratio, the same by kind of beginning, and then the page where
nothing is remembered (term names, the register, the tree), as for the first who types after half a minute of silence.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import analyse  # noqa: E402
from benchmarks.peers import resent  # noqa: E402
from benchmarks.questions import Asked  # noqa: E402
from benchmarks.relevance import store  # noqa: E402
from benchmarks.timing import Ask, by_kind, figures, measure  # noqa: E402

ANALYSED = 1000
CHUNK = 1000
ARTICLES = 200
MARKS = ("p50", "p95", "p99")


def fill(number: int) -> None:
    from directory.models import DirectoryPage
    from home.models import HomePage

    profiles.write(number)
    home = HomePage.objects.get(locale__language_code="pl")
    home.add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow"))
    add_articles(home)
    index()
    analyse()


def add_articles(home: Any) -> None:
    import datetime

    from blog.models import ArticleIndexPage, ArticlePage
    from search.indexing import flush

    shelf = home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly"))
    day = datetime.date(2026, 5, 1)
    for place, title in enumerate(islice(profiles.pool().sentences, ARTICLES)):
        shelf.add_child(instance=ArticlePage(title=title.strip(".")[:200], slug=f"a{place}", date=day))
    flush("default")


def index() -> None:
    """Index everybody in the database."""
    from django.db import transaction

    from directory.models import Practitioner
    from search.backends.database.index import engine
    from search.documents import Document, kind_of, parts
    from search.keys import document
    from search.models import Entry

    kind, fields = kind_of(Practitioner), ("name", "organisation")
    first = Practitioner.get_indexed_objects().order_by("pk")[:ANALYSED]
    told = [document([part for part in parts(person) if part.boost is not None]) for person in first]
    rows = Practitioner.objects.order_by("pk").values_list("pk", *fields)
    for start in range(0, rows.count(), CHUNK):
        made: dict[str, Document] = {}
        for place, (pk, *texts) in enumerate(rows[start : start + CHUNK], start):
            own = Document({name: bag.copy() for name, bag in told[place % len(told)].keys.items()})
            for field, text in zip(fields, texts, strict=True):
                own.add_autocomplete([text], field)
            made[str(pk)] = own
        with transaction.atomic():
            rows_of = [(Entry(kind=kind, object_id=key, digest="-"), own) for key, own in made.items()]
            engine("default").write("default", rows_of, [])


def beginnings(number: int, seed: int = 7) -> list[Asked]:
    """A mixed log of what is typed, from words that stand in the base; the same for one seed."""
    from directory.models import Method, Municipality, Practitioner, Topic
    from search.analysis import fold

    random = Random(seed)
    names = list(Practitioner.objects.order_by("pk").values_list("name", flat=True)[:5000])
    terms = [name for model in (Method, Topic) for name in model.objects.values_list("name", flat=True)]
    places = list(Municipality.objects.order_by("teryt").values_list("name", flat=True))

    def begun(word: str) -> str:
        return word[: random.randint(2, 8)]

    def person() -> list[str]:
        return random.choice(names).split()

    makers: dict[str, Callable[[], str]] = {
        "first name": lambda: begun(person()[0]),
        "surname": lambda: begun(person()[-1]),
        "without diacritics": lambda: fold(begun(person()[-1])),
        "two words": lambda: f"{person()[0]} {begun(person()[-1])}",
        "whole name": lambda: " ".join(person()),
        "term": lambda: begun(random.choice(terms)),
        "place": lambda: begun(random.choice(places)),
        "nonsense": lambda: "qwx" + "".join(random.choices("bcdfghjk", k=random.randint(0, 5))),
    }
    kinds = list(makers)
    return [Asked(kind := kinds[place % len(kinds)], makers[kind]()) for place in range(number)]


def page(asked: Asked, client: Any) -> Ask:
    address = f"/podpowiedzi/?{urlencode({'q': asked.text})}"

    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{asked.text!r}: {answer.status_code}")

    return ask


def floor(ask: Ask) -> Ask:
    ask()  # what is remembered is none of it
    return resent(ask)


def forgetful(ask: Ask) -> Ask:
    from home import frame

    def first() -> None:
        frame.forget()
        ask()

    return first


def run(number: int, repetitions: int) -> Iterator[tuple[str, list[Asked], dict[str, list[list[float]]]]]:
    from django.test import Client

    from search import suggestions

    suggestions.KEPT = 0
    client = Client()
    log = beginnings(number)
    asks = [page(one, client) for one in log]
    yield "page and floor", log, measure({"page": asks, "floor": [floor(ask) for ask in asks]}, repetitions)
    yield "nothing remembered", log, measure({"page": [forgetful(ask) for ask in asks]}, 1)


def main() -> None:
    options = argparse.ArgumentParser(description="Latency of suggestions, and the floor under it.")
    options.add_argument("--profiles", type=int, required=True)
    options.add_argument("--engine", choices=["embedded", "postgresql"], default="embedded")
    options.add_argument("--repetitions", type=int, default=5)
    options.add_argument("--beginnings", type=int, default=240)
    given = options.parse_args()
    with store(given.engine, meaning=False):
        began = time.perf_counter()
        fill(given.profiles)
        print(f"{given.engine}, {given.profiles} profiles, ready in {time.perf_counter() - began:.0f} s")
        show(given.beginnings, given.repetitions)


def show(number: int, repetitions: int) -> None:
    for title, log, times in run(number, repetitions):
        print(title)
        for name, values in figures(times).items():
            unit = "" if "/" in name else " ms"
            print(f"  {name:<20}" + "".join(f"  {mark} {values[mark]:7.1f}{unit}" for mark in MARKS))
        for kind, values in by_kind(log, times).items():
            said = "".join(f"  {name} {value:7.1f} ms" for name, value in values.items())
            print(f"    median, {kind:<20}{said}")


if __name__ == "__main__":
    main()
