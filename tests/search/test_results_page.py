"""The site-wide search as readers meet it."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import EventIndexPage
from home.models import ContentPage
from search import kinds
from tests.factories import EventIndexPageFactory, EventPageFactory, polish_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def events() -> EventIndexPage:
    home = polish_home()
    home.add_child(
        instance=ContentPage(title="Panel obywatelski krok po kroku", slug="panel", summary="Wstęp.")
    )
    index: EventIndexPage = EventIndexPageFactory(parent=home)
    for number in range(6):
        EventPageFactory(parent=index, title=f"Rozmowa o panelu obywatelskim {number}")
    EventPageFactory(parent=index, title="Panel tajny", live=False)
    return index


def read(client: Client, **query: str) -> str:
    page = client.get("/szukaj/", query)
    assert page.status_code == 200
    return page.content.decode()


def test_hits_are_grouped_by_kind_and_marked(client: Client, events: EventIndexPage) -> None:
    page = read(client, q="panele obywatelskie")
    assert page.index("Wydarzenia <span") < page.index("Strony serwisu <span")
    assert "<mark>Panel</mark>" in page
    assert "tajny" not in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_one_kind_can_be_shown_whole_and_left_again(client: Client, events: EventIndexPage) -> None:
    assert read(client, q="panel").count("Rozmowa o") == 4
    page = read(client, q="panel", rodzaj="event")
    assert page.count("Rozmowa o") == 6
    assert "Strony serwisu <span" not in page
    assert 'href="?q=panel"' in page
    assert read(client, q="panel", rodzaj="event", strona="99").count("Rozmowa o") == 6


def test_only_words_that_no_kind_has_are_said_to_stand_nowhere(
    client: Client, events: EventIndexPage
) -> None:
    EventPageFactory(parent=events, title="Wieczór o polderach")
    polish_home().add_child(
        instance=ContentPage(title="Mediacje w gminie", slug="mediacje", summary="Wstęp.")
    )
    page = read(client, q="mediacje poldery xqzwvu ")
    assert "Tych słów nie ma nigdzie w serwisie: xqzwvu." in page
    # Neither kind has both: what has one of the words is shown of each, and said to be no more.
    assert "Wieczór o" in page
    assert "w gminie" in page
    assert "Nic nie zawiera wszystkich tych słów" in page


def test_nothing_typed_shows_the_form_and_nothing_found_says_so(
    client: Client, events: EventIndexPage
) -> None:
    assert "Nic nie znaleźliśmy" not in read(client)
    page = read(client, q="xqzwv<b>")
    assert "Nic nie znaleźliśmy" in page
    assert "xqzwv&lt;b&gt;" in page
    assert "<b>" not in page.split("<main")[1].split("</main")[0].replace("</b>", "")


def test_english_readers_have_it_too(client: Client, events: EventIndexPage) -> None:
    assert client.get("/en/szukaj/", {"q": "citizens assembly"}).status_code == 200


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    q=st.text(max_size=300), kind=st.one_of(st.text(max_size=9), st.just("event")), page=st.text(max_size=7)
)
def test_no_address_breaks_it(client: Client, events: EventIndexPage, q: str, kind: str, page: str) -> None:
    query = {"q": q, "rodzaj": kind, "strona": page}
    query = {name: text.encode("utf-8", "replace").decode() for name, text in query.items()}
    assert client.get("/szukaj/", query).status_code == 200


def test_every_part_of_the_site_is_a_kind() -> None:
    names = [kind.name for kind in kinds.registered()]
    assert names[0] == "person"
    assert {"article", "case", "event", "budget", "dialogue", "offer", "page"} <= set(names)
