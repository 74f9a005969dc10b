"""The editor's form of an event, filled and sent as a browser would."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Topic
from events.models import EventPage, EventSession
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, PractitionerFactory, programme

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


@pytest.fixture
def forum(index: Any) -> EventPage:
    page = EventPageFactory(
        parent=index,
        title="III Forum",
        on=(datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 5, 14, tzinfo=WARSAW)),
    )
    programme(page, blocks=2, sessions=2, leaders=[PractitionerFactory() for _ in range(4)])
    return page


def filled(html: str) -> dict[str, Any]:
    """The names and values that the page's form would send; StreamFields are drawn by script and empty here."""
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    assert form is not None
    sent: dict[str, Any] = {f"{name}-count": "0" for name in ("body", "archive", "related")}
    sent["action-publish"] = "action-publish"
    for field in form.find_all(["input", "select", "textarea"]):
        name = field.get("name")
        if not name or "__prefix__" in name or field.find_parent(["template", "script"]):
            continue
        if field.name == "select":
            chosen = [option["value"] for option in field.find_all("option", selected=True)]
            sent[name] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
        elif field.name == "textarea":
            sent[name] = field.text.removeprefix("\n")
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field.get("value", "on"))
        else:
            sent[name] = field.get("value", "")
    return sent


def edit_url(page: EventPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_new_event_opens(admin_client: Client, index: Any) -> None:
    url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])
    shown = admin_client.get(url)
    assert shown.status_code == 200
    assert "Bloki programu" in shown.content.decode()


def test_saving_unchanged_keeps_the_programme_and_its_rows(admin_client: Client, forum: EventPage) -> None:
    before = sorted(forum.blocks.values_list("sessions__pk", "sessions__leaders__pk"))
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    forum.refresh_from_db()
    assert sorted(forum.blocks.values_list("sessions__pk", "sessions__leaders__pk")) == before


def test_a_changed_day_moves_the_span(admin_client: Client, forum: EventPage) -> None:
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    sent["days-1-date"] = "2031-02-07"
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    forum.refresh_from_db()
    assert forum.ends_at == datetime(2031, 2, 7, 14, tzinfo=WARSAW)


def test_a_room_twice_at_once_is_refused_with_words_and_what_was_typed_is_kept(
    admin_client: Client, forum: EventPage
) -> None:
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    sent["blocks-0-sessions-1-room"] = "sala 0"
    sent["blocks-0-sessions-1-title"] = "Nowy tytuł"
    answer = admin_client.post(edit_url(forum), sent)
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "jest zajęta dwa razy naraz" in words
    assert "Nowy tytuł" in words
    assert not forum.blocks.filter(sessions__title="Nowy tytuł").exists()


def test_a_regional_forum_without_voivodeships_is_refused(admin_client: Client, forum: EventPage) -> None:
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    sent["kind"] = "regional_forum"
    assert "zaznacz je" in admin_client.post(edit_url(forum), sent).content.decode()
    sent["voivodeships"] = ["slaskie", "opolskie"]
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    forum.refresh_from_db()
    assert forum.voivodeships == ["opolskie", "slaskie"]


def test_leaders_are_added_taken_away_and_kept_in_order(admin_client: Client, forum: EventPage) -> None:
    first = EventSession.objects.get(title="Sesja 0.0")
    other, third = PractitionerFactory(name="Anna Nowak"), PractitionerFactory(name="Jan Wrona")
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    sent["blocks-0-sessions-0-people"] = [str(third.pk), str(other.pk)]
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    rows = list(first.leaders.values_list("practitioner__name", flat=True))
    assert rows == ["Jan Wrona", "Anna Nowak"]
    form = BeautifulSoup(admin_client.get(edit_url(forum)).content, "html.parser")
    boxes = form.find_all("input", {"name": "blocks-0-sessions-0-people"})
    assert [box["value"] for box in boxes] == [str(third.pk), str(other.pk)]
    assert "Anna Nowak" in boxes[1].find_parent("label").get_text()


def test_the_form_asks_as_much_for_many_sessions_as_for_few(
    admin_client: Client, forum: EventPage, django_assert_num_queries: Any
) -> None:
    people = [PractitionerFactory() for _ in range(42)]
    few = EventPageFactory(parent=forum.get_parent(), title="Małe", on=(forum.starts_at, forum.ends_at))
    programme(few, blocks=1, sessions=1, leaders=people)
    many = EventPageFactory(parent=forum.get_parent(), title="Duże", on=(forum.starts_at, forum.ends_at))
    programme(many, blocks=7, sessions=6, leaders=people)
    for page in (few, many):
        admin_client.get(edit_url(page))
    with CaptureQueriesContext(connection) as asked:
        admin_client.get(edit_url(few))
    with django_assert_num_queries(len(asked)):
        answer = admin_client.get(edit_url(many))
    assert answer.content.count(b'-people"') >= 42
    assert len(answer.content) < 1_000_000


def test_a_refused_form_asks_as_much_for_many_sessions_as_for_few(
    admin_client: Client, forum: EventPage
) -> None:
    people = [PractitionerFactory() for _ in range(12)]
    asked = []
    for title, sessions in (("Małe", 2), ("Duże", 12)):
        page = EventPageFactory(parent=forum.get_parent(), title=title, on=(forum.starts_at, forum.ends_at))
        programme(page, blocks=1, sessions=sessions, leaders=people)
        sent = filled(admin_client.get(edit_url(page)).content.decode()) | {"title": ""}
        admin_client.post(edit_url(page), sent)
        with CaptureQueriesContext(connection) as queries:
            answer = admin_client.post(edit_url(page), sent)
        assert answer.status_code == 200
        boxes = BeautifulSoup(answer.content, "html.parser").find_all(
            "input", {"name": re.compile("-people$")}
        )
        assert len([box for box in boxes if "__prefix__" not in box["name"]]) == sessions
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_person_who_is_not_there_is_refused(admin_client: Client, forum: EventPage) -> None:
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    for key in ("999999", "9" * 30, "Anna"):
        sent["blocks-0-sessions-0-people"] = [key]
        answer = admin_client.post(edit_url(forum), sent)
        assert answer.status_code == 200
        assert EventSession.objects.get(title="Sesja 0.0").leaders.count() == 1


def test_a_topic_of_a_session_is_chosen_from_the_vocabulary(
    admin_client: Client, forum: EventPage, home: HomePage
) -> None:
    Topic.objects.create(name="Zieleń", slug="zielen", locale=home.locale)
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    sent["blocks-0-sessions-0-topic"] = "zielen"
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    session = EventSession.objects.get(title="Sesja 0.0")
    assert session.topic == "zielen"
    sent["blocks-0-sessions-0-topic"] = "obcy"
    assert admin_client.post(edit_url(forum), sent).status_code == 200
    assert EventSession.objects.get(pk=session.pk).topic == "zielen"


def test_a_topic_that_left_the_vocabulary_is_kept(admin_client: Client, forum: EventPage) -> None:
    session = EventSession.objects.get(title="Sesja 0.0")
    session.topic = "dawny"
    session.save()
    forum.save_revision()
    sent = filled(admin_client.get(edit_url(forum)).content.decode())
    assert sent["blocks-0-sessions-0-topic"] == "dawny"
    assert admin_client.post(edit_url(forum), sent).status_code == 302
    assert EventSession.objects.get(pk=session.pk).topic == "dawny"
