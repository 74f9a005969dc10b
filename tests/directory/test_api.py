"""The base as programs ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import api
from directory.asking import FACETS, ORDERS
from directory.models import Practitioner
from home.privacy.pace import Throttle
from search.indexing import flush

URL = "/api/v1/practitioners"
KEYS = {"total", "results", "facets", "suggestion", "next"}
PERSON = {
    "id", "slug", "name", "headline", "organisation", "municipality", "voivodeship", "methods", "topics", "audiences",
    "distance", "url", "highlights", "by_meaning",
}  # fmt: skip


def ask(client: Any, status: int = 200, **params: Any) -> Any:
    response = client.get(URL, params)
    assert response.status_code == status, response.content.decode()
    return response.json()


def names(answer: Any) -> list[str]:
    return [person["name"] for person in answer["results"]]


@pytest.fixture
def people(add: Callable[..., Practitioner]) -> list[Practitioner]:
    return [
        add(
            "Rafał Smoleń",
            headline="koordynator <b>klimatyczny</b>",
            methods="panel obywatelski; konsultacje społeczne",
            topics="klimat i środowisko",
            voivodeship="malopolskie",
            sector="administracja-publiczna",
            experience="Współorganizowałem panel obywatelski o cieple w Chrzanowie.",
            confirmed_at="2026-09-03",
            languages=["pl"],
        ),
        add(
            "Milena Szafran",
            methods="budżet obywatelski; konsultacje społeczne",
            audiences="młodzież",
            voivodeship="dolnoslaskie",
            sector="organizacja-pozarzadowa",
            experience="Prowadzę budżet obywatelski.",
            confirmed_at="2026-10-11",
            languages=["pl", "en"],
        ),
        add(
            "Łucja Ćwik", methods="mediacja", voivodeship="slaskie", is_mentor=True, confirmed_at="2025-01-02"
        ),
    ]


@pytest.fixture
def hidden(add: Callable[..., Practitioner], people: Any) -> list[Practitioner]:
    """Nobody of these may be seen: each is the only one with a word, a term or a place."""
    return [
        add(
            "Zenobiusz Kwarcisz",
            methods="tajna metoda",
            state="hidden",
            state_reason="spór",
            voivodeship="lubuskie",
        ),
        add("Ktosława Wstrzymana", experience="Prowadzę mediacje.", state="paused", voivodeship="lubuskie"),
        add("Bezzgoda Nieznana", experience="Panel obywatelski.", consent=False, voivodeship="lubuskie"),
        add("Wycofana Osobowska", state="withdrawn", state_reason="prośba", voivodeship="lubuskie"),
    ]


def test_an_answer_has_the_promised_shape(client: Any, people: Any) -> None:
    answer = ask(client, q="panel obywatelski")
    assert answer.keys() == KEYS
    person = answer["results"][0]
    assert person.keys() == PERSON
    assert person["id"] == people[0].public_id
    assert (person["slug"], person["name"]) == ("rafal-smolen", "Rafał Smoleń")
    assert person["voivodeship"] == {"slug": "malopolskie", "name": "małopolskie"}
    assert {"slug": "panel-obywatelski", "name": "panel obywatelski"} in person["methods"]
    assert person["topics"] == [{"slug": "klimat-i-srodowisko", "name": "klimat i środowisko"}]
    assert person["url"].startswith("http://testserver/baza-praktykow/rafal-smolen/")
    assert "<mark>panel</mark>" in person["highlights"]["text"]
    assert client.get(person["url"]).status_code == 200


def test_highlights_are_escaped(client: Any, people: Any) -> None:
    found = ask(client, q="koordynator")["results"][0]
    assert "<b>" not in found["highlights"]["headline"]
    assert found["headline"] == "koordynator <b>klimatyczny</b>", "plain text stays plain text"


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "obywatelski"},
        {"q": "konsultacje", "method": ["konsultacje-spoleczne"]},
        {"method": ["panel-obywatelski", "mediacja"]},
        {"voivodeship": ["slaskie", "malopolskie"]},
        {"sector": "organizacja-pozarzadowa", "language": "en"},
        {"mentor": "tak"},
        {"sort": "confirmed"},
        {"sort": "name"},
        {},
    ],
)
def test_it_answers_as_the_page_does(client: Any, people: Any, asked: dict[str, Any]) -> None:
    answer = ask(client, **asked)
    paged = {
        api.PARAMETERS.get(name, "kolejnosc" if name == "sort" else name): value
        for name, value in asked.items()
    }
    if "kolejnosc" in paged:
        paged["kolejnosc"] = api.SORTS[paged["kolejnosc"]]
    found = client.get("/baza-praktykow/", paged, follow=True).context["found"]
    assert names(answer) == [hit.object.name for hit in found.results.hits]
    assert answer["total"] == found.results.total
    for name, facet in api.PARAMETERS.items():
        told = {value["value"]: value["count"] for value in answer["facets"][name]}
        assert told == dict(found.results.counts(FACETS[facet]))


def test_every_filter_and_order_of_the_page_has_a_name() -> None:
    assert {*api.PARAMETERS.values()} == {*FACETS}
    assert {*api.SORTS.values()} == {*ORDERS}


def test_cursors_lead_through_everybody_once(client: Any, add: Callable[..., Practitioner]) -> None:
    everybody = {add(f"Osoba Numer{number}", experience="Prowadzę panel.").public_id for number in range(11)}
    for asked in ({"q": "panel"}, {"sort": "name"}, {"sort": "confirmed"}):
        seen: list[str] = []
        answer = ask(client, page_size=4, **asked)
        while answer:
            seen += [person["id"] for person in answer["results"]]
            following = answer["next"]
            if following:
                assert answer["total"] == 11
                again = ask(client, page_size=4, cursor=following, **asked)
                answer = client.get(following).json()
                # `next` carries the time of its signature.
                assert answer | {"next": ""} == again | {"next": ""}, "the address will do as the cursor"
            else:
                answer = None
        assert len(seen) == 11
        assert {*seen} == everybody


def test_a_cursor_belongs_to_its_question(client: Any, add: Callable[..., Practitioner]) -> None:
    for number in range(3):
        add(f"Osoba Numer{number}", experience="Prowadzę panel.")
    following = ask(client, q="panel", page_size=1)["next"]
    assert "innego pytania" in ask(client, 400, q="mediacja", page_size=1, cursor=following)["detail"]
    assert "innego pytania" in ask(client, 400, q="panel", page_size=2, cursor=following)["detail"]
    assert ask(client, 400, q="panel", cursor="zmyślony")["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"page_size": 101}, "page_size"),
        ({"page_size": 0}, "page_size"),
        ({"page_size": "x"}, "page_size"),
        ({"page_size": "9" * 5000}, "page_size"),
        ({"voivodeship": "atlantyda"}, "voivodeship"),
        ({"sector": "x"}, "sector"),
        ({"mentor": "nie"}, "mentor"),
        ({"sort": "wiek"}, "sort"),
        ({"near": "Olszów"}, "near"),
        ({"near": "9999999"}, "near"),
        ({"near": "1061011", "km": "60"}, "km"),
        ({"lang": "de"}, "lang"),
        ({"method": "a\0b"}, "method"),
        ({"method": "a" * 81}, "method"),
        ({"topic": ["a"] * 21}, "topic"),
        ({"q": "a" * 201}, "q"),
        ({"metoda": "panel-obywatelski"}, "metoda"),
    ],
)
def test_what_cannot_be_is_said(client: Any, people: Any, asked: dict[str, Any], parameter: str) -> None:
    answer = ask(client, 422, **asked)
    assert [error["parameter"] for error in answer["errors"]] == [parameter]
    assert answer["errors"][0]["message"].endswith(".")


def test_messages_come_in_the_language_asked_for(client: Any, people: Any) -> None:
    assert "Wpisz liczbę" in ask(client, 422, page_size=0)["detail"]
    assert "Type a number" in ask(client, 422, page_size=0, lang="en")["detail"]


def test_english(client: Any, english_base: Any, people: Any) -> None:
    answer = ask(client, q="mediacja", lang="en")
    assert answer["results"][0]["url"].endswith("/en/baza-praktykow/lucja-cwik/")
    assert answer["results"][0]["voivodeship"]["name"] == "Silesia"


def test_nobody_hidden_is_told_of(client: Any, hidden: Any) -> None:
    whole = client.get(URL, {"page_size": 100}).content.decode()
    assert "lubuskie" not in whole
    assert "tajna" not in whole
    assert ask(client)["total"] == 3
    for text in (
        "Zenobiusz Kwarcisz",
        "Kwarcizs",
        "Kwarcis",
        "Osobowsak",
        "tajna metoda",
        "Ktosława",
        "Wstrzymnaa",
    ):
        answer = ask(client, q=text)
        told = str([answer["results"], answer["facets"], answer["suggestion"]]).lower()
        assert "lubuskie" not in told
        for secret in ("kwarcisz", "osobowska", "tajna", "ktosława", "ktoslawa", "wstrzymana", "zenobiusz"):
            assert secret not in told, (text, answer["suggestion"])


def test_no_address_is_ever_given(client: Any, people: Any) -> None:
    assert "example.org" not in client.get(URL, {"q": "skryta poczta"}).content.decode()
    assert ask(client, q="skryta.poczta@example.org")["total"] == 0
    assert "@" not in client.get(URL, {"page_size": 100}).content.decode()


def test_queries_do_not_grow_with_people(
    client: Any, english_base: Any, add: Callable[..., Practitioner]
) -> None:
    def count(**asked: Any) -> int:
        ask(client, **asked)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, **asked)
        return len(queries)

    asked: dict[str, Any] = {"q": "panel", "page_size": 100, "lang": "en"}
    add("Osoba Zero", experience="Prowadzę panel.", methods="mediacja")
    flush("default")
    few = count(**asked)
    for number in range(12):
        add(
            f"Osoba Numer{number}",
            experience="Prowadzę panel.",
            methods="mediacja; panel",
            voivodeship="slaskie",
        )
    flush("default")
    assert count(**asked) == few
    assert few <= 10


def test_answers_are_kept_shortly_and_read_from_anywhere(client: Any, people: Any) -> None:
    response = client.get(URL, {"q": "panel"}, headers={"origin": "https://inny.example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in response
    again = client.get(URL, {"q": "panel"}, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    asked = client.options(URL, headers={"access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]


def test_who_asks_too_much_waits(client: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    statuses = [client.get(URL, {"page_size": 0}).status_code for _n in range(122)]
    assert statuses.count(422) == 120
    response = client.get(URL)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert response.json()["detail"].endswith(".")
    assert client.get(URL, headers={"x-forwarded-for": "1.2.3.4"}).status_code == 429, (
        "nobody gets out of it by a header"
    )
    assert "127.0.0.1" not in str(getattr(cache, "_cache", ""))
    assert client.get(URL, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_behind_proxies_the_visitors_address_counts(rf: Any, settings: Any) -> None:
    settings.NINJA_NUM_PROXIES = 1
    one, other = (rf.get(URL, headers={"x-forwarded-for": f"6.6.6.6, 192.0.2.{number}"}) for number in (1, 2))
    throttle = Throttle("api", "1/m")
    assert throttle.get_cache_key(one) != throttle.get_cache_key(other)


def test_the_description_is_a_page_of_ours(client: Any, people: Any) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    told = {part["name"] for part in schema["paths"][URL]["get"]["parameters"]}
    assert told == {"q", *api.PARAMETERS, "near", "km", "sort", "page_size", "cursor", "lang"}
    page = client.get("/api/v1/docs").content.decode()
    for name in told:
        assert f"<code>{name}</code>" in page
    assert "cdn" not in page
    assert "unsafe-inline" not in client.get("/api/v1/docs")["Content-Security-Policy"]


def test_other_addresses_answer_in_json(client: Any, people: Any) -> None:
    assert client.get("/api/v1/osoby").json()["detail"].startswith("Pod tym adresem")
    assert client.get("/api/v2/practitioners").status_code == 404
    assert client.post(URL).status_code == 405


anything = st.text(max_size=40) | st.sampled_from(
    [
        '"',
        '"panel',
        "panel obywatelski",
        "\0",
        "%",
        "tajna metoda",
        "kwarcisz",
        "AND OR NOT",
        "*",
        "panl",
        "Ł" * 30,
    ]
)
values = st.lists(
    anything | st.sampled_from(["panel-obywatelski", "lubuskie", "slaskie", "tak", "pl"]), max_size=3
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=anything,
    filters=st.dictionaries(st.sampled_from([*api.PARAMETERS, "x", "lang"]), values, max_size=3),
    size=st.integers(-1, 120) | anything,
    sort=st.sampled_from(["", "relevance", "distance", "name", "confirmed", "x"]),
    cursor=st.none() | anything | st.sampled_from(["?cursor=x", "http://[?cursor=x", "WzIsImEiXQ:1:x"]),
)
def test_nothing_breaks_it_and_nobody_hidden_comes_out(
    client: Any, hidden: Any, q: str, filters: Any, size: Any, sort: str, cursor: str | None
) -> None:
    from django.core.cache import cache

    cache.clear()
    asked = {"q": q, "page_size": size, **filters}
    asked |= ({"sort": sort} if sort else {}) | ({"cursor": cursor} if cursor is not None else {})
    response = client.get(f"{URL}?{urlencode(asked, doseq=True, errors='surrogatepass')}")
    assert response.status_code in (200, 400, 422)
    answer = response.json()
    if response.status_code == 200:
        shown = {person["id"] for person in answer["results"]}
        assert not shown & {person.public_id for person in hidden}
        assert answer["total"] <= 3
        assert all(value["count"] <= 3 for values in answer["facets"].values() for value in values)
        chosen = str(filters)
        assert "lubuskie" in chosen or "lubuskie" not in str(answer["facets"])
        assert "kwarcisz" not in str(answer["suggestion"]).lower() or "kwarcisz" in q.lower()
    else:
        assert answer["detail"]
