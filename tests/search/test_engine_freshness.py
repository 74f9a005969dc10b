"""Freshness as a part of relevance: the same on SQLite, PostgreSQL and a real Elasticsearch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from wagtail.models import Page

from directory.models import Practitioner
from search import faceted as asking
from search.faceted import faceted
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
LATELY, A_YEAR_AGO, LONG_AGO = TODAY, TODAY - timedelta(days=365), TODAY - timedelta(days=1500)
TEXT = "kajakarstwo górskie"


def person(public_id: str, confirmed: date | None, **more: Any) -> Practitioner:
    """Somebody like all others here but for the date."""
    made: Practitioner = PractitionerFactory(
        public_id=public_id, name="Zofia Zgodna", confirmed_at=confirmed, **{"headline": TEXT, **more}
    )
    return made


def order(engine: Engine, today: date = TODAY, **more: Any) -> list[str]:
    """Without what an engine shows beside them, of the collection (c01 to c40)."""
    return [one for one in engine.ids(TEXT, today=today, **more) if one[0] != "c"]


@pytest.mark.parametrize("turned", [False, True])
def test_of_equal_matches_the_freshest_comes_first(engine: Engine, turned: bool) -> None:
    dates = {"now": LATELY, "year": A_YEAR_AGO, "long": LONG_AGO}
    made = [person(name, dates[name]) for name in (reversed(dates) if turned else dates)]
    engine.wrote(*made)
    assert order(engine) == ["now", "year", "long"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_better_match_stays_first_however_stale(engine: Engine, turned: bool) -> None:
    told = {"headline": "społecznik", "biography": f"Lubię {TEXT}."}
    makers = [lambda: person("better", LONG_AGO), lambda: person("worse", LATELY, **told)]
    engine.wrote(*[make() for make in (reversed(makers) if turned else makers)])
    assert order(engine) == ["better", "worse"]


def test_the_clock_moves_without_anything_indexed_anew(engine: Engine) -> None:
    """Before the dates and long after them all are equally fresh, so the engine's own order stands."""
    engine.wrote(*[person(f"p{age}", TODAY - timedelta(days=age)) for age in (700, 0, 500, 200)])
    own = order(engine, today=date(2000, 1, 1))
    assert order(engine) == ["p0", "p200", "p500", "p700"] != own
    # In a year and a half all but one are as stale as can be.
    later = order(engine, today=TODAY + timedelta(days=540))
    assert later == ["p0", *(one for one in own if one != "p0")]
    assert order(engine, today=TODAY + timedelta(days=3000)) == own


def test_a_confirmation_counts_before_the_index_hears_of_it(engine: Engine) -> None:
    engine.wrote(person("a", LATELY), person("b", LONG_AGO))
    assert order(engine) == ["a", "b"]
    Practitioner.objects.filter(public_id="a").update(confirmed_at=LONG_AGO)
    Practitioner.objects.filter(public_id="b").update(confirmed_at=LATELY)
    assert order(engine) == ["b", "a"]


def test_without_a_confirmation_the_day_of_the_entry_counts(engine: Engine) -> None:
    engine.wrote(person("young", None), person("old", LONG_AGO), person("long", None))
    days = {"young": LATELY, "long": LONG_AGO - timedelta(days=1), "old": LATELY}
    for name, day in days.items():
        Practitioner.objects.filter(public_id=name).update(state_changed_at=f"{day}T12:00:00Z")
    assert order(engine)[0] == "young"


def test_pages_together_are_the_whole_order(engine: Engine) -> None:
    engine.wrote(*[person(f"p{age:04d}", TODAY - timedelta(days=age)) for age in range(700, 0, -60)])
    whole = order(engine, page_size=50)
    assert whole == sorted(whole)
    assert [one for page in range(1, 5) for one in order(engine, page=page, page_size=3)] == whole[:12]
    assert order(engine, page=5, page_size=3) == whole[12:]


def test_other_orders_know_nothing_of_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.wrote(person("a", LONG_AGO), person("b", LATELY))
    asked: list[str] = []
    monkeypatch.setattr(asking, "freshened", lambda answer, *_more: asked.append("asked") or answer)
    engine.ask(TEXT, order="sort_name")
    engine.ask("")
    faceted(Page.objects.live(), TEXT)
    assert asked == []
    engine.ask(TEXT)
    assert asked == ["asked"]
