"""Cases: a fixed head, a fixed body, filters by method, topic and voivodeship."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Municipality


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def test_the_head_says_what_is_known_and_leaves_out_the_rest(client: Any, describe: Any) -> None:
    town = Municipality.objects.get(teryt="0663011")
    page = describe(
        "Narada o drodze", municipality=town, participants=84, cost_band="5", place="świetlica", year=2024
    )
    facts = {
        row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True)
        for row in soup(client.get(page.url)).select(".facts > div")
    }
    assert facts["Rok"] == "2024"
    assert facts["Liczba osób"] == "84"
    assert facts["Koszt"] == "do 5 tys. zł"
    assert facts["Miejsce"] == "świetlica, Lublin, woj. lubelskie"
    assert "Czas" not in facts


def test_only_the_chapters_that_were_written_are_shown(client: Any, describe: Any) -> None:
    page = describe(results="<p>Droga jest.</p>")
    headings = [heading.get_text(strip=True) for heading in soup(client.get(page.url)).select(".prose h2")]
    assert headings == ["Istota", "Rezultaty"]


def test_the_library_filters_by_method_topic_and_voivodeship(
    client: Any, cases: Any, describe: Any, panel: Any, climate: Any
) -> None:
    lublin, gdansk = (Municipality.objects.get(teryt=code) for code in ("0663011", "2261011"))
    describe("W Lublinie", municipality=lublin, methods=[panel])
    describe("W Gdańsku", municipality=gdansk, methods=[panel], topics=[climate])

    def titles(query: str) -> set[str]:
        return {card.get_text(strip=True) for card in soup(client.get(cases.url + query)).select(".cards h3")}

    assert titles("") == {"W Lublinie", "W Gdańsku"}
    assert titles("?wojewodztwo=lubelskie") == {"W Lublinie"}
    assert titles("?metoda=panel-obywatelski&temat=klimat-i-srodowisko") == {"W Gdańsku"}
    assert titles("?wojewodztwo=opolskie") == set()
    assert titles("?wojewodztwo=lubelskie&wojewodztwo=pomorskie") == {"W Lublinie", "W Gdańsku"}


def test_the_number_of_queries_does_not_grow(client: Any, cases: Any, describe: Any, panel: Any) -> None:
    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    page = describe(methods=[panel], municipality=Municipality.objects.get(teryt="0663011"))
    describe(methods=[panel])
    few = count(cases.url), count(page.url)
    for _ in range(9):
        describe(methods=[panel], municipality=Municipality.objects.get(teryt="2261011"))
    assert (count(cases.url), count(page.url)) == few
    assert max(few) <= 15


def test_an_editor_opens_the_form_of_a_new_case(admin_client: Any, cases: Any) -> None:
    url = reverse("wagtailadmin_pages:add", args=["blog", "casepage", cases.pk])
    assert "Metryka" in admin_client.get(url).content.decode()
