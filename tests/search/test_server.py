"""What only a real Elasticsearch can show: rebuilding, single requests, refusals."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from modelsearch.backends import get_search_backend

from directory.models import Practitioner
from search.faceted import faceted
from tests.factories import PractitionerFactory
from tests.search.conftest import elasticsearch, shorten_the_register

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def backend(db: None) -> Iterator[Any]:
    """An Elasticsearch without any index of ours."""
    shorten_the_register()
    prefix = f"test_{os.getpid()}_{secrets.token_hex(3)}_"
    url = os.environ["TEST_ELASTICSEARCH_URL"]
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(url, INDEX_PREFIX=prefix, TIMEOUT=60)):
        found: Any = get_search_backend()
        yield found
        found.remove_indices()


def test_before_the_first_rebuild_the_database_answers_and_saving_works(
    backend: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PractitionerFactory(name="Jan Sowa")
    found = faceted(Practitioner.objects.visible("pl"), "Sowa")
    assert (found.total, found.engine, found.degraded) == (1, "database", True)


def test_a_rebuild_fills_a_new_index_and_moves_the_alias(
    backend: Any, django_capture_on_commit_callbacks: Any
) -> None:
    PractitionerFactory(name="Jan Sowa")
    call_command("update_index", backend_name="default", verbosity=0)
    index = backend.get_index_for_model(Practitioner)
    before = index.holders()
    assert faceted(Practitioner.objects.visible("pl"), "sowy").engine == "elasticsearch"
    with django_capture_on_commit_callbacks(execute=True):
        later = PractitionerFactory(name="Ewa Sowa")
    index.refresh()
    assert faceted(Practitioner.objects.visible("pl"), "Sowa").total == 2
    with django_capture_on_commit_callbacks(execute=True):
        later.delete()
    index.refresh()
    assert faceted(Practitioner.objects.visible("pl"), "Sowa").total == 1
    call_command("update_index", backend_name="default", verbosity=0)
    assert len(index.holders()) == 1
    assert index.holders() != before


def test_one_request_brings_hits_total_and_every_facet(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    PractitionerFactory.create_batch(3)
    call_command("update_index", backend_name="default", verbosity=0)
    asked = []
    perform = backend.server.client.transport.perform_request

    def counted(*args: Any, **kwargs: Any) -> Any:
        asked.append(args)
        return perform(*args, **kwargs)

    monkeypatch.setattr(backend.server.client.transport, "perform_request", counted)
    found = faceted(
        Practitioner.objects.visible("pl"),
        "Testowa",
        facets=["voivodeship_slugs", "method_slugs", "sector"],
        filters={"voivodeship_slugs": ["lubelskie"]},
    )
    assert (found.total, found.engine) == (3, "elasticsearch")
    assert len(asked) == 1


def test_a_question_of_hundreds_of_words_is_answered(backend: Any) -> None:
    PractitionerFactory(name="Jan Sowa")
    call_command("update_index", backend_name="default", verbosity=0)
    text = " ".join(["Sowa", *(f"mieszkańców{n} budżetów konsultacjami" for n in range(100))])
    assert not faceted(Practitioner.objects.visible("pl"), text).degraded
