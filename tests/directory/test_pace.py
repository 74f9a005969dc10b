"""Nobody copies the whole base; nobody who reads it notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from directory import api
from directory.models import Practitioner, pages
from home.privacy.pace import Pace

pytestmark = pytest.mark.django_db
LIST, API = "/baza-praktykow/", "/api/v1/practitioners"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, add: Callable[..., Practitioner]) -> None:
    cache.clear()
    for module, name in ((pages, "DEEP"), (pages, "PROFILES"), (api, "FURTHER")):
        monkeypatch.setattr(module, name, Pace(getattr(module, name).name, "3/h"))
    for number in range(5):
        add(f"Osoba Numer{number}")


def opened(client: Client, url: str, times: int, **more: str) -> list[int]:
    return [client.get(url, **more).status_code for _time in range(times)]  # type: ignore[arg-type]


def test_deep_pages_are_few_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SHALLOW", 0)
    assert opened(client, LIST, 5) == [200, 200, 200, 429, 429]
    response = client.get(LIST, {"q": "osoba"})
    assert 3000 < int(response["Retry-After"]) <= 3600
    text = response.content.decode().replace("\xa0", " ")
    assert "Dalej można czytać za 60 minut" in text
    assert "noindex" in text
    assert client.get(f"/en{LIST}").status_code == 429, "counted together, and said in English"


def test_the_first_pages_are_never_counted(client: Client) -> None:
    assert set(opened(client, LIST, 8)) == {200}
    assert set(opened(client, f"{LIST}?strona=9999", 2)) == {302}


def test_pages_of_people_are_counted_together(client: Client) -> None:
    urls = [f"{LIST}osoba-numer{number}/" for number in range(5)]
    assert [client.get(url).status_code for url in urls] == [200, 200, 200, 429, 429]
    assert client.get(urls[0]).status_code == 429
    assert client.get(LIST).status_code == 200


def test_another_network_and_the_staff_read_on(client: Client, admin_client: Client) -> None:
    url = f"{LIST}osoba-numer1/"
    assert opened(client, url, 4)[-1] == 429
    assert opened(client, url, 1, REMOTE_ADDR="203.0.113.9") == [200]
    assert set(opened(admin_client, url, 5)) == {200}


def test_a_program_reads_on_slowly(client: Client) -> None:
    def further() -> int:
        following = client.get(API, {"page_size": 2}).json()["next"]
        return client.get(following).status_code

    assert [further() for _time in range(4)] == [200, 200, 200, 429]
    assert client.get(API, {"page_size": 2}).status_code == 200, "the first page of any question"


def test_the_cache_holds_no_address(client: Client) -> None:
    opened(client, f"{LIST}osoba-numer1/", 2, REMOTE_ADDR="203.0.113.77")
    assert "203.0.113" not in repr(cache._cache)  # type: ignore[attr-defined]
