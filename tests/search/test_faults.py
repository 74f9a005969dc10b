"""A real Elasticsearch behind a proxy that fails in every way known: readers get the database's answer, and soon."""

from __future__ import annotations

import logging
import os
import secrets
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from modelsearch.backends import get_search_backend

from directory.models import Consent, DirectoryPage, Practitioner
from mentoring.models import MentoringIndexPage, MentoringOffer
from search.backends import catching_up
from search.backends.elasticsearch import breaker
from search.backends.elasticsearch.rebuilder import ElasticsearchRebuilder
from search.backends.elasticsearch.server import Server
from search.backends.errors import EngineAway
from search.faceted import faceted
from search.indexing import flush
from tests.factories import PractitionerFactory, polish_home
from tests.search.conftest import elasticsearch
from tests.search.proxy import ANSWERS, Proxy, proxied

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

LATE = ["hung", "slow", "trickling"]
FAULTS = {
    "refused": "unreachable",
    "hung": "timeout",
    "slow": "timeout",
    "trickling": "timeout",
    "cut": "unreachable",
    "old server": "version",
    "other client": "version",
    "overloaded": "overloaded",
    "unavailable": "overloaded",
    "unauthorized": "unauthorized",
    "forbidden": "unauthorized",
    "broken json": "garbage",
    "other json": "garbage",
    "a web page": "garbage",
    "another product": "garbage",
    "no http": "unreachable",
}
PREFIX = f"faults_{os.getpid()}_{secrets.token_hex(3)}_"


@pytest.fixture(autouse=True)
def _long_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, no rest ends within a test."""
    monkeypatch.setattr(breaker, "FIRST_REST", 600.0)
    monkeypatch.setattr(breaker, "LONGEST_REST", 600.0)


@pytest.fixture(scope="module")
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    with proxied(elasticsearch_url) as made:
        yield made


@pytest.fixture(scope="module")
def people(
    elasticsearch_url: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[list[Practitioner]]:
    """Two people of the base in an index of the real server; the tests' own transactions lie inside this one."""
    backends = elasticsearch(elasticsearch_url, INDEX_PREFIX=PREFIX, TIMEOUT=60)
    with (
        django_db_blocker.unblock(),
        override_settings(WAGTAILSEARCH_BACKENDS=backends),
        transaction.atomic(),
    ):
        polish_home()
        made = [PractitionerFactory(name=name) for name in ("Dobrosława Żubr", "Zdzisław Żubr")]
        flush("default")
        index: Any = get_search_backend().get_index_for_model(Practitioner)
        rebuilder = ElasticsearchRebuilder(index)
        rebuilder.start().add_items(Practitioner, made)
        rebuilder.finish()
        try:
            yield made
        finally:
            index.remove()
            transaction.set_rollback(True)


@contextmanager
def engine(url: str, **more: Any) -> Iterator[Any]:
    """The site's engine at this address, as after a start."""
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(url, INDEX_PREFIX=PREFIX, **more)):
        backend: Any = get_search_backend()
        backend.server.wake()
        yield backend


def ask(text: str = "Żubr") -> Any:
    return faceted(Practitioner.objects.visible("pl"), text, facets=["voivodeship_slugs"])


def test_behind_a_sound_proxy_the_server_answers(proxy: Proxy, people: list[Practitioner]) -> None:
    proxy.mode = "sound"
    with engine(proxy.url, TIMEOUT=60):
        found = ask()
    assert (found.total, found.engine, found.degraded) == (2, "elasticsearch", False)


@pytest.mark.parametrize("mode", FAULTS)
def test_the_database_answers_and_the_server_is_left_alone(
    mode: str, proxy: Proxy, people: list[Practitioner], caplog: pytest.LogCaptureFixture
) -> None:
    proxy.mode = mode
    url = proxy.url.replace("http://", "http://elastic:very-secret@")
    with engine(url, TIMEOUT=0.5 if mode in LATE else 60) as backend, caplog.at_level(logging.DEBUG):
        found = ask()
        assert (found.total, found.engine, found.degraded) == (2, "database", True)
        assert {hit.object for hit in found.hits} == set(people)
        assert found.facets["voivodeship_slugs"][0].count == 2
        assert backend.server.fault == FAULTS[mode]
        asked = proxy.requests
        assert asked <= 2, "no more than once, and once again where the connection broke"
        for _again in range(5):
            assert ask().total == 2
        assert list(Practitioner.objects.all().search("Dobrosława")) == people[:1]
        assert list(Practitioner.objects.all().autocomplete("dobr")) == people[:1]
        assert proxy.requests == asked
        assert "very-secret" not in caplog.text
        proxy.mode = "sound"
    with engine(proxy.url, TIMEOUT=60):
        assert ask().engine == "elasticsearch"


def test_https_spoken_to_a_server_without_it(elasticsearch_url: str, people: list[Practitioner]) -> None:
    with engine(elasticsearch_url.replace("http:", "https:"), TIMEOUT=60) as backend:
        assert (ask().total, backend.server.fault) == (2, "tls")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with key.pem and the certificate ca.pem, which signs itself."""
    place = tmp_path_factory.mktemp("certificate")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-keyout", "key.pem", "-out", "ca.pem"], cwd=place, check=True, capture_output=True
    )
    return place


def test_a_certificate_must_be_known(
    elasticsearch_url: str, people: list[Practitioner], certificate: Path
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "ca.pem", certificate / "key.pem")
    with proxied(elasticsearch_url, context) as proxy:
        with engine(proxy.url, TIMEOUT=60) as backend:
            assert (ask().engine, backend.server.fault) == ("database", "tls")
        with engine(proxy.url, TIMEOUT=60, CA_CERTS=str(certificate / "ca.pem")):
            assert ask().engine == "elasticsearch"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"API_KEY": "a2V5"}, "ApiKey a2V5"),
        ({"USER": "es", "PASSWORD": "p,ss"}, "Basic " + b64encode(b"es:p,ss").decode()),
        ({}, ""),
    ],
)
def test_who_asks_is_told(given: dict[str, str], sent: str, proxy: Proxy, people: list[Practitioner]) -> None:
    proxy.mode = "sound"
    with engine(proxy.url, TIMEOUT=60, **given):
        assert ask().engine == "elasticsearch"
    assert proxy.authorization == sent


@pytest.mark.parametrize("mode", ["refused", "cut"])
def test_of_several_addresses_one_is_enough(
    mode: str, proxy: Proxy, people: list[Practitioner], elasticsearch_url: str
) -> None:
    proxy.mode = mode
    with engine("", URLS=[proxy.url, elasticsearch_url], TIMEOUT=60) as backend:
        for _again in range(4):
            assert ask().engine == "elasticsearch"
        backend.add_bulk(Practitioner, people)


def test_a_hung_node_of_several_is_passed_by(
    proxy: Proxy, people: list[Practitioner], elasticsearch_url: str
) -> None:
    proxy.mode = "hung"
    with engine("", URLS=[proxy.url, elasticsearch_url], TIMEOUT=3) as backend:
        assert "elasticsearch" in [ask().engine for _again in range(3)]
        assert backend.server.fault is None
        assert proxy.requests <= 2


@pytest.fixture
def site(people: list[Practitioner]) -> None:
    home = polish_home()
    home.add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow"))
    home.add_child(instance=MentoringIndexPage(title="Mentoring", slug="mentoring"))
    Consent.objects.create(practitioner=people[0], kind="mentoring", text_version="1", channel="staff")
    MentoringOffer.objects.create(
        locale=people[0].locale, practitioner=people[0], title="Żubr w gminie", description="Opis"
    )


PUBLIC = ["/baza-praktykow/", "/szukaj/", "/szukaj/?rodzaj=practitioner", "/mentoring/"]
STAFF = [
    "/admin/snippets/directory/practitioner/",
    "/admin/snippets/choose/directory/practitioner/results/",
    "/admin/pages/search/",
    "/admin/choose-page/search/",
    "/admin/images/",
]


@pytest.mark.parametrize("mode", ["refused", "hung", "cut", "broken json", "unauthorized"])
def test_every_page_answers_and_public_ones_say_so(
    mode: str, proxy: Proxy, site: None, client: Client, admin_client: Client
) -> None:
    proxy.mode = mode
    with engine(proxy.url, TIMEOUT=0.5 if mode in LATE else 60):
        for address in PUBLIC:
            page = client.get(
                address, {"q": "Żubr"} | dict(pair.split("=") for pair in address.split("?")[1:])
            )
            text = page.content.decode()
            assert (page.status_code, "Żubr" in text, "trybie zapasowym" in text) == (200, True, True), (
                address
            )
        for address in STAFF:
            assert admin_client.get(address, {"q": "Żubr"}).status_code == 200, address
        listing = admin_client.get(STAFF[0], {"q": "żubra"}).content.decode()
        assert "Dobrosława Żubr" in listing
        assert proxy.requests <= 2


def test_many_readers_at_once_ask_a_hung_server_once(
    proxy: Proxy, people: list[Practitioner], monkeypatch: pytest.MonkeyPatch
) -> None:
    # These threads are about the server: the outbox in this test's own transaction is closed to them.
    monkeypatch.setattr(sys.modules[Server.__module__], "catching_up", [])
    proxy.mode = "hung"
    with engine(proxy.url, TIMEOUT=1) as backend:
        readers = 20
        start = Barrier(readers)

        def read(_number: int) -> Any:
            start.wait()
            return backend.server.ask(lambda client: client.cluster.health())

        with ThreadPoolExecutor(readers) as pool:
            assert set(pool.map(read, range(readers))) == {None}
        assert proxy.requests == 1


def test_after_its_rest_one_asks_and_then_all_do(
    proxy: Proxy, people: list[Practitioner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "FIRST_REST", 0.0)
    proxy.mode = "unavailable"
    with engine(proxy.url, TIMEOUT=60):
        assert ask().engine == "database"
        assert ask().engine == "database"
        proxy.mode = "sound"
        assert ask().engine == "elasticsearch"


def test_while_the_index_is_behind_the_database_answers(
    proxy: Proxy, people: list[Practitioner], request: pytest.FixtureRequest
) -> None:
    proxy.mode = "sound"
    behind = [True]
    catching_up.append(lambda: behind[0])
    request.addfinalizer(catching_up.pop)
    with engine(proxy.url, TIMEOUT=60) as backend:
        assert (ask().engine, backend.server.fault) == ("database", "catching up")
        backend.add_bulk(Practitioner, people)  # writes go on: they are what catches up
        behind[0] = False
        assert ask().engine == "elasticsearch"


@pytest.mark.parametrize("block", ["index.blocks.write", "index.blocks.read_only_allow_delete"])
def test_a_server_that_takes_no_writes_is_not_asked_until_it_does(
    block: str, proxy: Proxy, people: list[Practitioner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set by an administrator, or by the server itself when its disk is nearly full."""
    monkeypatch.setattr(breaker, "FIRST_REST", 0.0)
    proxy.mode = "sound"
    with engine(proxy.url, TIMEOUT=60) as backend:
        index = backend.get_index_for_model(Practitioner)
        settings = backend.server.client.indices.put_settings
        settings(index=index.alias, settings={block: True})
        try:
            with pytest.raises(EngineAway):
                backend.add_bulk(Practitioner, people)
            found = ask()
            assert (found.total, found.engine, found.degraded) == (2, "database", True)
            assert backend.server.fault == "read-only"
        finally:
            settings(index=index.alias, settings={block: None})
        backend.add_bulk(Practitioner, people)
        assert ask().engine == "elasticsearch"


def test_an_index_of_another_version_of_the_site_is_not_shown(
    proxy: Proxy, people: list[Practitioner]
) -> None:
    proxy.mode = "sound"
    with engine(proxy.url, TIMEOUT=60) as backend:
        assert ask().engine == "elasticsearch"
        index = backend.get_index_for_model(Practitioner)
        client = backend.server.client
        (ours,) = index.holders()
        other = f"{index.alias}_other"
        client.indices.create(index=other, mappings={"_meta": {"version": "0"}})
        try:
            client.index(
                index=other, document={"k": "żubr", "m": Practitioner._meta.label_lower}, refresh=True
            )
            move(client, index.alias, ours, other)
            found = ask("")
            assert (found.total, found.engine, found.degraded) == (2, "database", True)
            assert backend.server.fault is None, "other kinds may be sound"
        finally:
            move(client, index.alias, other, ours)
            client.indices.delete(index=other)


def move(client: Any, alias: str, old: str, new: str) -> None:
    client.indices.update_aliases(
        actions=[{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    )


def test_answers_of_the_proxy_are_whole() -> None:
    assert all(answer.endswith((b"}", b"]", b">", b"\n", b" ")) for answer in ANSWERS.values())
