"""What a reader of articles notices."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, PageViewRestriction

from blog.models import Series
from directory.models import Consent, Practitioner, Topic


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "level": "h2"}}


def paragraph(html: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": html}


LONG = json.dumps(
    [heading("Najpierw pytanie"), paragraph("<p>" + "słowo " * 700 + "</p>"), heading("Ile to kosztuje")]
)


@pytest.fixture
def person(polish: Locale) -> Practitioner:
    person = Practitioner.objects.create(
        locale=polish, name="Rafał Smoleń", state="live", email="rafal@example.org", headline="koordynator"
    )
    Consent.objects.create(practitioner=person, kind="public_profile", text_version="1", channel="staff")
    return person


def test_an_article_shows_authors_date_reading_time_contents_and_notes(
    client: Any, write: Any, person: Practitioner
) -> None:
    page = write(
        "Panel w małej gminie",
        authors=[person],
        coauthors="Jan Nowak, radny",
        date=date(2026, 10, 14),
        body=json.dumps(
            [*json.loads(LONG), paragraph("<p>W prawie<sup>[1]</sup> i dalej<sup>[7]</sup>.</p>")]
        ),
        notes=json.dumps([{"type": "note", "value": "<p>Art. 5a ustawy.</p>"}]),
    )
    html = soup(client.get(page.url))
    text = html.get_text(" ")
    assert "Rafał Smoleń" in text
    assert "Jan Nowak" in text
    assert html.find("time", datetime="2026-10-14")
    assert "4 minut" in text
    assert [link["href"] for link in html.select(".toc a")] == ["#najpierw-pytanie", "#ile-to-kosztuje"]
    assert all(html.find(id=link["href"][1:]) for link in html.select(".toc a"))
    mark = html.select_one("sup a")
    assert mark["href"] == "#przypis-1"
    assert html.find(id="przypis-1")
    assert html.find(id=mark["id"])
    assert "[7]" in text, "a number without a note stays as it is"
    assert "rafal@example.org" not in str(html)


def test_a_short_text_has_no_contents(client: Any, write: Any) -> None:
    page = write(body=json.dumps([heading("Jeden"), paragraph("<p>Krótko.</p>"), heading("Dwa")]))
    assert not soup(client.get(page.url)).select(".toc")


def test_an_author_who_left_the_base_is_not_shown(client: Any, write: Any, person: Practitioner) -> None:
    page = write(authors=[person])
    Practitioner.objects.filter(pk=person.pk).update(state="paused")
    assert "Rafał Smoleń" not in soup(client.get(page.url)).select_one("main").get_text()


def test_json_ld_tells_what_the_page_is(client: Any, write: Any) -> None:
    page = write("Tytuł z </script> w środku")
    html = soup(client.get(page.url))
    data = json.loads(html.find("script", type="application/ld+json").string)
    assert data["@type"] == "Article"
    assert data["headline"] == "Tytuł z </script> w środku"


def test_related_articles_share_the_vocabulary_and_never_the_page_itself(
    client: Any, write: Any, panel: Any, climate: Topic
) -> None:
    page = write("Pierwszy", methods=[panel], topics=[climate])
    write("Bliski", methods=[panel], topics=[climate])
    write("Dalszy", topics=[climate])
    write("Obcy")
    related = [card.get_text(strip=True) for card in soup(client.get(page.url)).select(".related h3")]
    assert related == ["Bliski", "Dalszy"]


def test_a_series_leads_back_and_on(client: Any, write: Any, polish: Locale) -> None:
    series = Series.objects.create(locale=polish, name="Panel krok po kroku")
    one, two, three = (write(f"Część {n}", series=series, series_order=n) for n in (1, 2, 3))
    html = soup(client.get(two.url))
    assert html.find("a", rel="prev")["href"] == one.url
    assert html.find("a", rel="next")["href"] == three.url
    assert not soup(client.get(one.url)).find("a", rel="prev")


def test_the_index_filters_by_topic_method_and_year(
    client: Any, articles: Any, write: Any, panel: Any, climate: Any
) -> None:
    write("O panelu", methods=[panel], date=date(2025, 3, 1))
    write("O klimacie", topics=[climate])
    write("O obu", methods=[panel], topics=[climate])

    def titles(query: str) -> set[str]:
        return {
            card.get_text(strip=True) for card in soup(client.get(articles.url + query)).select(".cards h3")
        }

    assert titles("") == {"O panelu", "O klimacie", "O obu"}
    assert titles("?metoda=panel-obywatelski") == {"O panelu", "O obu"}
    assert titles("?metoda=panel-obywatelski&temat=klimat-i-srodowisko") == {"O obu"}
    assert titles("?rok=2025") == {"O panelu"}
    assert titles("?rok=1999") == set()
    assert titles("?rok=nie-rok") == {"O panelu", "O klimacie", "O obu"}


def test_a_chosen_filter_can_be_taken_away_and_is_not_indexed(
    client: Any, articles: Any, write: Any, panel: Any
) -> None:
    write("O panelu", methods=[panel])
    html = soup(client.get(articles.url + "?metoda=panel-obywatelski"))
    (chip,) = html.select("a.chip")
    assert "panel obywatelski" in chip.get_text()
    assert "metoda" not in chip["href"]
    assert "noindex" in html.find("meta", attrs={"name": "robots"})["content"]


def test_nothing_found_says_what_to_do(client: Any, articles: Any, write: Any) -> None:
    write()
    assert "Zdejmij" in soup(client.get(articles.url + "?temat=nie-ma")).get_text()


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "%00", "1e9", "१"])
def test_any_page_number_gives_a_page(client: Any, articles: Any, write: Any, number: str) -> None:
    write()
    assert client.get(f"{articles.url}?strona={number}").status_code == 200


def test_drafts_and_private_pages_are_nowhere(client: Any, articles: Any, write: Any) -> None:
    write("Szkic", live=False)
    private = write("Prywatny")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for url in (articles.url, articles.url + "rss/", articles.url + "atom/", "/sitemap.xml"):
        text = client.get(url).content.decode()
        assert "Szkic" not in text
        assert "Prywatny" not in text
        assert private.slug not in text


def test_feeds_are_valid_xml_with_the_newest_first(client: Any, articles: Any, write: Any) -> None:
    write("Starszy", date=date(2025, 1, 1))
    write("Nowszy & lepszy", date=date(2026, 1, 1))
    for path, item in (("rss/", "item"), ("atom/", "entry")):
        feed = BeautifulSoup(client.get(articles.url + path).content, "xml")
        assert [entry.title.string for entry in feed.find_all(item)] == ["Nowszy & lepszy", "Starszy"]


def count(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(
    client: Any, articles: Any, write: Any, person: Any, panel: Any, climate: Any
) -> None:
    page = write(authors=[person], methods=[panel], topics=[climate], body=LONG)
    write(authors=[person], methods=[panel])
    few = count(client, articles.url), count(client, page.url)
    for _ in range(9):
        write(authors=[person], methods=[panel], topics=[climate])
    many = count(client, articles.url), count(client, page.url)
    assert many == few
    assert max(many) <= 15


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(temat=st.text(max_size=90), rok=st.text(max_size=8), strona=st.text(max_size=6))
def test_no_address_breaks_the_index(client: Any, articles: Any, temat: str, rok: str, strona: str) -> None:
    assert client.get(articles.url, {"temat": temat, "rok": rok, "strona": strona}).status_code == 200


def test_the_english_index_shows_polish_texts_with_their_language(
    client: Any, home: Any, articles: Any, write: Any
) -> None:
    english = Locale.objects.get(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    index = articles.copy_for_translation(english)
    index.save_revision().publish()
    write("Tylko po polsku")
    html = soup(client.get(index.url))
    assert html.find("html")["lang"] == "en"
    assert html.find("article", lang="pl")


def test_an_editor_opens_and_previews_an_article(admin_client: Any, write: Any) -> None:
    page = write()
    assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    for mode, _ in page.preview_modes:
        assert page.make_preview_request(preview_mode=mode).status_code == 200
