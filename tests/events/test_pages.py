from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.models import DirectoryPage
from events.models import EventBlock, EventDay, EventPage, EventSession, SessionLeader
from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    MunicipalityFactory,
    PractitionerFactory,
    programme,
)

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 12, tzinfo=WARSAW)
numbers = count()


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


@pytest.fixture
def base(home: HomePage) -> Any:
    return home.add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow"))


def event(index: Any, days: int, **fields: Any) -> EventPage:
    """An event that begins `days` from now and lasts two hours."""
    start = timezone.now() + timedelta(days=days)
    return EventPageFactory(parent=index, on=(at(start, 10), at(start, 12)), **fields)


def at(day: datetime, hour: int) -> datetime:
    return timezone.localtime(day).replace(hour=hour, minute=0, second=0, microsecond=0)


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\xa0", " "), "html.parser")


# Reading rules


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.tuples(st.integers(-3000, 3000), st.integers(1, 3000))),
        min_size=1,
        max_size=6,
    )
)
def test_every_event_is_in_exactly_one_of_the_three(index: Any, spans: list[tuple[int, int] | None]) -> None:
    keys = []
    for span in spans:
        page = EventPageFactory(parent=index, slug=f"w-{next(numbers)}")
        if span:
            start = NOW + timedelta(minutes=span[0])
            EventPage.objects.filter(pk=page.pk).update(
                starts_at=start, ends_at=start + timedelta(minutes=span[1])
            )
        keys.append(page.pk)
    rows = EventPage.objects.filter(pk__in=keys)
    for moment in (NOW, NOW + timedelta(minutes=1)):
        found = [
            *rows.upcoming(moment).values_list("pk", flat=True),
            *rows.ongoing(moment).values_list("pk", flat=True),
            *rows.past(moment).values_list("pk", flat=True),
        ]
        assert sorted(found) == sorted(keys)


def test_the_span_follows_the_days_and_is_in_warsaw_time(index: Any) -> None:
    page = EventPageFactory(
        parent=index, on=(datetime(2027, 2, 4, 9, tzinfo=WARSAW), datetime(2027, 2, 5, 14, tzinfo=WARSAW))
    )
    assert page.starts_at == datetime(2027, 2, 4, 9, tzinfo=WARSAW)
    assert page.ends_at == datetime(2027, 2, 5, 14, tzinfo=WARSAW)
    page.days.add(EventDay(date=date(2027, 7, 1), start=time(8), end=time(10)))
    page.save()
    page.refresh_from_db()
    assert page.ends_at == datetime(2027, 7, 1, 10, tzinfo=WARSAW)


def test_a_region_finds_what_is_held_there_and_what_is_meant_for_it(index: Any) -> None:
    there = EventPageFactory(parent=index, municipality=MunicipalityFactory(voivodeship="slaskie"))
    meant = EventPageFactory(
        parent=index,
        kind="regional_forum",
        voivodeships=["slaskie", "opolskie"],
        municipality=MunicipalityFactory(voivodeship="opolskie"),
    )
    EventPageFactory(parent=index, municipality=MunicipalityFactory(voivodeship="dolnoslaskie"))
    assert set(EventPage.objects.in_voivodeship("slaskie")) == {there, meant}


# What is refused


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "regional_forum"}, "voivodeships"),
        ({"kind": "national_forum", "voivodeships": ["slaskie"]}, "voivodeships"),
        ({"kind": "regional_forum", "voivodeships": ["atlantyda"]}, "voivodeships"),
        ({"kind": "seminar"}, "seminar_kind"),
        ({"kind": "other", "seminar_kind": "law"}, "seminar_kind"),
        ({"cancelled_note": "Choroba"}, "cancelled"),
    ],
)
def test_fields_that_contradict_the_kind_are_refused(index: Any, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        EventPageFactory(parent=index, **fields)
    assert wrong in caught.value.message_dict


def test_a_leader_twice_at_once_is_refused(index: Any) -> None:
    person = PractitionerFactory(name="Ewa Wieczorek")
    page = event(index, 10)
    page.blocks = [
        EventBlock(
            start=time(9),
            end=time(10),
            title="Sesje",
            sessions=[
                EventSession(title=title, leaders=[SessionLeader(practitioner=person)])
                for title in ("A", "B")
            ],
        )
    ]
    with pytest.raises(ValidationError, match="Ewa Wieczorek prowadzi dwie sesje naraz"):
        page.save()


# The list


def test_the_list_shows_each_event_in_its_place(client: Client, index: Any) -> None:
    event(index, 20, title="Będzie")
    event(index, -20, title="Było")
    now = timezone.now()
    EventPageFactory(
        parent=index, title="Trwa właśnie", on=(now - timedelta(days=1), now + timedelta(days=1))
    )
    page = soup(client, index.url)
    for heading, title in (("ongoing-h", "Trwa właśnie"), ("upcoming-h", "Będzie"), ("past-h", "Było")):
        section = page.find("section", attrs={"aria-labelledby": heading})
        assert section is not None
        assert title in section.text
        assert page.text.count(title) == 1


def test_filters_narrow_and_bad_ones_are_named(client: Client, index: Any) -> None:
    event(index, 20, title="Seminarium o prawie", kind="seminar", seminar_kind="law")
    event(index, 21, title="Zwykłe spotkanie")
    found = soup(client, f"{index.url}?rodzaj=seminar").text
    assert "Seminarium o prawie" in found
    assert "Zwykłe spotkanie" not in found
    wrong = soup(client, f"{index.url}?rodzaj=bal&wojewodztwo=atlantyda&strona=minus")
    assert "Nie ma takiego rodzaju wydarzeń" in wrong.text
    assert "Nie ma takiego województwa" in wrong.text
    assert "Zwykłe spotkanie" in wrong.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_no_address_breaks_the_list(client: Client, index: Any, kind: str, region: str, page: str) -> None:
    response = client.get(index.url, {"rodzaj": kind, "wojewodztwo": region, "strona": page})
    assert response.status_code == 200


def test_an_empty_list_says_so(client: Client, index: Any) -> None:
    assert "Następne wydarzenia ogłosimy wkrótce" in soup(client, index.url).text
    assert "Pokaż wszystkie wydarzenia" in soup(client, f"{index.url}?rodzaj=seminar").text


def test_drafts_are_nowhere(client: Client, index: Any) -> None:
    event(index, 20, title="Jeszcze tajne", live=False)
    assert "Jeszcze tajne" not in soup(client, index.url).text


def test_the_list_asks_the_database_a_constant_number_of_times(client: Client, index: Any) -> None:
    town = MunicipalityFactory()
    event(index, 20, municipality=town)
    event(index, -20, municipality=town)
    client.get(index.url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(index.url)
    for n in range(20):
        event(index, 30 + n, municipality=town)
        event(index, -30 - n, municipality=town)
    client.get(index.url)
    with CaptureQueriesContext(connection) as many:
        client.get(index.url)
    assert len(many) <= len(few) + 1  # the count of past pages
    assert len(many) <= 20


# One event


def forum(index: Any, **fields: Any) -> EventPage:
    return EventPageFactory(
        parent=index,
        on=(datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 5, 14, tzinfo=WARSAW)),
        **{
            "kind": "national_forum",
            "title": "III Forum",
            "municipality": MunicipalityFactory(name="Łódź"),
            "place": "Tkalnia",
            "seats": 300,
            **fields,
        },
    )


def test_the_page_says_when_where_and_what(client: Client, index: Any) -> None:
    page = forum(index)
    programme(page, blocks=2, sessions=2, leaders=[])
    shown = soup(client, page.url)
    words = shown.get_text(" ")
    assert "4–5 lutego 2031" in words
    assert "Wtorek, 4 lutego 2031, 9.00–23.59" in words
    assert "bez opłat" in words
    assert [h5.text for h5 in shown.find_all("h5")] == ["Sesja 0.0", "Sesja 0.1", "Sesja 1.0", "Sesja 1.1"]
    assert shown.find("h3", string=lambda text: text and "Wtorek" in text) or "Wtorek" in words


def test_only_people_in_the_base_are_links(client: Client, index: Any, base: Any) -> None:
    page = forum(index)
    public = PractitionerFactory(name="Ewa Jawna")
    hidden = PractitionerFactory(name="Jan Ukryty", consented=False)
    programme(page, blocks=1, sessions=2, leaders=[public, hidden])
    shown = soup(client, page.url)
    links = {a.text: a["href"] for a in shown.select(".session .meta a")}
    assert links == {"Ewa Jawna": f"{base.url}{public.slug}/"}
    assert "Jan Ukryty" in shown.text


def test_sixty_sessions_in_twenty_queries(client: Client, index: Any, base: Any) -> None:
    page = forum(index)
    people = [PractitionerFactory() for _ in range(12)]
    programme(page, blocks=10, sessions=6, leaders=people)
    client.get(page.url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page.url)
    assert response.content.count(b'class="session"') == 60
    assert response.content.count(b'.ics"') == 61
    assert len(queries) <= 20


def test_a_cancelled_event_says_so_and_why(client: Client, index: Any) -> None:
    page = forum(index, cancelled=True, cancelled_note="Sala jest zalana.")
    shown = soup(client, page.url)
    assert "Odwołane" in shown.text
    assert "Sala jest zalana." in shown.text
    assert linked_data(shown)["eventStatus"] == "https://schema.org/EventCancelled"


def linked_data(shown: BeautifulSoup) -> dict[str, Any]:
    for script in shown.find_all("script", type="application/ld+json"):
        data = json.loads(script.text)
        if data.get("@type") == "Event":
            return data
    raise AssertionError("no Event in JSON-LD")


def test_linked_data_has_what_search_engines_ask_for(client: Client, index: Any) -> None:
    data = linked_data(soup(client, forum(index).url))
    assert data["startDate"] == "2031-02-04T09:00:00+01:00"
    assert data["endDate"] == "2031-02-05T14:00:00+01:00"
    assert data["location"]["address"]["addressLocality"] == "Łódź"
    assert data["isAccessibleForFree"] is True


def test_an_online_event_has_a_virtual_place(client: Client, index: Any) -> None:
    data = linked_data(soup(client, event(index, 5, online=True).url))
    assert data["location"]["@type"] == "VirtualLocation"
    assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_an_event_without_a_date_or_programme_is_still_a_page(client: Client, index: Any) -> None:
    page = EventPageFactory(parent=index, title="Forum młodzieżowe", kind="youth_forum")
    shown = soup(client, page.url)
    assert "termin podamy wkrótce" in shown.text
    assert shown.find(class_="programme") is None


def test_english_words_with_polish_facts(client: Client, index: Any, home: HomePage) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    index.copy_for_translation(english).save_revision().publish()
    page = forum(index)
    programme(page, blocks=1, sessions=1, leaders=[])
    words = page.copy_for_translation(english)
    words.title = "Third Forum"
    words.save_revision().publish()
    page.days.add(EventDay(date=date(2031, 2, 6), start=time(9), end=time(12)))
    page.save()
    shown = soup(client, EventPage.objects.get(pk=words.pk).url)
    text = shown.get_text(" ")
    assert "Third Forum" in text
    assert "6 February 2031" in text or "6 lutego 2031" in text
    block = shown.find(class_="programme")
    assert block is not None
    assert block.find_parent(attrs={"lang": "pl"}) is not None
    listed = soup(client, index.get_translation(english).url)
    assert "Third Forum" in listed.text
    assert "III Forum" not in listed.text
