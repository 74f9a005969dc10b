"""Rebuilding with the words analysed elsewhere: the same index, and the old one answers until all is well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from modelsearch.backends import get_search_backend

from directory.models import Method, Practitioner
from search import analysing, checking, indexing
from search.backends.database import DatabaseSearchBackend
from search.backends.elasticsearch.index import ElasticsearchIndex
from search.documents import kind_of
from search.faceted import faceted
from search.keys import Body, Part
from search.models import Entry
from tests.factories import PractitionerFactory

from .conftest import elasticsearch, shorten_the_register

pytestmark = pytest.mark.django_db(transaction=True)
KIND = kind_of(Practitioner)
NAMES = ("Hanna Czapla", "Iga Wrona", "Ola Sowa")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes for three people, two of them at a time."""
    monkeypatch.setattr(analysing, "MANY", 1)
    monkeypatch.setattr(analysing, "processes", lambda: 2)
    for module in ("search.backends.database.index", "search.backends.elasticsearch.rebuilder"):
        monkeypatch.setattr(f"{module}.BATCH", 2)


@pytest.fixture
def server(elasticsearch_url: str) -> Iterator[None]:
    shorten_the_register()
    backends = elasticsearch(elasticsearch_url, INDEX_PREFIX=f"rebuild_{os.getpid()}_", TIMEOUT=60)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        call_command("update_index", backend_name="default", schema_only=True, verbosity=0)
        yield
        indexing.others()[0].remove_indices()


def equal() -> bool:
    return all(one.equal for one in checking.differences([KIND, kind_of(Method)]))


def hits(text: str) -> list[str]:
    return [hit.object.name for hit in faceted(Practitioner.objects.visible("pl"), text).hits]


def test_the_databases_index_is_what_saving_had_made_of_it() -> None:
    people = [PractitionerFactory(name=name, biography="Bronię wydm.") for name in NAMES]
    before = dict(Entry.objects.filter(kind=KIND).values_list("object_id", "digest"))
    rebuilder = DatabaseSearchBackend.rebuilder_class(
        DatabaseSearchBackend({}).get_index_for_model(Practitioner)
    )
    index = rebuilder.start()
    index.add_items(Practitioner, people)
    assert index.analysts._pool is not None, "processes were at work"
    rebuilder.finish()
    assert index.analysts._pool is None
    assert dict(Entry.objects.filter(kind=KIND).values_list("object_id", "digest")) == before
    assert sorted(hits("wydma")) == sorted(NAMES)


@pytest.mark.elasticsearch
def test_a_rebuilt_index_is_equal_to_the_database(server: None) -> None:
    for name in NAMES:
        PractitionerFactory(name=name, biography="Bronię wydm.")
    call_command("update_index", backend_name="default", verbosity=0)
    assert equal()
    assert sorted(hits("wydma")) == sorted(NAMES)
    assert faceted(Practitioner.objects.visible("pl"), "wydma").engine == "elasticsearch"


@pytest.mark.elasticsearch
@pytest.mark.parametrize("where", ["analysis", "server"])
def test_an_error_on_the_way_ends_the_rebuild_and_the_old_index_answers(
    where: str, server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        PractitionerFactory(name=name)
    call_command("update_index", backend_name="default", verbosity=0)
    index: Any = get_search_backend().get_index_for_model(Practitioner)
    (old,) = index.holders()
    bodies = ElasticsearchIndex.bodies

    def spoiled(self: Any, objs: Any) -> list[Body]:
        (first, *rest) = made = bodies(self, objs)
        if self.kind != KIND:
            return made
        unreadable: Any = [Part("name", 6.0, [None])]  # type: ignore[list-item]
        if where == "analysis":
            return [first._replace(parts=unreadable), *rest]
        return [first._replace(rest={**first.rest, "f": "no object"}), *rest]

    monkeypatch.setattr(ElasticsearchIndex, "bodies", spoiled)
    with pytest.raises(TypeError if where == "analysis" else RuntimeError):
        call_command("update_index", backend_name="default", verbosity=0)
    monkeypatch.undo()
    assert index.holders() == [old]
    assert hits("czapla") == ["Hanna Czapla"]
    left = index.backend.server.client.indices.get(index=f"{index.alias}_*", expand_wildcards="all")
    assert list(left) == [old], "what was begun is taken away"
