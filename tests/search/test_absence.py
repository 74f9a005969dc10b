"""The site while Elasticsearch is away: refused, or hung. Readers get the database's answer, editors notice nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.db import transaction
from django.test import Client, override_settings
from elasticsearch import Elasticsearch
from modelsearch.backends import get_search_backend

from directory.models import Practitioner
from search.backends.elasticsearch import breaker
from search.backends.elasticsearch.faults import Fault
from search.backends.elasticsearch.server import server, with_port
from search.checks import HINTS
from search.faceted import faceted
from tests.factories import PractitionerFactory, polish_home
from tests.search.conftest import elasticsearch
from tests.search.proxy import Proxy, proxied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _long_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, no rest ends within a test."""
    monkeypatch.setattr(breaker, "FIRST_REST", 600.0)
    monkeypatch.setattr(breaker, "LONGEST_REST", 600.0)


@pytest.fixture
def hung(closed_port: str) -> Iterator[Proxy]:
    """A server that takes every connection and never says a word; it counts what it is asked."""
    with proxied(closed_port) as proxy:
        proxy.mode = "hung"
        yield proxy


@pytest.fixture
def person() -> Practitioner:
    found: Practitioner = PractitionerFactory(name="Dobrosława Żubr", biography="Prowadzę mediacje o lesie.")
    faceted(
        Practitioner.objects.visible("pl"), "mediacja"
    )  # loads the dictionary, which is no part of waiting
    return found


def test_a_question_is_answered_by_the_database_and_says_so(absent: str, person: Practitioner) -> None:
    found = faceted(Practitioner.objects.visible("pl"), "mediacji", facets=["voivodeship_slugs"])
    assert [hit.object for hit in found.hits] == [person]
    assert (found.engine, found.degraded) == ("database", True)
    assert found.facets["voivodeship_slugs"][0].count == 1


def test_a_hung_server_is_asked_once(hung: Proxy, person: Practitioner) -> None:
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(hung.url)):
        for _again in range(6):
            assert faceted(Practitioner.objects.all(), "mediacji").total == 1
    assert hung.requests == 1


def test_searches_of_the_admin_and_choosers_are_answered(absent: str, person: Practitioner) -> None:
    people = Practitioner.objects.all()
    assert list(people.search("mediacją")) == [person]
    assert people.search("mediacją").count() == 1
    assert list(people.autocomplete("dobr")) == [person]
    assert dict(people.search("mediacją").facet("voivodeship_slugs")) == {"lubelskie": 1}


def test_the_page_of_results_and_the_admin_answer_and_the_reader_is_told(
    absent: str, person: Practitioner, client: Client
) -> None:
    polish_home()
    page = client.get("/szukaj/", {"q": "mediacje"})
    assert page.status_code == 200
    assert "trybie zapasowym" in page.content.decode()
    client.force_login(get_user_model().objects.create_superuser("redaktorka", password="x"))
    listing = client.get("/admin/pages/search/", {"q": "strona"})
    assert listing.status_code == 200


def test_the_site_is_ready_without_it_and_says_why(absent: str, client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")
    told = answer.json()["search"]
    assert (told["engine"], told["state"]) == ("database", "degraded")
    assert told["reason"] in ("unreachable", "timeout")
    assert absent.rpartition(":")[2] not in answer.content.decode()


def test_the_check_of_the_database_names_what_is_wrong(closed_port: str) -> None:
    # A busy machine may take half a second to be refused, and then has another thing to name.
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(closed_port, TIMEOUT=30)):
        told = run_checks(databases=["default"], tags=["database"])
        assert [(one.id, "ELASTICSEARCH_URL" in (one.hint or "")) for one in told] == [("search.W002", True)]
        assert not [one for one in run_checks() if one.id == "search.W002"]


def test_whatever_is_wrong_the_check_says_what_to_do() -> None:
    assert {*HINTS} == {*map(str, Fault)}


def test_saving_and_deleting_go_on(absent: str, django_capture_on_commit_callbacks, person) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(3):
            person.biography = "Prowadzę narady."
            person.save()
    assert faceted(Practitioner.objects.all(), "narada").total == 1
    with django_capture_on_commit_callbacks(execute=True):
        person.delete()
    assert faceted(Practitioner.objects.all(), "narada").total == 0


def test_publishing_does_not_even_ask(
    hung: Proxy, person: Practitioner, django_capture_on_commit_callbacks: Any
) -> None:
    """Where a worker does the indexing, as on every site, a hung server can't make the editor wait."""
    worker = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    backends = elasticsearch(hung.url)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends, TASKS=worker):
        for _again in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                person.save_revision().publish()
    assert hung.requests == 0


def test_nothing_is_left_of_what_is_rolled_back(person: Practitioner) -> None:
    """Stock defect 5: a save that was rolled back left a ghost document."""
    with transaction.atomic():
        PractitionerFactory(name="Zjawa Nocna")
        assert faceted(Practitioner.objects.all(), "Zjawa").total == 1
        transaction.set_rollback(True)
    assert faceted(Practitioner.objects.all(), "Zjawa").total == 0


def test_one_client_serves_every_backend_of_a_process(closed_port: str) -> None:
    """Stock defect 6: every signal built a client."""
    params = {"URLS": [closed_port]}
    one, two = (server((closed_port,), 1.0, {}) for _again in range(2))
    assert one is two
    name = "search.backends.elasticsearch"
    assert get_search_backend(name, **params).server is get_search_backend(name, **params).server


def test_saving_and_searching_make_no_further_client(
    hung: Proxy,
    person: Practitioner,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = []
    build = Elasticsearch.__init__

    def counted(self: Elasticsearch, *args: Any, **kwargs: Any) -> None:
        if "_transport" not in kwargs:  # one with other options shares its connections
            made.append(args)
        build(self, *args, **kwargs)

    monkeypatch.setattr(Elasticsearch, "__init__", counted)
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(hung.url)):
        for _again in range(4):
            with django_capture_on_commit_callbacks(execute=True):
                person.save()
            faceted(Practitioner.objects.all(), "mediacji")
    assert len(made) == 1


def test_a_forked_process_makes_a_connection_of_its_own(closed_port: str) -> None:
    """Two processes that read from one socket get each other's answers."""
    ours = server((closed_port,), 1.0, {})
    child = os.fork()
    if child == 0:
        os._exit(0 if server((closed_port,), 1.0, {}) is not ours else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert server((closed_port,), 1.0, {}) is ours


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://user:secret@search.example.org/es", "https://user:secret@search.example.org:443/es"),
        ("http://localhost:9200", "http://localhost:9200"),
        ("http://localhost", "http://localhost:80"),
    ],
)
def test_an_address_may_leave_its_port_out(url: str, wanted: str) -> None:
    assert with_port(url) == wanted
