"""Dialogues: voices side by side, a counter of municipalities, a map with its table."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from dialogues import providers
from dialogues.models import DialogueIndexPage, DialoguePage
from directory.models import Municipality
from home.models import HomePage, ProgrammeSettings

LUBLIN, GDANSK, OPOLE = "0663011", "2261011", "1661011"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
numbers = itertools.count(1)


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


@pytest.fixture
def dialogues(db: None) -> DialogueIndexPage:
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="pl"))
    return home.add_child(instance=DialogueIndexPage(title="Dialogi", slug="dialogi"))


@pytest.fixture
def talk(dialogues: DialogueIndexPage) -> Callable[..., DialoguePage]:
    def make(place: str = LUBLIN, *, status: str = "held", **fields: Any) -> DialoguePage:
        number = next(numbers)
        values = {
            "title": f"Rozmowa {number}",
            "question": "Co z parkiem?",
            "date": date(2026, 5, 1),
        } | fields
        return dialogues.add_child(
            instance=DialoguePage(slug=f"rozmowa-{number}", municipality_id=place, status=status, **values)
        )

    return make


def test_two_dialogues_in_one_town_are_one_municipality(
    client: Any, dialogues: DialogueIndexPage, talk: Any
) -> None:
    talk(LUBLIN)
    talk(LUBLIN)
    talk(GDANSK)
    talk(OPOLE, status="planned", date=date(2027, 1, 5))
    talk(GDANSK, status="planned", date=date(2027, 1, 6))
    assert "2 z 25" in soup(client.get(dialogues.url)).get_text(" ", strip=True)
    count = providers.progress(NOW)
    assert (count.done, count.planned) == (2, 1), "Gdańsk is kept already and is not promised again"


def test_the_target_is_a_setting(client: Any, dialogues: DialogueIndexPage, talk: Any) -> None:
    talk()
    settings = ProgrammeSettings.load()
    settings.dialogues_target = 30
    settings.save()
    assert "1 z 30" in soup(client.get(dialogues.url)).get_text(" ", strip=True)


def test_drafts_count_for_nothing(client: Any, dialogues: DialogueIndexPage, talk: Any) -> None:
    talk(live=False, title="Szkic rozmowy")
    html = soup(client.get(dialogues.url))
    assert "0 z 25" in html.get_text(" ", strip=True)
    assert "Szkic rozmowy" not in str(html)


def test_the_map_and_the_table_tell_the_same(client: Any, dialogues: DialogueIndexPage, talk: Any) -> None:
    talk(LUBLIN, title="O parku")
    talk(GDANSK, status="planned", date=date(2027, 1, 5), title="O plaży")
    html = soup(client.get(dialogues.url))
    rows = {
        row.th.get_text(strip=True): row.find_all("td")[2].get_text(strip=True)
        for row in html.select("tbody tr")
    }
    assert rows == {"Lublin": "odbył się", "Gdańsk": "zaplanowany"}
    picture = str(html.select_one("svg.map"))
    assert "O parku" in picture
    assert "O plaży" in picture


def test_voices_stand_side_by_side_without_a_verdict(client: Any, talk: Any) -> None:
    voices = [
        {"type": "perspective", "value": {"voice": f"Głos {n}", "text": f"Powiedział {n} <script>"}}
        for n in (1, 2, 3)
    ]
    page = talk(perspectives=json.dumps(voices), why="Bo <b>boli</b>.")
    html = soup(client.get(page.url))
    assert [voice.get_text(strip=True) for voice in html.select(".voices figcaption")] == [
        "Głos 1",
        "Głos 2",
        "Głos 3",
    ]
    assert "Powiedział 1 <script>" in html.get_text()
    assert "&lt;b&gt;boli" in str(html)


def test_a_dialogue_that_was_held_has_a_date(talk: Any) -> None:
    page = talk()
    page.date = None
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "date" in refusal.value.message_dict


def test_filters_and_their_empty_state(client: Any, dialogues: DialogueIndexPage, talk: Any) -> None:
    talk(LUBLIN, title="O parku")
    assert "O parku" in str(soup(client.get(dialogues.url + "?wojewodztwo=lubelskie")).select_one(".main"))
    assert "Nie ma tu jeszcze dialogu" in soup(client.get(dialogues.url + "?wojewodztwo=opolskie")).get_text()
    assert client.get(dialogues.url + "?temat=%00%22&wojewodztwo='--").status_code == 200


def test_upcoming_ones_come_by_date_and_only_with_one(talk: Any) -> None:
    talk(status="planned", date=date(2027, 2, 1), title="Później")
    talk(status="planned", date=date(2026, 12, 1), title="Wkrótce")
    talk(status="planned", date=None, title="Kiedyś")
    talk(status="planned", date=date(2026, 1, 1), title="Minęło")
    assert [card.title for card in providers.upcoming(NOW, 5)] == ["Wkrótce", "Później"]


def test_the_number_of_queries_does_not_grow(client: Any, dialogues: DialogueIndexPage, talk: Any) -> None:
    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    page = talk(LUBLIN)
    talk(GDANSK)
    few = count(dialogues.url), count(page.url)
    for town in Municipality.objects.filter(voivodeship="opolskie")[:8]:
        talk(town.teryt)
    assert (count(dialogues.url), count(page.url)) == few
    assert max(few) <= 15


def test_an_editor_adds_a_dialogue(admin_client: Any, dialogues: DialogueIndexPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["dialogues", "dialoguepage", dialogues.pk])
    assert "Kiedy, gdzie, kto" in admin_client.get(url).content.decode()
