"""What the page of an event says to somebody who reads it: changes, what is left of it, one's own way in the programme."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import ArticleIndexPage, ArticlePage
from directory.models import Topic
from events.models import EventBlock, EventPage, EventSession
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, MunicipalityFactory, programme

WARSAW = ZoneInfo("Europe/Warsaw")
AHEAD = (datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 5, 14, tzinfo=WARSAW))
BEHIND = (datetime(2021, 2, 4, 9, tzinfo=WARSAW), datetime(2021, 2, 5, 14, tzinfo=WARSAW))


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


def soup(client: Client, url: str, **query: str) -> BeautifulSoup:
    response = client.get(url, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\xa0", " "), "html.parser")


def standing(page: BeautifulSoup) -> str:
    found = page.find(class_="standing")
    return found.get_text(" ", strip=True) if found else ""


def linked(page: BeautifulSoup) -> dict[str, Any]:
    (data,) = [
        data
        for script in page.find_all("script", type="application/ld+json")
        if (data := json.loads(script.text)).get("@type") == "Event"
    ]
    return dict(data)


@pytest.mark.parametrize(
    ("fields", "said", "status"),
    [
        ({}, "", "EventScheduled"),
        ({"cancelled": True, "cancelled_note": "Sala zalana."}, "Wydarzenie odwołane Sala zalana.", "EventCancelled"),
        (
            {"moved_from": date(2031, 1, 7), "change_note": "Wybory."},
            "Nowy termin: 4–5 lutego 2031 (było: 7 stycznia 2031) Wybory.",
            "EventRescheduled",
        ),
        ({"change_note": "Nowa sala."}, "Ważna zmiana Nowa sala.", "EventScheduled"),
        ({"full": True}, "Nie ma już wolnych miejsc", "EventScheduled"),
    ],
)  # fmt: skip
def test_what_changed_stands_above_all_else(
    client: Client, index: Any, fields: dict[str, Any], said: str, status: str
) -> None:
    page = soup(client, EventPageFactory(parent=index, on=AHEAD, **fields).url)
    assert standing(page) == said
    data = linked(page)
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data.get("previousStartDate") == ("2031-01-07" if "moved_from" in fields else None)
    sold = "full" in fields or "cancelled" in fields
    assert data["offers"]["availability"] == f"https://schema.org/{'SoldOut' if sold else 'InStock'}"


def test_an_event_that_waits_for_its_new_date_is_postponed(client: Client, index: Any) -> None:
    page = soup(client, EventPageFactory(parent=index, moved_from=date(2031, 1, 7)).url)
    assert standing(page) == "Termin się zmieni (było: 7 stycznia 2031)"
    assert linked(page)["eventStatus"] == "https://schema.org/EventPostponed"


def test_what_is_over_is_not_said_to_be_full_or_moved(client: Client, index: Any) -> None:
    page = EventPageFactory(parent=index, on=BEHIND, full=True, moved_from=date(2021, 1, 7), attended=1286)
    shown = soup(client, page.url)
    assert standing(shown) == ""
    assert "Przyszło 1 286 osób." in shown.text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"online_link": "https://spotkania.example/tajne"}, "online"),
        ({"moved_from": date(2031, 2, 4)}, "moved_from"),
    ],
)
def test_fields_that_contradict_each_other_are_refused(
    index: Any, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        EventPageFactory(parent=index, on=AHEAD, **fields)
    assert wrong in caught.value.message_dict


def test_the_online_link_is_nowhere_in_public(client: Client, index: Any) -> None:
    page = EventPageFactory(
        parent=index, title="Seminarium", online=True, online_link="https://spotkania.example/tajne", on=AHEAD
    )
    programme(page, blocks=1, sessions=1, leaders=[])
    session = page.blocks.first().sessions.first()
    for url in (
        page.url, index.url, f"{page.url}wydarzenie.ics", f"{page.url}sesja-{session.pk}.ics",
        f"{index.url}kalendarz.ics", "/szukaj/?q=seminarium", "/szukaj/?q=spotkania.example",
    ):  # fmt: skip
        response = client.get(url)
        assert response.status_code == 200
        assert b"tajne" not in response.content, url


def test_the_map_is_asked_only_by_whoever_follows_the_link(client: Client, index: Any) -> None:
    page = EventPageFactory(
        parent=index, on=AHEAD, address="ul. Przędzalniana 7", municipality=MunicipalityFactory(name="Łódź")
    )
    shown = soup(client, page.url)
    link = shown.find("a", string="Pokaż na mapie")
    assert link
    assert link["href"] == (
        "https://www.openstreetmap.org/search?query=ul.+Prz%C4%99dzalniana+7%2C+%C5%81%C3%B3d%C5%BA"
    )
    assert not shown.select("iframe, img[src*=openstreetmap]")


def test_what_is_left_of_an_event(client: Client, index: Any, home: HomePage) -> None:
    articles = home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly"))
    one, draft = (
        articles.add_child(
            instance=ArticlePage(title=title, slug=slug, date=date(2026, 1, 1), live=slug == "relacja")
        )
        for title, slug in (("Relacja z forum", "relacja"), ("Jeszcze nie", "szkic"))
    )
    page = EventPageFactory(
        parent=index,
        on=BEHIND,
        archive=json.dumps(
            [
                {"type": "paragraph", "value": "<p>Przyjechali z szesnastu województw.</p>"},
                {
                    "type": "video",
                    "value": {
                        "title": "Otwarcie",
                        "url": "https://www.youtube.com/watch?v=abcdefghijk",
                        "transcript": "",
                    },
                },
            ]
        ),
        related=json.dumps([{"type": "page", "value": draft.pk}, {"type": "page", "value": one.pk}]),
    )
    shown = soup(client, page.url)
    assert "Przyjechali z szesnastu województw." in shown.text
    assert not shown.find("iframe")
    related = shown.find(class_="related")
    assert related
    assert "Relacja z forum" in related.text
    assert "Jeszcze nie" not in shown.text


# The programme


@pytest.fixture
def forum(index: Any, home: HomePage) -> EventPage:
    Topic.objects.create(name="Zieleń", slug="zielen", locale=home.locale)
    Topic.objects.create(name="Prawo", slug="prawo", locale=home.locale)
    page: EventPage = EventPageFactory(parent=index, on=AHEAD)
    page.blocks = [
        EventBlock(
            start=time(9),
            end=time(10),
            title="Do wyboru",
            sessions=[
                EventSession(title="Park", topic="zielen", format="workshop", level="beginner"),
                EventSession(title="Statut", topic="prawo", format="panel", language="en-pl", seats=22),
                EventSession(title="Drzewa", topic="zielen", format="panel", sign_language=True),
            ],
        ),
        EventBlock(start=time(10), end=time(11), title="Przerwa", sessions=[]),
    ]
    page.save()
    return page


def shown_titles(page: BeautifulSoup) -> list[str]:
    return [one.h5.text for one in page.select(".session:not([hidden])") if one.h5]


@pytest.mark.parametrize(
    ("query", "titles", "breaks"),
    [
        ({}, ["Park", "Statut", "Drzewa"], True),
        ({"temat": "zielen"}, ["Park", "Drzewa"], False),
        ({"temat": "zielen", "forma": "panel"}, ["Drzewa"], False),
        ({"temat": "prawo", "forma": "workshop"}, [], False),
        ({"temat": "nic", "forma": "\x00"}, ["Park", "Statut", "Drzewa"], True),
    ],
)
def test_a_programme_is_narrowed_without_a_script(
    client: Client, forum: EventPage, query: dict[str, str], titles: list[str], breaks: bool
) -> None:
    page = soup(client, forum.url, **query)
    assert shown_titles(page) == titles
    assert bool([slot for slot in page.select(".slot:not([hidden])") if "Przerwa" in slot.text]) is breaks
    assert [option["value"] for option in page.select("#p-temat option")] == ["", "prawo", "zielen"]
    assert bool(page.find("a", string="Cały program")) is (not breaks)


def test_a_session_says_for_whom_it_is(client: Client, forum: EventPage) -> None:
    park, statute, trees = (one.get_text(" ") for one in soup(client, forum.url).select(".session"))
    assert "Zieleń, na początek" in park
    assert "Prawo, po angielsku, z tłumaczeniem na polski, 22 miejsc" in statute
    assert "Zieleń, tłumaczenie na PJM" in trees


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_filter_breaks_the_programme(client: Client, forum: EventPage, topic: str, form: str) -> None:
    assert client.get(forum.url, {"temat": topic, "forma": form}).status_code == 200


def test_filters_of_sixty_sessions_ask_nothing_more(client: Client, index: Any) -> None:
    page = EventPageFactory(parent=index, on=AHEAD)
    programme(page, blocks=10, sessions=6, leaders=[])
    EventSession.objects.update(topic="zielen", level="advanced", sign_language=True)
    client.get(page.url)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.url, {"temat": "zielen", "forma": "workshop"})
    assert len(asked) <= 20
