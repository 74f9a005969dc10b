"""What stands around every page: landmarks, funder, languages, and the reader's choice on cookies."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage, HomePage
from home.pagination import pager_links
from home.privacy.consent import COOKIE, Consent

HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def home(db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="pl")


def read(client: Client, path: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def test_frame_of_the_home_page(client: Client, home: HomePage) -> None:
    page = read(client)
    assert page.html["lang"] == "pl"
    assert page.find("a", class_="skip")["href"] == "#tresc"
    assert page.find("main", id="tresc")
    assert "Funduszy EOG" in page.find("section", id="finansowanie").get_text()
    assert page.find("a", class_="totop")["href"] == "#gora"
    assert page.find("link", rel="canonical")["href"] == "http://testserver/"
    assert len(page.find_all("h1")) == 1
    assert not page.find_all("script", src=False)
    assert not page.find(style=True)


def test_menu_comes_from_the_tree(client: Client, home: HomePage) -> None:
    home.add_child(instance=ContentPage(title="Kontakt", slug="kontakt", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Prywatność", slug="prywatnosc"))
    home.add_child(instance=ContentPage(title="Szkic", slug="szkic", show_in_menus=True, live=False))
    page = read(client, "/kontakt/")
    links = {link.get_text(): link for link in page.find("nav", id="menu").find_all("a")}
    assert set(links) == {"Kontakt"}
    assert links["Kontakt"]["aria-current"] == "page"
    assert "Prywatność" in page.find("footer").get_text()
    assert [item.get_text() for item in page.find("nav", class_="crumbs").find_all("li")] == [
        "Strona główna",
        "Kontakt",
    ]


def test_language_switch_says_when_there_is_no_translation(client: Client, home: HomePage) -> None:
    home.add_child(instance=ContentPage(title="Kontakt", slug="kontakt"))
    switch = read(client, "/kontakt/").find("a", hreflang="en", class_=False)
    assert "nie ma w tym języku" in switch.get_text()
    assert switch["href"] == "/en/"
    assert not read(client, "/kontakt/").find("link", hreflang="en")


def test_view_outside_the_tree_exists_in_both_languages(client: Client, home: HomePage) -> None:
    switch = read(client, "/ustawienia-cookies/").find("a", hreflang="en", class_=False)
    assert switch["href"] == "/en/ustawienia-cookies/"


def test_unknown_address_is_404_in_the_look(client: Client, home: HomePage) -> None:
    answer = client.get("/nie-ma/")
    assert answer.status_code == 404
    assert "Przy tym adresie nikt nie siedzi".replace(" ", "") in answer.content.decode().replace(
        "\u00a0", " "
    ).replace(" ", "")


@pytest.mark.parametrize("name", ["500.html", "maintenance.html"])
def test_static_pages_need_no_database(name: str) -> None:
    page = BeautifulSoup(render_to_string(name), "html.parser")
    assert page.h1
    assert page.html["lang"] == "pl"


@pytest.mark.parametrize(
    ("sent", "cookie", "films"), [([], "1:", False), (["film"], "1:film", True), (["inny"], "1:", False)]
)
def test_choice_is_stored_and_the_notice_goes(
    client: Client, home: HomePage, sent: list[str], cookie: str, films: bool
) -> None:
    assert read(client).find(attrs={"data-cookies": True})
    answer = client.post("/ustawienia-cookies/", {"purpose": sent, "next": "/"}, **HERE)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.cookies[COOKIE].value == cookie
    assert client.cookies[COOKIE]["samesite"] == "Lax"
    assert not read(client).find(attrs={"data-cookies": True})
    assert Consent.read(cookie).films is films


def test_refusing_is_as_easy_as_accepting(client: Client, home: HomePage) -> None:
    buttons = read(client).find(attrs={"data-cookies": True}).find_all("button")
    assert len(buttons) == 2
    assert buttons[0]["class"] == buttons[1]["class"]


def test_script_gets_a_short_answer(client: Client, home: HomePage) -> None:
    answer = client.post("/ustawienia-cookies/", {"purpose": "film"}, HTTP_ACCEPT="application/json", **HERE)
    assert answer.status_code == 204


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "https://example.org"}, {"HTTP_REFERER": "https://example.org/"}]
)
def test_another_site_cannot_choose_for_the_reader(
    client: Client, home: HomePage, headers: dict[str, str]
) -> None:
    answer = client.post("/ustawienia-cookies/", {"purpose": "film"}, **headers)
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


def test_reading_changes_nothing_and_leads_nowhere_else(client: Client, home: HomePage) -> None:
    answer = client.get("/ustawienia-cookies/?purpose=film&next=https://example.org/")
    assert COOKIE not in answer.cookies
    assert "https://example.org/" not in BeautifulSoup(answer.content, "html.parser").find("main").decode()
    sent = client.post("/ustawienia-cookies/", {"next": "https://example.org/"}, **HERE)
    assert sent["Location"] == "/ustawienia-cookies/"


@pytest.mark.parametrize("cookie", ["", "film", "0:film", "1", "1:zły.film" * 50, "\x00"])
def test_strange_cookies_are_read_without_harm(cookie: str) -> None:
    assert Consent.read(cookie).films in (True, False)
    assert not Consent.read("0:film").answered


def test_style_guide_is_for_staff(client: Client, home: HomePage) -> None:
    assert client.get("/styl/").status_code == 302
    client.force_login(
        get_user_model().objects.create_superuser("redakcja", "redakcja@example.org", "haslo-redakcji")
    )
    page = BeautifulSoup(client.get("/styl/").content, "html.parser").find("main")
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4", "h5"])]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    identifiers = [tag["id"] for tag in page.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))


def test_home_stays_within_its_queries(client: Client, home: HomePage, django_assert_max_num_queries) -> None:
    client.get("/")
    with django_assert_max_num_queries(20):
        client.get("/")


def test_pager_keeps_the_question_and_shows_gaps() -> None:
    links = pager_links(5, 10, "/baza/", QueryDict("q=panel&strona=5"))
    assert [link.number for link in links] == [1, 0, 4, 5, 6, 0, 10]
    assert links[0].url == "/baza/?q=panel"
    assert links[-1].url == "/baza/?q=panel&strona=10"
    assert [link.number for link in pager_links(2, 4, "/", QueryDict())] == [1, 2, 3, 4]
    assert pager_links(1, 1, "/", QueryDict()) == []


def test_pages_of_other_depths_are_not_in_the_menu(client: Client, home: HomePage) -> None:
    parent = home.add_child(instance=ContentPage(title="Dział", slug="dzial", show_in_menus=True))
    parent.add_child(instance=ContentPage(title="Głęboko", slug="gleboko"))
    assert "Głęboko" not in read(client).find("footer").get_text()
    assert Page.objects.get(slug="gleboko").live


def test_pages_behind_a_restriction_are_not_public(home: HomePage) -> None:
    closed = home.add_child(instance=ContentPage(title="Zamknięte", slug="zamkniete"))
    closed.add_child(instance=ContentPage(title="Pod spodem", slug="pod-spodem"))
    home.add_child(instance=ContentPage(title="Otwarte", slug="otwarte"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert [page.slug for page in ContentPage.objects.visible("pl")] == ["otwarte"]
