"""From an address to a page, and what is remembered around it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from home.models import ContentPage, HomePage, SectionPage, SiteSettings


@pytest.fixture
def home(db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="pl")


@pytest.fixture
def deep(home: HomePage) -> ContentPage:
    section = home.add_child(instance=SectionPage(title="O programie", slug="o-programie"))
    return section.add_child(instance=ContentPage(title="Seminaria", slug="seminaria"))


def count(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_depth_costs_nothing(client: Any, home: HomePage, deep: ContentPage) -> None:
    shallow = home.add_child(instance=ContentPage(title="Kontakt", slug="kontakt"))
    assert count(client, deep.url) == count(client, shallow.url) <= 8


@pytest.mark.parametrize(
    "path", ["/nie-ma/", "/o-programie/nie-ma/", "/o-programie/seminaria/nie-ma/", "/start/", "/en/nie-ma/"]
)
def test_what_is_not_there_is_404(client: Any, deep: ContentPage, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_draft_is_404_and_so_are_pages_of_another_tree(client: Any, deep: ContentPage) -> None:
    deep.unpublish()
    assert client.get("/o-programie/seminaria/").status_code == 404


def test_while_there_is_no_english_home_english_addresses_show_polish_and_say_so(
    client: Any, deep: ContentPage
) -> None:
    html = client.get("/en/o-programie/seminaria/").content.decode()
    assert '<html lang="en"' in html
    assert 'lang="pl"' in html
    assert "noindex" in html


def test_an_english_page_has_its_address_and_leads_back(
    client: Any, home: HomePage, deep: ContentPage
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    section = deep.get_parent().specific.copy_for_translation(english)
    section.title = "About the programme"
    section.save_revision().publish()
    html = client.get("/en/o-programie/").content.decode()
    assert "About the programme" in html
    assert 'hreflang="pl"' in html
    assert client.get("/en/o-programie/seminaria/").status_code == 404


def test_a_change_is_seen_at_once(client: Any, home: HomePage) -> None:
    client.get("/")
    SiteSettings.objects.create(
        locale=home.locale,
        funder_sentence="Finansuje nas Norwegia.",
        funder_short="Fundusze",
        organisation="Fundacja",
    )
    page = home.add_child(instance=SectionPage(title="Nowy dział", slug="nowy", show_in_menus=True))
    html = client.get("/").content.decode()
    assert "Finansuje nas Norwegia." in html.replace("\u00a0", " ")
    assert "Nowy dział" in html
    page.delete()
    assert "Nowy dział" not in client.get("/").content.decode()


def test_the_frame_says_who_pays_and_can_be_skipped(client: Any, deep: ContentPage) -> None:
    html = client.get(deep.url).content.decode()
    assert 'id="finansowanie"' in html
    assert 'href="#tresc"' in html
    assert 'href="#gora"' in html


def test_the_home_page_keeps_its_budget(client: Any, home: HomePage) -> None:
    assert count(client, "/") <= 20


def test_the_sitemap_names_both_languages(client: Any, home: HomePage, deep: ContentPage) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    text = client.get("/sitemap.xml").content.decode()
    assert "/o-programie/seminaria/</loc>" in text
    assert 'hreflang="en"' in text
