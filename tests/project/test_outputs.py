"""The whole demonstration, followed link by link: nothing is broken, and no address of a person comes out anywhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from lxml import html
from pytest_django.plugin import DjangoDbBlocker

from directory.models import Practitioner
from przestrzen.demo import loading
from search.indexing import flush

pytestmark = pytest.mark.django_db
STARTS = (
    "/", "/en/", "/sitemap.xml", "/robots.txt", "/podpowiedzi/?q=an", "/en/podpowiedzi/?q=an",
    "/api/v1/openapi.json", "/api/v1/practitioners?page_size=100", "/api/v1/practitioners?page_size=100&lang=en",
)  # fmt: skip
NOT_FOLLOWED = re.compile(r"/(admin|media|static)/")
# Of pages that lie beside each other, and of the questions a page can be asked, only so many are followed.
SIBLINGS = 12
QUESTIONS = 2
#: Forms that every entry has; the entries themselves are all followed.
FORMS = {"kontakt", "nieaktualne"}
#: The three addresses that the demonstration publishes, all of offices.
OFFICES = {f"{name}@example.org" for name in ("kontakt", "dane", "dostepnosc")}
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The private addresses of the demonstration, which is taken back after the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(lambda _line: None)
        flush("default")
        cache.clear()
        yield [address for address in Practitioner.objects.values_list("email", flat=True) if address]
        transaction.set_rollback(True)


def links_in(text: str, kind: str, url: str) -> list[str]:
    if "html" in kind:
        found = [link for _element, _attribute, link, _at in html.fromstring(text).iterlinks()]
    else:
        found = re.findall(r"https?://testserver/[^\s<\"'\\]+", text)
    joined = [urldefrag(urljoin(f"http://testserver{url}", link)).url for link in found]
    return [
        link.removeprefix("http://testserver") for link in joined if link.startswith("http://testserver/")
    ]


def beside(url: str) -> str:
    """What this address shares with those of its kind."""
    split = urlsplit(url)
    folder, _slash, last = split.path.rstrip("/").rpartition("/")
    return f"{split.path}?" if split.query else f"*/{last}/" if last in FORMS else folder


@pytest.fixture(scope="module")
def outputs(demo: list[str], django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """By address the text of what can be reached from the beginning; and what the cache then holds."""
    in_memory: Any = cache
    client, told, broken = Client(), dict[str, str](), []
    waiting, seen, siblings = deque((start, "the beginning") for start in STARTS), set(STARTS), Counter[str]()
    with django_db_blocker.unblock():
        while waiting:
            url, origin = waiting.popleft()
            response = client.get(url)
            kind, content = response.get("Content-Type", ""), response.getvalue()
            if response.status_code in (301, 302):
                found = [urljoin(url, response["Location"])]
            elif response.status_code == 200:
                told[url] = content.decode(errors="replace")
                found = links_in(told[url], kind, url)
            else:
                broken.append((url, response.status_code, origin))
                continue
            for link in found:
                family = beside(link)
                few = family.count("/") > 1 or family == "/gminy"
                most = QUESTIONS if "?" in link else SIBLINGS if few else 100
                if link not in seen and not NOT_FOLLOWED.match(link) and siblings[family] < most:
                    siblings[family] += 1
                    seen.add(link)
                    waiting.append((link, url))
    assert not broken
    return told | {"the cache": repr(in_memory._cache)}


def test_every_link_leads_somewhere(outputs: dict[str, str]) -> None:
    assert len(outputs) > 200
    for path in (
        "/baza-praktykow/",
        "/en/baza-praktykow/",
        "/gminy/",
        "/metody/",
        "/en/tematy/",
        "/moj-wpis/",
    ):
        assert any(url.startswith(path) for url in outputs), path


def test_no_output_holds_an_address_of_a_person(demo: list[str], outputs: dict[str, str]) -> None:
    assert len(demo) > 50
    assert len(outputs["the cache"]) > 10_000
    for url, text in outputs.items():
        plain = unquote(unescape(text)).lower()
        assert not [address for address in demo if address in plain], url
        # Not only those of the demonstration's own column; what is pickled stands beside control characters.
        assert url == "the cache" or {*ADDRESS.findall(plain)} <= OFFICES, url
