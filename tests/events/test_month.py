from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Topic
from events.month import LAST_YEAR, Month, weeks
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, MunicipalityFactory

WARSAW = ZoneInfo("Europe/Warsaw")
months = st.builds(Month, st.integers(2001, LAST_YEAR - 1), st.integers(1, 12))


@given(months, st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_a_month_is_whole_weeks_with_each_of_its_days_once(month: Month, today: date) -> None:
    rows = weeks(month, today, [])
    days = [day for week in rows for day in week]
    assert all(len(week) == 7 for week in rows)
    assert days[0].date.weekday() == 0
    assert [day.date for day in days if day.ours] == [
        month.first + timedelta(days=n) for n in range(month.last.day)
    ]
    assert [day.date for day in days if day.today] == [today] * (days[0].date <= today <= days[-1].date)


@given(months)
def test_the_month_after_the_one_before_is_the_same(month: Month) -> None:
    assert month.previous.next == month == month.next.previous
    assert Month.read(str(month)) == month


@given(st.text(max_size=12))
def test_what_is_no_month_is_not_read_as_one(text: str) -> None:
    found = Month.read(text)
    assert found is None or str(found) == text


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "1999-12", "9999-12", "2026-1", "２０２６-11", "2026-11 "]
)
def test_months_that_there_are_not(text: str) -> None:
    assert Month.read(text) is None


@pytest.fixture
def index(home: HomePage) -> Any:
    return EventIndexPageFactory(parent=home)


def month_page(client: Client, index: Any, month: str, **query: str) -> BeautifulSoup:
    response = client.get(index.url, {"widok": "miesiac", "miesiac": month, **query})
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\xa0", " "), "html.parser")


def on(page: BeautifulSoup, day: str) -> str:
    cell = page.select_one(f'.month td:has(> time[datetime="{day}"])')
    assert cell
    return cell.get_text(" ", strip=True)


def test_an_event_of_two_days_is_on_both_with_their_hours(client: Client, index: Any) -> None:
    EventPageFactory(
        parent=index,
        title="III Forum",
        on=(datetime(2031, 2, 28, 9, tzinfo=WARSAW), datetime(2031, 3, 1, 14, tzinfo=WARSAW)),
    )
    february = month_page(client, index, "2031-02")
    assert "III Forum 9.00–23.59, dzień 1 z 2" in on(february, "2031-02-28")
    assert "III Forum 0.00–14.00, dzień 2 z 2" in on(february, "2031-03-01")
    assert [day["datetime"] for day in february.select(".month ol time")] == ["2031-02-28"]
    assert "III Forum" not in on(february, "2031-02-27")
    march = month_page(client, index, "2031-03")
    assert [day["datetime"] for day in march.select(".month ol time")] == ["2031-03-01"]
    assert march.find("h2", string="Marzec 2031")
    assert [a["href"] for a in march.select(".around a")][:2] == [
        "?widok=miesiac&miesiac=2031-02",
        "?widok=miesiac&miesiac=2031-04",
    ]


def test_an_empty_month_says_so(client: Client, index: Any) -> None:
    assert "W tym miesiącu nie ma wydarzeń" in month_page(client, index, "2031-02").text
    filtered = month_page(client, index, "2031-02", rodzaj="seminar")
    assert "Żadne wydarzenie tego miesiąca nie pasuje do tych filtrów" in filtered.text


@pytest.mark.parametrize("asked", ["abc", "2026-13", "9999-99", "\x00", "<script>", "2026-11" * 50])
def test_a_month_that_cannot_be_read_is_this_one(client: Client, index: Any, asked: str) -> None:
    page = month_page(client, index, asked)
    assert "Nie rozumiemy, o który miesiąc chodzi" in page.text
    today = timezone.localdate()
    cell = page.select_one("td[aria-current=date]")
    assert cell
    assert cell.time["datetime"] == str(today)  # type: ignore[index]


def test_the_last_month_has_no_next_one(client: Client, index: Any) -> None:
    assert [a["rel"][0] for a in month_page(client, index, f"{LAST_YEAR}-12").select(".around [rel]")] == [
        "prev"
    ]


def test_filters_hold_in_the_month_its_links_and_the_feed(client: Client, index: Any, home: HomePage) -> None:
    topic = Topic.objects.create(name="Zieleń", slug="zielen", locale=home.locale)
    Topic.objects.create(name="Nieużywany", slug="nieuzywany", locale=home.locale)
    day = (datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 4, 14, tzinfo=WARSAW))
    EventPageFactory(parent=index, title="O parkach", topics=[topic], on=day)
    EventPageFactory(parent=index, title="O prawie", online=True, on=day)
    page = month_page(client, index, "2031-02", temat="zielen")
    assert "O parkach" in on(page, "2031-02-04")
    assert "O prawie" not in on(page, "2031-02-04")
    assert page.select_one(".around a")["href"] == "?temat=zielen&widok=miesiac&miesiac=2031-01"  # type: ignore[index]
    assert page.select_one(".views a")["href"] == f"{index.url}?temat=zielen"  # type: ignore[index]
    feeds = {a["href"] for a in page.select(".subscribe a")}
    assert feeds == {
        "webcal://testserver/wydarzenia/kalendarz.ics?temat=zielen",
        "http://testserver/wydarzenia/kalendarz.ics?temat=zielen",
    }
    assert [option["value"] for option in page.select("#id_temat option")] == ["", "zielen"]
    assert "O prawie" in on(month_page(client, index, "2031-02", tryb="online"), "2031-02-04")
    listed = client.get(index.url, {"tryb": "online"}).content.decode().replace("\xa0", " ")
    assert "O prawie" in listed
    assert "O parkach" not in listed


def test_drafts_are_not_in_the_month(client: Client, index: Any) -> None:
    day = (datetime(2031, 2, 4, 9, tzinfo=WARSAW), datetime(2031, 2, 4, 14, tzinfo=WARSAW))
    EventPageFactory(parent=index, title="Tajne", live=False, on=day)
    assert "Tajne" not in month_page(client, index, "2031-02").text


@pytest.mark.parametrize("query", ["", "?widok=miesiac&miesiac=2031-02"])
def test_either_view_asks_the_database_at_most_fifteen_times(client: Client, index: Any, query: str) -> None:
    town = MunicipalityFactory()
    start = datetime(2031, 2, 1, 9, tzinfo=WARSAW)
    for number in range(25):
        day = start + timedelta(days=number)
        EventPageFactory(parent=index, municipality=town, on=(day, day + timedelta(hours=3)))
        past = timezone.now() - timedelta(days=number + 2)
        EventPageFactory(parent=index, municipality=town, on=(past, past + timedelta(minutes=1)))
    client.get(f"{index.url}{query}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{index.url}{query}")
    assert len(asked) <= 15
