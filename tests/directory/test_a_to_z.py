"""Everybody under the letter of their surname."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import DirectoryPage, Practitioner
from directory.names import ALPHABET, OTHER, alphabetical, initial
from directory.views import a_to_z

Add = Callable[..., Practitioner]
PAGE = "/baza-praktykow/a-z/"

pytestmark = pytest.mark.usefixtures("base")


def read(client: Any, url: str = PAGE) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def names(page: BeautifulSoup) -> dict[str, list[str]]:
    return {
        section.h2.get_text(): [link.get_text() for link in section.select("li a")]
        for section in page.select("section[aria-labelledby^=litera]")
    }


def of(letter: str) -> str:
    return f"{PAGE}{quote(letter)}/"


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Anna Nowak", "n"),
        ("Łucja Żak", "ż"),
        ("Jan Źrebak", "ź"),
        ("Ewa Święch", "ś"),
        ("Rūta Šimkus", "s"),
        ("Ole Østby", OTHER),
        ("Jan O’Neill", "o"),
        ("Maria Kowalska-Ćwik", "k"),
        ("Тарас Мельник", OTHER),
        ("Z\u0307ak", "ż"),
        ("Q", "q"),
        ("", OTHER),
        ("123", OTHER),
        ("ǆ", "d"),
    ],
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_letters_stand_in_the_order_of_names() -> None:
    assert sorted(ALPHABET, key=alphabetical) == list(ALPHABET)


@pytest.fixture
def people(add: Add) -> None:
    for name in (
        "Anna Lis",
        "Jan Łoś",
        "Ewa Lubicz",
        "Żaneta Żak",
        "Adam Ząb",
        "Zofia Źdźbło",
        "Тарас Мельник",
    ):
        add(name, headline="moderuje")
    add("Ukryta Łania", state="paused")
    add("Bez Łaty", consent=False)


@pytest.mark.usefixtures("people")
def test_a_small_base_stands_on_one_page_in_polish_order(client: Any) -> None:
    page = read(client)
    assert names(page) == {
        "L": ["Anna Lis", "Ewa Lubicz"],
        "Ł": ["Jan Łoś"],
        "Z": ["Adam Ząb"],
        "Ź": ["Zofia Źdźbło"],
        "Ż": ["Żaneta Żak"],
        "inne": ["Тарас Мельник"],
    }
    links = {link.contents[0]: unquote(link["href"]) for link in page.select(".letters a")}
    assert links == {name: f"{PAGE}{name.lower()}/" for name in ("L", "Ł", "Z", "Ź", "Ż", "inne")}
    assert "7 osób" in page.select_one(".lead").get_text()
    assert "noindex" not in str(page.find("meta", {"name": "robots"}))
    assert f'href="{PAGE}"' in client.get("/baza-praktykow/").content.decode()


@pytest.mark.usefixtures("people")
def test_a_letter_has_a_page_of_its_own(client: Any) -> None:
    page = read(client, of("ł"))
    assert names(page) == {"Ł": ["Jan Łoś"]}
    assert page.find("link", rel="canonical")["href"].endswith(of("ł"))
    assert names(read(client, of("l"))) == {"L": ["Anna Lis", "Ewa Lubicz"]}
    assert page.select_one(".letters b[aria-current=page]").get_text() == "Ł"
    empty = read(client, of("b"))
    assert names(empty) == {}
    assert "noindex" in empty.find("meta", {"name": "robots"})["content"]


@pytest.mark.parametrize("letter", ["aa", "L", "1", "%", "<", "\0", "é", "😀"])
def test_what_is_no_letter_is_no_page(client: Any, letter: str) -> None:
    assert client.get(of(letter)).status_code == 404


def test_many_people_are_paged_and_never_shown_whole(
    client: Any, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(a_to_z, "PAGE_SIZE", 4)
    monkeypatch.setattr(a_to_z, "TOGETHER", 5)
    add("Jan Bąk")
    for number in range(3):
        add(f"Osoba{number} Łoś")

    def asked(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = asked(PAGE), asked(of("ł"))
    for number in range(3, 10):
        add(f"Osoba{number} Łoś")
    assert asked(of("ł")) == few[1]
    assert max(few) <= 14
    assert names(read(client)) == {}, "too many for one page"
    assert "Wybierz literę" in read(client).get_text()
    seen = [name for number in (1, 2, 3) for name in names(read(client, f"{of('ł')}?strona={number}"))["Ł"]]
    assert seen == [f"Osoba{number} Łoś" for number in range(10)]
    far = client.get(f"{of('ł')}?strona=99")
    assert (far.status_code, far["Location"]) == (302, f"{of('ł')}?strona=3")
    second = read(client, f"{of('ł')}?strona=2")
    assert second.find("link", rel="canonical")["href"].endswith(f"{of('ł')}?strona=2")


@pytest.mark.usefixtures("people", "english_base")
def test_the_sitemap_has_the_letters_that_somebody_stands_under(client: Any) -> None:
    xml = client.get("/sitemap.xml").content.decode()
    for letter in ("l", "ł", "ż"):
        assert f"t{of(letter)}</loc>" in xml
        assert f"/en{of(letter)}</loc>" in xml
    assert f"{PAGE}</loc>" in xml
    assert f"{of('b')}</loc>" not in xml
    assert "strona=" not in xml


def test_nobody_takes_the_address(client: Any, add: Add, base: DirectoryPage) -> None:
    assert add("A Z").slug == "a-z-2"
    assert client.get("/baza-praktykow/a-z-2/").status_code == 200


def test_the_way_from_the_index_leads_to_the_search(client: Any, base: DirectoryPage) -> None:
    page = read(client)
    (link,) = page.find_all("a", string="Szukaj w bazie")
    assert link["href"] == base.url
    (canonical,) = page.select("link[rel=canonical]")
    assert str(canonical["href"]).endswith(PAGE)
