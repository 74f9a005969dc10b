"""Why a text is among the answers, and what a reader probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.models import Method, Practitioner
from search import suggesting
from search.analysis import parse
from search.why import Field, How, reasons, texts_at_hand
from tests.factories import EventIndexPageFactory, EventPageFactory, PractitionerFactory, polish_home
from tests.search.conftest import Engine

PROFILE = [
    Field("", "Anna Nowak"),
    Field("metoda", "panel obywatelski", whole=True),
    Field("metoda", "konsultacje społeczne", whole=True),
    Field("", "Prowadzę budżet obywatelski i mediacje w szkołach; po mediacji wracam do Łodzi."),
]


def told(text: str, **more: Any) -> list[str]:
    return [str(reason) for reason in reasons(parse(text), PROFILE, **more)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("konsultacji", ["metoda: konsultacji → konsultacje społeczne"]),
        ("mediacje", ["mediacje, mediacji"]),
        ("BO", ["„BO” jako budżet obywatelski"]),
        (
            "citizens assembly w Lodzi",
            ["metoda: „citizens assembly” jako panel obywatelski", "Lodzi → Łodzi"],
        ),
        ("kto poprowadzi budżety obywatelskie", ["budżety obywatelskie → budżet obywatelski"]),
        ("nowak", ["Nowak"]),
        ("smoki", []),
        ("", []),
    ],
)
def test_every_word_that_found_something_is_said(text: str, why: list[str]) -> None:
    assert told(text) == why


def test_another_name_of_a_method_is_told_by_the_one_that_is_shown() -> None:
    fields = [Field("metoda", "panel obywatelski", True, "citizens' assembly; jury obywatelskie")]
    assert [str(one) for one in reasons(parse("jury obywatelskich"), fields)] == [
        "metoda: „jury obywatelskich” jako panel obywatelski"
    ]


def test_a_correction_and_a_meaning_are_said() -> None:
    assert told("mediacaj", corrected={"mediacaj": "mediacja"}) == ["„mediacaj” czytane jako mediacje"]
    found = reasons(parse("spory"), [Field("", "cisza")], by_meaning=True)
    assert [reason.how for reason in found] == [How.MEANING]
    assert str(found[0]) == "podobne znaczeniem"


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4), st.booleans())
def test_reasons_are_found_for_anything(text: str, texts: list[str], whole: bool) -> None:
    for reason in reasons(parse(text), [Field("x", one, whole) for one in texts]):
        assert str(reason)
        assert all(any(found in one for one in texts) for found in reason.found)


@pytest.mark.parametrize(
    ("folded", "word"),
    [
        ("lodz", "Łódź"),
        ("budzetow", "budżetów"),
        ("panel", "panel"),
        ("swidnica", "Świdnica"),
        ("xqw", ""),
    ],
)
def test_folded_words_are_shown_as_real_ones(folded: str, word: str) -> None:
    assert suggesting.spelled(folded, []) == word


def test_a_name_is_spelled_as_its_bearer_does() -> None:
    assert suggesting.spelled("zdzblowicz", [Practitioner(name="Anna Źdźbłowicz")]) == "Źdźbłowicz"
    pairs = [("zdzblowic", "zdzblowicz")]
    assert suggesting.shown(pairs, pairs, [], set) == ((("zdzblowic", "zdzblowicz"),), ())


def nowhere(_words: Sequence[str]) -> set[str]:
    return set()


def test_a_name_that_stands_nowhere_in_public_is_not_told() -> None:
    for typed, folded in (("zdzblowic", "zdzblowicz"), ("kowalsky", "kowalski"), ("zenobiuzs", "zenobiusz")):
        assert suggesting.shown([(typed, folded)], [], [], nowhere) == ((), ())
    hits = [Practitioner(name="Anna Źdźbłowicz")]
    pair = ("pnael", "panel")
    assert suggesting.shown([pair], [pair], hits, nowhere) == ((pair,), (pair,))
    assert suggesting.shown([pair], [pair], [], nowhere) == ((), ())


def test_the_whole_question_is_put_right_and_can_be_insisted_on() -> None:
    pairs = (("pnael", "panel"),)
    assert suggesting.question("pnael pnaelem", pairs) == "panel pnaelem"
    assert suggesting.question("panel", ()) is None
    assert suggesting.verbatim("pnael o klimacie", pairs) == '"pnael" o klimacie'


# ---- on every engine


@pytest.mark.django_db
def test_a_word_that_stands_nowhere_is_read_as_its_nearest_and_said_so(engine: Engine) -> None:
    found = engine.ask("mediacaj")
    assert found.corrected == (("mediacaj", "mediacja"),)
    assert found.suggestion == "mediacja"
    assert found.total
    assert engine.ask(suggesting.verbatim("mediacaj", found.corrected)).total == 0, (
        "who insists is taken at their word"
    )


@pytest.mark.django_db
def test_a_town_is_suggested_with_its_letters(engine: Engine) -> None:
    assert engine.ask("geoankieta Lodzz").suggestion == "geoankieta Łódź"


@pytest.mark.django_db
def test_a_rare_slip_that_stands_in_a_text_is_kept_and_the_frequent_word_offered(engine: Engine) -> None:
    people = [PractitionerFactory(biography="Lubię kolokwium.") for _ in range(9)]
    slip = PractitionerFactory(public_id="slip", biography="Lubię kolokwjum.")
    named = PractitionerFactory(public_id="named", name="Jan Kolokwjoom")
    engine.wrote(*people, slip, named)
    found = engine.ask("kolokwjum")
    assert found.corrected == ()
    assert [hit.object.public_id for hit in found.hits] == ["slip"]
    assert found.suggestion == "kolokwium"
    assert engine.ask("kolokwium").suggestion is None
    assert engine.ask('"kolokwjum"').suggestion is None


@pytest.mark.django_db
def test_a_rare_name_and_a_word_of_the_dictionary_are_left_alone(engine: Engine) -> None:
    people = [PractitionerFactory(biography="Smoleńszczyki.") for _ in range(9)]
    person = PractitionerFactory(public_id="named", name="Jan Smoleńszczyk")
    engine.wrote(*people, person)
    assert engine.ask("Smoleńszczyk").suggestion is None
    assert engine.ask("mediacja").suggestion is None


# ---- as readers meet it


@pytest.fixture
def pages() -> None:
    index = EventIndexPageFactory(parent=polish_home())
    for number in range(3):
        EventPageFactory(parent=index, title=f"Rozmowa o panelu obywatelskim {number}")


@pytest.mark.django_db
@pytest.mark.usefixtures("pages")
def test_the_site_wide_search_says_why_and_what_it_searched_for(client: Client) -> None:
    page = client.get("/szukaj/", {"q": "panele"}).content.decode()
    assert page.count("Dlaczego ten wynik?") >= 3
    assert "panele → panelu" in page
    page = client.get("/szukaj/", {"q": "panelz"}).content.decode()
    assert "nic nie pasuje do „panelz”" in " ".join(page.replace("\xa0", " ").split())
    assert "q=%22panelz%22" in page


@pytest.mark.django_db
def test_saying_why_costs_no_query(engine: Engine) -> None:
    hits = engine.ask("mediacja").hits
    people = [(hit.object, list(texts_at_hand(hit.object))) for hit in hits]
    with CaptureQueriesContext(connection) as queries:
        for person, fields in people:
            reasons(parse("mediacja"), [*fields, *texts_at_hand(person)])
    assert len(queries) == 0
    assert Practitioner.objects.exists()
    assert Method.objects.exists()
