from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from wagtail.models import Locale, PageViewRestriction

from directory.models import Topic
from events.models import EventDay, EventPage, EventSession
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, MunicipalityFactory, programme

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


def forum(index: Any, **fields: Any) -> EventPage:
    return EventPageFactory(
        parent=index,
        on=(datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 5, 14, tzinfo=WARSAW)),
        **{
            "title": "III Forum",
            "slug": "forum",
            "kind": "national_forum",
            "municipality": MunicipalityFactory(name="Łódź", voivodeship="lodzkie"),
            "place": "Tkalnia",
            **fields,
        },
    )


def read(client: Client, url: str, **query: str) -> list[Any]:
    response = client.get(url, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def titles(client: Client, url: str, **query: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in read(client, url, **query)]


def test_each_day_of_a_forum_is_an_entry_with_its_own_hours_and_a_link(client: Client, index: Any) -> None:
    page = forum(index)
    first, second = read(client, f"{page.url}wydarzenie.ics")
    assert [str(first["SUMMARY"]), str(second["SUMMARY"])] == [
        "III Forum (dzień 1 z 2)", "III Forum (dzień 2 z 2)",
    ]  # fmt: skip
    assert first["DTSTART"].dt == datetime(2031, 2, 4, 9, tzinfo=WARSAW)
    assert second["DTEND"].dt == datetime(2031, 2, 5, 14, tzinfo=WARSAW)
    assert first["UID"] != second["UID"]
    for event in (first, second):
        assert event["URL"] == page.full_url
        assert page.full_url in str(event["DESCRIPTION"])
        assert str(event["LOCATION"]) == "Tkalnia, Łódź"
        assert event["STATUS"] == "CONFIRMED"


def test_a_day_that_is_moved_stays_the_same_entry_with_a_higher_number(client: Client, index: Any) -> None:
    page = forum(index)
    before = read(client, f"{page.url}wydarzenie.ics")
    page.days = [EventDay(date=date(2031, 3, 4), start=time(10), end=time(16))]
    page.save_revision().publish()
    after = read(client, f"{page.url}wydarzenie.ics")
    assert len(after) == 1
    assert after[0]["UID"] == before[0]["UID"]
    assert after[0]["SEQUENCE"] == before[0]["SEQUENCE"] + 1
    assert after[0]["DTSTART"].dt == datetime(2031, 3, 4, 10, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("fields", "raised"),
    [
        ({"place": "Dworzec"}, 1),
        ({"cancelled": True}, 1),
        ({"online": True}, 1),
        ({"title": "Inny tytuł", "summary": "Inne słowa", "seats": 10}, 0),
    ],
)
def test_the_number_rises_only_with_what_people_must_know(
    index: Any, fields: dict[str, Any], raised: int
) -> None:
    page = forum(index)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()  # a draft that is saved twice before it is published
    page.save_revision().publish()
    assert EventPage.objects.get(pk=page.pk).sequence == raised


def test_an_old_draft_does_not_take_the_number_back(index: Any) -> None:
    page = forum(index)
    old = page.save_revision()
    page.place = "Dworzec"
    page.save_revision().publish()
    old.publish()
    assert EventPage.objects.get(pk=page.pk).sequence == 2


def test_a_session_that_changes_its_room_raises_the_number(client: Client, index: Any) -> None:
    page = forum(index)
    programme(page, blocks=1, sessions=2, leaders=[])
    page = EventPage.objects.get(pk=page.pk)
    session = EventSession.objects.order_by("pk").first()
    assert session
    (event,) = read(client, f"{page.url}sesja-{session.pk}.ics")
    assert str(event["SUMMARY"]) == session.title
    assert event["DTSTART"].dt == datetime(2031, 2, 4, 8, tzinfo=WARSAW)
    assert str(event["LOCATION"]).startswith(f"{session.room}, Tkalnia")
    assert event["URL"] == f"{page.full_url}#sesja-{session.pk}"
    block = page.blocks.get()
    session.room = "Aula"
    block.sessions = [session, *block.sessions.exclude(pk=session.pk)]
    page.blocks = [block]
    page.save_revision().publish()
    (moved,) = read(client, f"{page.url}sesja-{session.pk}.ics")
    assert str(moved["LOCATION"]).startswith("Aula")
    assert moved["SEQUENCE"] == event["SEQUENCE"] + 1


def test_a_cancelled_event_is_told_to_calendars(client: Client, index: Any) -> None:
    page = forum(index, cancelled=True, cancelled_note="Sala jest zalana.")
    for url in (f"{page.url}wydarzenie.ics", f"{index.url}kalendarz.ics"):
        for event in read(client, url):
            assert event["STATUS"] == "CANCELLED"
            assert str(event["SUMMARY"]).startswith("Odwołane: III Forum")
            assert "Sala jest zalana." in str(event["DESCRIPTION"])


def test_the_feed_has_the_filters_of_the_list(client: Client, index: Any, home: HomePage) -> None:
    topic = Topic.objects.create(name="Zieleń", slug="zielen", locale=home.locale)
    start = datetime(2031, 5, 6, 9, tzinfo=WARSAW)
    day = (start, start + timedelta(hours=3))
    EventPageFactory(
        parent=index,
        title="O prawie",
        kind="seminar",
        seminar_kind="law",
        online=True,
        on=day,
        topics=[topic],
    )
    town = MunicipalityFactory(voivodeship="slaskie")
    EventPageFactory(parent=index, title="W terenie", municipality=town, on=day)
    EventPageFactory(parent=index, title="I tu, i tam", municipality=town, online=True, on=day)
    url = f"{index.url}kalendarz.ics"
    assert set(titles(client, url)) == {"O prawie", "W terenie", "I tu, i tam"}
    assert titles(client, url, rodzaj="seminar") == ["O prawie"]
    assert titles(client, url, temat="zielen") == ["O prawie"]
    assert set(titles(client, url, wojewodztwo="slaskie")) == {"W terenie", "I tu, i tam"}
    assert set(titles(client, url, tryb="online")) == {"O prawie", "I tu, i tam"}
    assert set(titles(client, url, tryb="na-miejscu")) == {"W terenie", "I tu, i tam"}
    assert set(titles(client, url, rodzaj="bal", temat="\x00")) == {"O prawie", "W terenie", "I tu, i tam"}


def test_drafts_private_pages_and_undated_events_are_not_there(client: Client, index: Any) -> None:
    draft = forum(index, title="Szkic", slug="szkic", live=False)
    undated = EventPageFactory(parent=index, title="Kiedyś", slug="kiedys")
    private = forum(index, title="Zamknięte", slug="zamkniete")
    programme(private, blocks=1, sessions=1, leaders=[])
    session = private.blocks.first().sessions.first()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert titles(client, f"{index.url}kalendarz.ics") == []
    for page in (draft, undated, private):
        assert client.get(f"{page.url}wydarzenie.ics").status_code == 404
    assert client.get(f"{private.url}sesja-{session.pk}.ics").status_code == 404


def test_a_session_is_found_under_its_own_event_only(client: Client, index: Any) -> None:
    one, other = forum(index), forum(index, slug="inne")
    programme(one, blocks=1, sessions=1, leaders=[])
    session = one.blocks.first().sessions.first()
    assert client.get(f"{one.url}sesja-{session.pk}.ics").status_code == 200
    for url in (f"{other.url}sesja-{session.pk}.ics", f"{one.url}sesja-999999999.ics"):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "url", ["/kalendarz.ics", "/nie-ma/kalendarz.ics", "/wydarzenia/wydarzenie.ics", "/wydarzenia/nic/wydarzenie.ics"]
)  # fmt: skip
def test_another_address_is_not_found(client: Client, index: Any, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_feed_is_kept_and_answered_briefly_when_nothing_changed(client: Client, index: Any) -> None:
    page = forum(index)
    url = f"{index.url}kalendarz.ics"
    first = client.get(url)
    assert "max-age=900" in first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")
    again = client.get(url, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    page.place = "Dworzec"
    page.save_revision().publish()
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.post(url).status_code == 405


def test_english_words_at_the_english_address(client: Client, index: Any, home: HomePage) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    index.copy_for_translation(english).save_revision().publish()
    words = forum(index).copy_for_translation(english)
    words.title = "Third Forum"
    words.save_revision().publish()
    listed = EventPage.objects.get(pk=words.pk)
    there = read(client, f"{index.get_translation(english).url}kalendarz.ics")
    assert [str(event["URL"]) for event in there] == [listed.full_url] * 2
    assert str(there[0]["SUMMARY"]).startswith("Third Forum")
    here = read(client, f"{index.url}kalendarz.ics")
    assert [event["UID"] for event in here] == [event["UID"] for event in there]


def test_the_feed_asks_the_database_a_constant_number_of_times(client: Client, index: Any) -> None:
    url = f"{index.url}kalendarz.ics"
    forum(index, slug="pierwsze")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(12):
        forum(index, slug=f"forum-{number}")
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        assert len(read(client, url)) == 26
    assert len(many) <= len(few) <= 12


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_filter_breaks_the_feed(client: Client, index: Any, topic: str, way: str) -> None:
    if not EventPage.objects.exists():
        EventPageFactory(parent=index, on=(timezone.now(), timezone.now() + timedelta(minutes=1)))
    assert client.get(f"{index.url}kalendarz.ics", {"temat": topic, "tryb": way}).status_code == 200
