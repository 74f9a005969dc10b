"""The three engines over one judged collection, and Elasticsearch servers that are away."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.test import override_settings
from modelsearch.backends import get_search_backend

from directory.importing import run
from directory.models import Municipality, Practitioner
from search import rules
from search.analysis import lexicon, thesaurus
from search.backends.elasticsearch.rebuilder import ElasticsearchRebuilder
from search.faceted import Results, faceted
from search.indexing import flush
from tests.conftest import ON_POSTGRESQL

COLLECTION = Path(__file__).parent / "collection"
DATABASE = {"BACKEND": "search.backends.database"}


def elasticsearch(url: str, **more: Any) -> dict[str, Any]:
    """The settings of a site that has an Elasticsearch."""
    options = {"BACKEND": "search.backends.elasticsearch", "URLS": [url], "INDEX_PREFIX": "away_", **more}
    return {"default": options, "database": DATABASE}


def shorten_the_register() -> None:
    """Leave three of the municipalities: where nobody asks for them, indexing 2,477 is most of a rebuild's time."""
    Municipality.objects.exclude(
        pk__in=list(Municipality.objects.values_list("pk", flat=True)[:3])
    )._raw_delete(DEFAULT_DB_ALIAS)


@dataclass(frozen=True)
class Engine:
    name: str
    #: Keys of people that tests have written to an index which no rollback reaches.
    written: set[int] = field(default_factory=set)

    def ask(self, text: str = "", **more: Any) -> Results:
        return faceted(Practitioner.objects.visible("pl"), text, **more)

    def ids(self, text: str = "", **more: Any) -> list[str]:
        return [hit.object.public_id for hit in self.ask(text, **more).hits]

    def wrote(self, *objs: Any) -> None:
        """Bring what a test has written to where searches look."""
        if self.name == "elasticsearch":
            backend = get_search_backend()
            backend.add_bulk(type(objs[0]), list(objs))
            backend.get_index_for_model(type(objs[0])).refresh()
            self.written.update(obj.pk for obj in objs if isinstance(obj, Practitioner))

    def mend(self) -> None:
        """Put into the index what the database holds, after the rollback of a test that wrote."""
        if not self.written:
            return
        index = get_search_backend().get_index_for_model(Practitioner)
        people = list(Practitioner.objects.filter(pk__in=self.written))
        index.write(people, [str(pk) for pk in self.written - {person.pk for person in people}])
        index.refresh()
        self.written.clear()


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    ],
)
def engine(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Engine]:
    """An engine that holds the collection; all tests of a module share it, each in a transaction of its own."""
    name: str = request.param
    if (name == "postgresql") != ON_POSTGRESQL:
        pytest.skip("belongs to the other database's run")
    backends: dict[str, Any] = {"default": DATABASE}
    if name == "elasticsearch":
        prefix = f"test_{os.getpid()}_{secrets.token_hex(3)}_"
        # A busy test machine's server may take its time: away is what the tests of absence make it.
        backends = elasticsearch(os.environ["TEST_ELASTICSEARCH_URL"], INDEX_PREFIX=prefix, TIMEOUT=60)
    with django_db_blocker.unblock(), override_settings(WAGTAILSEARCH_BACKENDS=backends):
        cache.clear()
        with transaction.atomic():
            with (COLLECTION / "practitioners.csv").open("rb") as stream:
                report = run(stream, create_terms=True)
            assert (report.created, report.refused) == (40, 0), str(report)
            flush("default")
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE search_entry, search_facetvalue, search_word")
            index: Any = None
            if name == "elasticsearch":
                index = get_search_backend().get_index_for_model(Practitioner)
                rebuilder = ElasticsearchRebuilder(index)
                rebuilder.start().add_items(Practitioner, list(Practitioner.objects.all()))
                rebuilder.finish()
            try:
                yield Engine(name)
            finally:
                if index:
                    index.remove()
                transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _mended(request: pytest.FixtureRequest) -> None:
    if "engine" in request.fixturenames:
        request.getfixturevalue("db")
        request.getfixturevalue("engine").mend()


@pytest.fixture
def closed_port() -> Iterator[str]:
    """An address where nothing listens, nor can while the test runs: the port is taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def silent_server() -> Iterator[str]:
    """A server that takes every connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(params=["closed", "silent"])
def absent(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an Elasticsearch that does not answer, as the site's engine."""
    find: Callable[[str], Any] = request.getfixturevalue
    url = find("closed_port" if request.param == "closed" else "silent_server")
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(url, TIMEOUT=1)):
        yield url


@pytest.fixture(autouse=True)
def _rules_of_this_test() -> Iterator[None]:
    """These tests change the rules; what they taught goes with their transaction."""
    rules.forget()
    yield
    if rules._held != "seed":
        rules._held = None
        thesaurus.hold(None)
        lexicon.hold(None)
