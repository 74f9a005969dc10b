"""Whatever stands behind the question mark of an address: never an error, always the documented shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core import signing
from django.core.cache import cache
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory import api
from directory.asking import FACETS, ORDERS
from directory.models import Practitioner

API = "/api/v1/practitioners"
PAGES = ("/baza-praktykow/", "/en/baza-praktykow/", "/szukaj/", "/en/szukaj/")
SUGGESTIONS = ("/podpowiedzi/", "/en/podpowiedzi/")
ANSWER = {"total", "results", "facets", "suggestion", "next"}
PERSON = {
    "id", "slug", "name", "headline", "organisation", "municipality", "voivodeship", "methods", "topics", "audiences",
    "distance", "url", "highlights", "by_meaning",
}  # fmt: skip


@pytest.fixture
def people(add: Callable[..., Practitioner], english_base: Any) -> list[Practitioner]:
    return [
        add(f"Osoba Numer{number}", methods="mediacja", voivodeship="slaskie", experience="Prowadzę panel.")
        for number in range(5)
    ]


odd = st.sampled_from(
    [
        "", " ", "\0", "a\0b", "\ud800", "panel\udfff", "\u202e", '"', '""', '"a', "🙂", "👩‍👩‍👧" * 40, "ó" * 300, "a" * 5000,
        "panel " * 400, "%", "_", "\\", "'; --", "NEAR(a b)", "a AND", "^name.a", "=mediacja", "a+b", "*", "-", "(", "²", "1e9",
        "NaN", "null", "[]", "{}", "<script>", "\r\nSet-Cookie: a=b", "../..", "İ", "ﬁ", "ß", "\u0301", "\ufeff",
    ]
)  # fmt: skip
known = st.sampled_from(
    ["panel", "mediacja", "medjacja", "slaskie", "Numer3", "tak", "pl", "name", "relevance", "1", "2", "100"]
)
value = st.one_of(known, odd, st.text(max_size=30))
name = st.one_of(
    st.sampled_from(
        [
            "q",
            "q",
            *api.PARAMETERS,
            *FACETS,
            "near",
            "km",
            "blisko",
            "sort",
            "page_size",
            "cursor",
            "lang",
            "kolejnosc",
            "strona",
            "rodzaj",
        ]
    ),
    st.sampled_from(["x", "", "q[]", "Q", "\0", "\ud800", "metoda\n"]),
)
# Pairs and no dictionary: every parameter may come many times. Some questions are no form at all.
pairs = st.lists(st.tuples(name, value), max_size=6).map(
    lambda found: urlencode(found, errors="surrogatepass")
)
many = st.tuples(name, value, st.integers(2, 60)).map(
    lambda found: urlencode([found[:2]] * found[2], errors="surrogatepass")
)
raw = st.one_of(
    st.binary(max_size=40).map(quote), st.text("q=&%;+[]0Fe\\", max_size=30), st.just("&".join(["q"] * 900))
)


def is_refusal(answer: Any) -> bool:
    problems = [{*each} == {"parameter", "message"} and each["message"] for each in answer["errors"]]
    return {*answer} == {"detail", "errors"} and bool(answer["detail"]) and bool(problems) and all(problems)


def is_answer(answer: Any) -> bool:
    return (
        {*answer} == ANSWER
        and {*answer["facets"]} == {*api.PARAMETERS}
        and all({*person} == PERSON for person in answer["results"])
        and len(answer["results"]) <= max(answer["total"], 10)
    )


def ask(client: Any, query: str) -> tuple[int, Any]:
    cache.clear()  # else the hundred-and-twentieth question is one too many
    response = client.get(API, QUERY_STRING=query)
    assert response["Content-Type"].startswith("application/json")
    return response.status_code, response.json()


@settings(max_examples=70, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.one_of(pairs, pairs, many, raw))
@example(query="q=%ED%A0%80&method=%FF")
@example(query="q=panel&strona=%C2%B2&rodzaj=person")
@example(query=urlencode([("q", "panel"), ("q", "\0"), ("page_size", "1"), ("page_size", "x")]))
@example(query=urlencode([("cursor", "\ud800")], errors="surrogatepass"))
def test_every_address_answers_every_query(client: Any, people: Any, query: str) -> None:
    status, answer = ask(client, query)
    assert (status == 200 and is_answer(answer)) or (status in (400, 422) and is_refusal(answer)), status
    for url in PAGES:
        response = client.get(url, QUERY_STRING=query)
        if response.status_code == 302:  # a page too far leads to the last one
            response = client.get(response["Location"])
        assert response.status_code == 200, url
        assert response["Content-Type"].startswith("text/html")
        assert b"</html>" in response.content
    for url in SUGGESTIONS:
        response = client.get(url, QUERY_STRING=query)
        assert response.status_code == 200
        for group in response.json()["groups"]:
            assert {*group} == {"name", "label", "items"}
            assert all({*item} == {"text", "url", "detail", "lang"} for item in group["items"])


def cursor_of(answer: Any) -> str:
    found: str = api.parse_qs(api.urlsplit(answer["next"]).query)["cursor"][0]
    return found


def changed(cursor: str, at: int, letter: str, how: str) -> str:
    at %= len(cursor)
    return {
        "replace": cursor[:at] + letter + cursor[at + 1 :],
        "insert": cursor[:at] + letter + cursor[at:],
        "cut": cursor[:at],
        "drop": cursor[:at] + cursor[at + 1 :],
        "twice": cursor * 2,
        "turned": cursor[::-1],
    }[how]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, 200),
    letter=st.sampled_from(["A", "0", ":", ".", "_", "=", "\0", "ą", "🙂", "%", " ", "\ud800"]),
    how=st.sampled_from(["replace", "insert", "cut", "drop", "twice", "turned"]),
)
def test_a_cursor_that_was_touched_is_refused(
    client: Any, people: Any, at: int, letter: str, how: str
) -> None:
    _status, answer = ask(client, "q=panel&page_size=2")
    cursor = cursor_of(answer)
    touched = changed(cursor, at, letter, how)
    query = urlencode({"q": "panel", "page_size": 2, "cursor": touched}, errors="surrogatepass")
    status, answer = ask(client, query)
    if touched in ("", cursor):
        assert status == 200
    else:
        assert (status, [each["parameter"] for each in answer["errors"]]) == (400, ["cursor"])


others: Iterable[dict[str, Any]] = [
    {"q": "mediacja", "page_size": 2},
    {"q": "panel", "page_size": 3},
    {"q": "panel", "page_size": 2, "lang": "en"},
    {"q": "panel", "page_size": 2, "sort": "name"},
    {"q": "panel", "page_size": 2, "method": "mediacja"},
    {"page_size": 2},
]


@pytest.mark.parametrize("other", others)
def test_a_cursor_of_another_question_is_refused(client: Any, people: Any, other: dict[str, Any]) -> None:
    _status, answer = ask(client, "q=panel&page_size=2")
    status, refused = ask(client, urlencode({**other, "cursor": cursor_of(answer)}))
    assert status == 400
    assert is_refusal(refused)
    assert "innego pytania" in refused["detail"] or "another question" in refused["detail"]


@pytest.mark.parametrize(
    "made",
    [
        lambda: signing.dumps([2, "x"], salt="another"),
        lambda: signing.dumps([2, "x"], salt="directory.api.cursor", key="another site's"),
        lambda: signing.dumps({"page": 2}, salt="directory.api.cursor.old"),
        lambda: "?cursor=" + signing.dumps("x", salt="another"),
    ],
)
def test_a_cursor_that_somebody_else_signed_is_refused(
    client: Any, people: Any, made: Callable[[], str]
) -> None:
    status, refused = ask(client, urlencode({"q": "panel", "cursor": made()}))
    assert (status, is_refusal(refused)) == (400, True)


def test_of_a_parameter_that_comes_twice_the_last_counts_and_every_filter_does(
    client: Any, people: Any
) -> None:
    status, answer = ask(client, "q=nikogo&q=panel&page_size=3&page_size=2&method=x&method=mediacja")
    assert (status, answer["total"], len(answer["results"])) == (200, 5, 2)
    assert {one["value"] for one in answer["facets"]["method"] if one["selected"]} == {"x", "mediacja"}


def test_every_order_and_page_of_the_page_answers(client: Any, people: Any) -> None:
    for order in ORDERS:
        for page in ("1", "99999", "-1", "x"):
            response = client.get(PAGES[0], {"q": "panel", "kolejnosc": order, "strona": page}, follow=True)
            assert response.context["found"].results.total == 5
