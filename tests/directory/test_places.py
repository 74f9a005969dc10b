"""Pages of municipalities, methods and topics: what the whole programme has there, in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from directory.models import Method, Municipality, Practitioner
from directory.services import change_state
from directory.views import places
from tests.factories import EventIndexPageFactory, EventPageFactory, MunicipalityFactory, polish_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("base")]


@pytest.fixture
def town() -> Municipality:
    made: Municipality = MunicipalityFactory(
        teryt="9901011",
        name="Łęgi Górne",
        slug="legi-gorne",
        kind="rural",
        county="zmyślony",
        voivodeship="lubelskie",
    )
    return made


def read(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content.decode().replace("\u00a0", " "), "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select("ol.results h3 a")]


def indexed(page: BeautifulSoup) -> bool:
    robots = page.find("meta", {"name": "robots"})
    return robots is None or "noindex" not in robots["content"]


def test_a_municipality_shows_its_people_and_what_happened_there(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    add("Żaneta Zalas", municipality=town, headline="animatorka")
    add("Adam Łuk", municipality=town)
    add("Ewa Niezgoda", municipality=town, consent=False)
    add("Jan Obcy")
    EventPageFactory(
        parent=EventIndexPageFactory(parent=polish_home()), title="Forum nad Wisłą", municipality=town
    )
    page = read(client, "/gminy/9901011-legi-gorne/")
    assert page.h1.get_text() == "Łęgi Górne"
    assert names(page) == ["Adam Łuk", "Żaneta Zalas"]
    assert "2 osoby stąd" in page.get_text()
    assert "Forum nad Wisłą" in page.select_one("#events").get_text()
    assert "skryta.poczta" not in str(page)
    assert indexed(page)


def test_where_more_live_than_fit_the_base_has_the_others(
    client: Client, add: Callable[..., Practitioner], town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PEOPLE", 1)
    for name in ("Adam Łuk", "Jan Łuk"):
        add(name, municipality=town, voivodeship="lubelskie")
    page = read(client, town.get_absolute_url())
    assert len(names(page)) == 1
    rest = page.select_one(".head a.more")["href"]
    assert rest == "/baza-praktykow/?q=%C5%81%C4%99gi+G%C3%B3rne&wojewodztwo=lubelskie"
    assert "2 osoby" in read(client, rest).main.get_text()


def test_whoever_leaves_the_base_leaves_the_place_at_once(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    person = add("Adam Łuk", municipality=town)
    assert names(read(client, town.get_absolute_url())) == ["Adam Łuk"]
    assert "Łęgi Górne" in read(client, "/gminy/").main.get_text()
    change_state(practitioner=person, state="hidden", reason="prośba", now=timezone.now())
    assert names(read(client, town.get_absolute_url())) == []
    assert "Łęgi Górne" not in read(client, "/gminy/").main.get_text()


def test_namesakes_of_a_voivodeship_are_told_apart(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    around = MunicipalityFactory(teryt="9901012", name="Łęgi Górne", slug="legi-gorne", kind="mixed")
    add("Adam Łuk", municipality=town)
    add("Jan Łuk", municipality=around)
    links = [link.get_text() for link in read(client, "/gminy/").select("#lubelskie li a")]
    assert links == ["Łęgi Górne (gmina wiejska)", "Łęgi Górne (gmina miejsko-wiejska)"]


def test_an_empty_place_says_so_and_leads_on(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    page = read(client, town.get_absolute_url())
    assert "nie jest jeszcze w bazie" in page.main.get_text()
    assert page.main.find("a", href="/baza-praktykow/?wojewodztwo=lubelskie")
    assert not indexed(page)


@pytest.mark.parametrize(
    "address", ["/gminy/0000000-nic/", "/gminy/99-legi/", "/gminy/%00-a/", "/metody/nic/", "/tematy/x%22/"]
)
def test_what_there_is_not_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_place_of_another_name_moves(client: Client, town: Municipality) -> None:
    answer = client.get("/gminy/9901011-legi/")
    assert (answer.status_code, answer["Location"]) == (301, "/gminy/9901011-legi-gorne/")


def test_in_english_translated_people_stand_where_their_source_lives(
    client: Client, add: Callable[..., Practitioner], english_base: Any, town: Municipality
) -> None:
    english = Locale.objects.get(language_code="en")
    person = add("Adam Łuk", municipality=town, headline="mediator z lasu")
    translation = person.copy_for_translation(english)
    translation.headline, translation.municipality, translation.live = "forest mediator", None, True
    translation.save()
    page = read(client, "/en/gminy/9901011-legi-gorne/")
    assert names(page) == ["Adam Łuk"]
    assert "forest mediator" in page.main.get_text()


def test_a_method_tells_what_it_is_and_who_works_with_it(
    client: Client, add: Callable[..., Practitioner], polish: Locale
) -> None:
    Method.objects.create(
        name="panel obywatelski",
        slug="panel-obywatelski",
        locale=polish,
        description="Losowo dobrana grupa mieszkańców.",
        synonyms="sąd obywatelski\nminipublika",
    )
    for number in range(7):
        add(f"Osoba {number}", methods="panel obywatelski; mediacje", topics="klimat")
    add("Ewa Niezgoda", methods="panel obywatelski", topics="woda", consent=False)
    page = read(client, "/metody/panel-obywatelski/")
    assert page.h1.get_text() == "Panel obywatelski"
    assert "Losowo dobrana grupa" in page.get_text()
    assert "sąd obywatelski, minipublika" in page.aside.get_text()
    assert "7 osób w bazie" in page.get_text()
    assert len(names(page)) == 6
    assert page.main.find("a", href="/baza-praktykow/?metoda=panel-obywatelski")
    beside = [(link["href"], link.find_next("span").get_text()) for link in page.aside.select("li a")]
    assert beside == [("/tematy/klimat/", "7")]
    beside = [
        (link["href"], link.find_next("span").get_text())
        for link in read(client, "/tematy/klimat/").aside.select("li a")
    ]
    assert beside == [("/metody/mediacje/", "7"), ("/metody/panel-obywatelski/", "7")]


def test_a_method_without_a_translation_is_told_in_polish_and_says_so(
    client: Client, english_base: Any, vocabulary: None
) -> None:
    page = read(client, "/en/metody/panel-obywatelski/")
    assert page.select_one("[lang=pl] h1").get_text() == "Panel obywatelski"
    assert not indexed(page)


def test_the_lists_of_terms_stand_in_polish_order_and_count_people(
    client: Client, add: Callable[..., Practitioner]
) -> None:
    add("Adam Łuk", methods="łąka rozmów; lista spraw; zebranie")
    add("Ewa Niezgoda", methods="zebranie", consent=False)
    page = read(client, "/metody/")
    assert [link.get_text() for link in page.select(".cards h2 a")] == [
        "Lista spraw",
        "Łąka rozmów",
        "Zebranie",
    ]
    assert page.get_text().count("1 osoba w bazie") == 3
    add("Jan Niezgoda", topics="tajne", consent=False)
    assert "Jeszcze pusto" in read(client, "/tematy/").main.get_text()
    assert "tajne" not in client.get("/sitemap.xml").content.decode()
    assert not indexed(read(client, "/tematy/tajne/"))


def test_a_profile_leads_to_its_place_and_its_terms(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    add("Adam Łuk", municipality=town, methods="mediacje", topics="klimat", audiences="seniorzy")
    facts = read(client, "/baza-praktykow/adam-luk/").select("aside dl.facts a")
    assert [link["href"] for link in facts] == [
        "/gminy/9901011-legi-gorne/",
        "/metody/mediacje/",
        "/tematy/klimat/",
        "/baza-praktykow/?grupa=seniorzy",
    ]


def test_the_sitemap_leads_to_places_and_terms(
    client: Client, add: Callable[..., Practitioner], town: Municipality
) -> None:
    MunicipalityFactory(teryt="9901021", name="Pusta Wola", slug="pusta-wola")
    add("Adam Łuk", municipality=town, methods="mediacje")
    text = client.get("/sitemap.xml").content.decode()
    for address in (
        "/gminy/",
        "/gminy/9901011-legi-gorne/",
        "/en/gminy/9901011-legi-gorne/",
        "/metody/mediacje/",
    ):
        assert f"{address}<" in text
    assert "pusta-wola" not in text


@pytest.mark.parametrize(
    "address",
    ["/gminy/", "/gminy/9901011-legi-gorne/", "/metody/mediacje/", "/metody/", "/en/tematy/klimat/"],
)
def test_queries_do_not_grow_with_the_people(
    client: Client, add: Callable[..., Practitioner], english_base: Any, town: Municipality, address: str
) -> None:
    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for number in range(2):
        add(f"Osoba {number}", municipality=town, methods="mediacje", topics="klimat")
    few = count()
    for number in range(2, 9):
        add(f"Osoba {number}", municipality=town, methods="mediacje; panel", topics="klimat; woda")
    assert count() == few <= 20
