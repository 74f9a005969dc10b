"""What people ask is counted, and leaves no trace of who asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home import clock
from search import query_log
from search.models import QueryCount
from tests.factories import polish_home

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return dict(QueryCount.objects.values_list("text", "count"))


def backdate(text: str, days: int) -> None:
    QueryCount.objects.filter(text=text).update(day=timezone.localdate() - timedelta(days=days))


@pytest.fixture
def site() -> None:
    polish_home()


@pytest.mark.usefixtures("site")
def test_a_question_is_counted_once_a_page_view(client: Client) -> None:
    for text in ("Panel  obywatelski", "panel obywatelski ", "PANEL OBYWATELSKI"):
        client.get("/szukaj/", {"q": text})
    assert counts() == {"panel obywatelski": 3}
    names = {field.name for field in QueryCount._meta.get_fields()}
    assert names == {"id", "day", "text", "count", "found"}


@pytest.mark.usefixtures("site")
def test_only_people_and_only_first_pages_count(client: Client) -> None:
    client.get("/szukaj/", {"q": "panel", "rodzaj": "person", "strona": "2"})
    client.get("/szukaj/", {"q": "panel"}, headers={"user-agent": "Examplebot/1.0"})
    client.get("/szukaj/", {"q": "panel"}, headers={"sec-purpose": "prefetch;prerender"})
    client.head("/szukaj/", {"q": "panel"})
    client.get("/szukaj/")
    assert counts() == {}


@pytest.mark.parametrize(
    "text",
    [
        "anna@example.org",
        "anna (at) example.org",
        "tel. 600 100 200",
        "600-100-200",
        "+48 600100200",
        "44051401359",
        "https://example.org/x",
        "a" * 101,
        "?!",
        "   ",
    ],
)
def test_what_may_point_at_a_person_is_never_written(text: str) -> None:
    assert query_log.normal(text) is None


@pytest.mark.parametrize("text", ["budżet 2026", "dz.u. 2018", "2024-2026", "młodzież 13+", "100 tys"])
def test_years_and_numbers_are_no_telephones(text: str) -> None:
    assert query_log.normal(text) == text


@given(st.text())
def test_normalizing_never_breaks_and_is_stable(text: str) -> None:
    once = query_log.normal(text)
    assert once is None or query_log.normal(once) == once


def test_counting_is_one_statement_and_adds_up() -> None:
    with CaptureQueriesContext(connection) as queries:
        query_log.add("mosty", 4)
    assert len(queries) == 1
    query_log.add("mosty", 0)
    assert QueryCount.objects.values_list("count", "found").get() == (2, 0)


@pytest.mark.usefixtures("site")
def test_a_page_is_served_when_counting_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(query_log, "add", fail)
    assert client.get("/szukaj/", {"q": "panel"}).status_code == 200


def test_rare_texts_are_not_shown_and_go_after_thirty_days() -> None:
    for text, times, days in [("raz", 1, 40), ("dwa razy", 2, 5), ("często", 5, 40), ("dawno", 9, 500)]:
        query_log.add(text, 1, times)
        backdate(text, days)
    assert query_log.top(10) == ["często"]
    answers = clock.run_due(timezone.now())
    assert answers["old-queries"] == 2
    assert set(counts()) == {"dwa razy", "często"}


def test_a_text_asked_seldom_but_often_enough_in_all_stays() -> None:
    for days in (60, 50, 3):
        query_log.add("powoli", 1)
        QueryCount.objects.filter(day=timezone.localdate()).update(
            day=timezone.localdate() - timedelta(days=days)
        )
    query_log.erase(timezone.now())
    assert QueryCount.objects.filter(text="powoli").count() == 3


REPORT = "/admin/zapytania/"


def test_the_report_shows_frequent_texts_and_leads_to_the_thesaurus(admin_client: Client) -> None:
    query_log.add("=hackaton", 0, 4)
    query_log.add("panele", 7, 9)
    query_log.add("rzadkie", 7, 2)
    page = admin_client.get(REPORT).content.decode()
    assert page.index("panele") < page.index("=hackaton")
    assert "rzadkie" not in page
    assert "/admin/snippets/search/thesaurusgroup/add/?terms=%3Dhackaton" in page
    without = admin_client.get(REPORT, {"found": "none"}).content.decode()
    assert "=hackaton" in without
    assert "panele" not in without
    backdate("panele", 20)
    assert "panele" not in admin_client.get(REPORT, {"period": "7"}).content.decode()
    assert "panele" in admin_client.get(REPORT, {"period": "90"}).content.decode()
    assert admin_client.get(REPORT, {"period": "x", "found": "y"}).status_code == 200
    assert admin_client.get(REPORT + "wyniki/").status_code == 200


def test_the_report_is_exported_safely(admin_client: Client) -> None:
    query_log.add("=hackaton", 0, 4)
    found = admin_client.get(REPORT, {"export": "csv"})
    assert found.status_code == 200
    text = b"".join(found.streaming_content).decode()
    assert "'=hackaton,4,0," in text


def test_strangers_see_no_report(client: Client) -> None:
    assert client.get(REPORT).status_code == 302
