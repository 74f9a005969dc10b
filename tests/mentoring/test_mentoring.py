"""Mentoring: offers only of people who agreed, found by the same engine; editions that say what is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.models import Consent, Method, Practitioner
from home.models import HomePage
from mentoring.models import MentoringDate, MentoringEditionPage, MentoringIndexPage, MentoringOffer


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


@pytest.fixture
def polish(db: None) -> Locale:
    return Locale.objects.get(language_code="pl")


@pytest.fixture
def index(polish: Locale) -> MentoringIndexPage:
    return HomePage.objects.get(locale=polish).add_child(
        instance=MentoringIndexPage(title="Mentoring", slug="mentoring")
    )


@pytest.fixture
def mentor(polish: Locale) -> Callable[..., Practitioner]:
    def make(name: str, *, agreed: bool = True, **fields: Any) -> Practitioner:
        person = Practitioner.objects.create(
            locale=polish, name=name, state="live", is_mentor=True, email="ktos@example.org", **fields
        )
        for kind in ("public_profile", "mentoring") if agreed else ("public_profile",):
            Consent.objects.create(practitioner=person, kind=kind, text_version="1", channel="staff")
        return person

    return make


@pytest.fixture
def offer(polish: Locale) -> Callable[..., MentoringOffer]:
    def make(person: Practitioner, title: str, *, methods: Any = (), **fields: Any) -> MentoringOffer:
        made = MentoringOffer(
            locale=polish, practitioner=person, title=title, **({"description": "Opis"} | fields)
        )
        made.methods = list(methods)
        made.save()
        return made

    return make


def titles(client: Any, index: MentoringIndexPage, query: str = "") -> list[str]:
    return [found.get_text().strip() for found in soup(client.get(index.url + query)).select(".results h4")]


def test_offers_are_found_in_any_form_of_the_word(client: Any, index: Any, mentor: Any, offer: Any) -> None:
    offer(mentor("Leszek Pająk"), "Mały panel obywatelski", description="Losowanie i narada")
    offer(mentor("Anna Łoś"), "Fundusz sołecki bez haczyków")
    assert titles(client, index, "?q=paneli+obywatelskich") == ["Mały panel obywatelski"]
    assert titles(client, index, "?q=losowania") == ["Mały panel obywatelski"]
    assert titles(client, index, "?q=solecki") == ["Fundusz sołecki bez haczyków"]
    assert titles(client, index, "?q=pajaka") == ["Mały panel obywatelski"]
    html = soup(client.get(index.url + "?q=losowania"))
    assert "Losowanie" in [mark.get_text() for mark in html.select("mark")]


def test_without_a_standing_consent_there_is_no_offer(
    client: Any, index: Any, mentor: Any, offer: Any
) -> None:
    offer(mentor("Zgodna Osoba"), "Widoczna")
    offer(mentor("Niezgodna Osoba", agreed=False), "Bez zgody")
    withdrawn = mentor("Wycofana Osoba")
    offer(withdrawn, "Wycofana zgoda")
    withdrawn.consents.filter(kind="mentoring").update(withdrawn_at="2026-01-01T00:00Z")
    paused = mentor("Wstrzymana Osoba")
    offer(paused, "Wstrzymana")
    Practitioner.objects.filter(pk=paused.pk).update(state="paused")
    offer(mentor("Szkicowa Osoba"), "Szkic", live=False)
    assert titles(client, index) == ["Widoczna"]
    assert "ktos@example.org" not in client.get(index.url).content.decode()


def test_an_offer_needs_the_consent_of_its_mentor(mentor: Any) -> None:
    offer = MentoringOffer(
        practitioner=mentor("Niezgodna Osoba", agreed=False), title="Oferta", description="x"
    )
    with pytest.raises(ValidationError) as refusal:
        offer.clean()
    assert "practitioner" in refusal.value.message_dict


@pytest.mark.parametrize("capacity", [0, 21])
def test_capacity_is_one_to_twenty(mentor: Any, offer: Any, capacity: int) -> None:
    person = mentor("Anna Łoś")
    with pytest.raises(IntegrityError), transaction.atomic():
        offer(person, "Oferta", capacity=capacity)


def test_facets_narrow_and_count(client: Any, index: Any, polish: Locale, mentor: Any, offer: Any) -> None:
    panel = Method.objects.create(locale=polish, name="panel obywatelski", slug="panel-obywatelski")
    offer(mentor("A A"), "Pierwsza", methods=[panel], mode="online", voivodeships=["lubelskie"])
    offer(mentor("B B"), "Druga", mode="onsite", voivodeships=["opolskie"])
    offer(mentor("C C"), "Trzecia", mode="onsite")
    assert set(titles(client, index, "?tryb=onsite")) == {"Druga", "Trzecia"}
    assert set(titles(client, index, "?wojewodztwo=lubelskie")) == {"Pierwsza", "Trzecia"}, (
        "no region: all of Poland"
    )
    assert titles(client, index, "?metoda=panel-obywatelski&tryb=onsite") == []
    html = soup(client.get(index.url + "?tryb=onsite"))
    counts = {
        label.input["value"]: int(label.b.get_text())
        for label in html.select('label:has(input[name="tryb"])')
    }
    assert counts == {"onsite": 2, "online": 1}, "a facet's own choice does not narrow its own counts"


def test_nothing_found_says_what_to_do(client: Any, index: Any, mentor: Any, offer: Any) -> None:
    offer(mentor("A A"), "Pierwsza")
    assert "Zdejmij któryś z filtrów" in soup(client.get(index.url + "?q=xyzzy&tryb=online")).get_text()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=250), tryb=st.text(max_size=20), strona=st.text(max_size=6))
def test_no_address_breaks_the_list(client: Any, index: Any, q: str, tryb: str, strona: str) -> None:
    assert client.get(index.url, {"q": q, "tryb": tryb, "strona": strona}).status_code == 200


def test_the_number_of_queries_does_not_grow(client: Any, index: Any, mentor: Any, offer: Any) -> None:
    def count() -> int:
        client.get(index.url + "?q=panel")
        with CaptureQueriesContext(connection) as queries:
            client.get(index.url + "?q=panel")
        return len(queries)

    offer(mentor("A A"), "Panel 0")
    offer(mentor("B B"), "Panel 1")
    few = count()
    for number in range(8):
        offer(mentor(f"Osoba {number}"), f"Panel {number + 2}")
    assert count() == few
    assert few <= 20


@pytest.mark.parametrize(
    ("today", "open_"),
    [
        (date(2026, 11, 1), False),
        (date(2026, 11, 2), True),
        (date(2026, 12, 11), True),
        (date(2026, 12, 12), False),
    ],
)
def test_the_last_day_of_the_call_counts(index: Any, today: date, open_: bool) -> None:
    edition = MentoringEditionPage(
        title="2026/27", year=2026, status="recruiting", opens=date(2026, 11, 2), closes=date(2026, 12, 11)
    )
    assert edition.is_recruiting(today) is open_
    assert (edition.status_line(today)[0] == "open") is open_


def test_a_call_can_not_end_before_it_begins(index: Any) -> None:
    edition = MentoringEditionPage(
        title="2026/27", slug="x", year=2026, opens=date(2026, 12, 11), closes=date(2026, 11, 2)
    )
    with pytest.raises(ValidationError):
        edition.full_clean(exclude=["path", "depth", "locale"])


def test_an_edition_shows_its_calendar(client: Any, index: Any) -> None:
    edition = MentoringEditionPage(title="Edycja 2026/27", slug="2026-27", year=2026, teams_planned=30)
    edition.dates = [MentoringDate(date=date(2026, 12, 11), text="Koniec naboru")]
    index.add_child(instance=edition)
    text = soup(client.get(edition.url)).get_text(" ", strip=True)
    assert "11 grudnia 2026" in text
    assert "Koniec naboru" in text


def test_the_admin_lists_and_edits_offers(admin_client: Any, mentor: Any, offer: Any) -> None:
    made = offer(mentor("Leszek Pająk"), "Mały panel")
    assert "Mały panel" in admin_client.get("/admin/snippets/mentoring/mentoringoffer/").content.decode()
    assert admin_client.get(f"/admin/snippets/mentoring/mentoringoffer/edit/{made.pk}/").status_code == 200
    for query in ('"', "%00", "pająka"):
        assert admin_client.get(f"/admin/snippets/mentoring/mentoringoffer/?q={query}").status_code == 200
