"""How complete an entry is: the rule, and where people see it; and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import services
from directory.completeness import Completeness, completeness
from directory.models import Method, Practitioner
from tests.factories import PractitionerFactory

from .contact_form import page_of
from .test_admin_practitioners import url

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Entry:
    headline: str = "mediatorka"
    biography: str = "b" * 200
    experience: str = "panele"
    photo_id: int | None = 1
    confirmed_at: date | None = date(2025, 11, 25)


def of(entry: Entry, *, place: bool = True, methods: bool = True, consent: bool = True) -> Completeness:
    return completeness(
        cast(Practitioner, entry), has_place=place, has_methods=methods, has_consent=consent, today=TODAY
    )


# ---- the rule


def test_with_all_eight_nothing_is_missing() -> None:
    found = of(Entry())
    assert (found.done, found.total, found.missing, found.short) == (8, 8, (), "8 z 8")


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"headline": "  "}, "czym się zajmuje"),
        ({"biography": f" {'b' * 199} "}, "(jest 199)"),
        ({"experience": ""}, "doświadczenie"),
        ({"photo_id": None}, "zdjęcie"),
        ({"confirmed_at": date(2025, 11, 24)}, "potwierdzenie danych"),
        ({"confirmed_at": None}, "potwierdzenie danych"),
    ],
)
def test_each_thing_counts_alone(change: dict[str, Any], missing: str) -> None:
    found = of(replace(Entry(), **change))
    assert found.done == 7
    (words,) = found.missing
    assert missing in words


@pytest.mark.parametrize(
    ("known", "missing"),
    [("place", "gmina albo województwo"), ("methods", "jedna metoda"), ("consent", "zgoda na publikację")],
)
def test_what_stands_elsewhere_counts_too(known: str, missing: str) -> None:
    found = of(Entry(), **{known: False})
    assert found.done == 7
    assert missing in found.missing[0]


def test_an_empty_entry_lacks_everything() -> None:
    empty = Entry("", "", "", None, None)
    assert of(empty, place=False, methods=False, consent=False).short == "0 z 8"


# ---- where it is seen


@pytest.mark.django_db
def test_the_editor_says_what_to_add(admin_client: Client, polish: Any) -> None:
    person = PractitionerFactory(headline="mediatorka", confirmed_at=timezone.localdate())
    person.methods.add(Method.objects.create(name="panel", slug="panel", locale=polish))
    person.save()
    page = page_of(admin_client.get(url("edit", person.pk)))
    meter = page.select_one("meter")
    assert (meter["value"], meter["max"]) == ("5", "8")
    missing = meter.find_next("p").get_text(strip=True)
    assert missing == "Warto dodać: „O sobie” na co najmniej 200 znaków (jest 0); doświadczenie; zdjęcie."
    assert page_of(admin_client.get(url("add"))).select_one("meter") is None


@pytest.mark.django_db
def test_the_list_has_it_with_as_many_queries_for_many(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page = admin_client.get(url("list")).content.decode()
        assert "2 z 8" in page
        # wagtail-localize asks for each row whether it can be translated.
        own = [
            one for one in caught if "localize" not in one["sql"] and "wagtailcore_locale" not in one["sql"]
        ]
        return len(own)

    PractitionerFactory()
    queries()
    few = queries()
    for _n in range(6):
        PractitionerFactory()
    queries()  # what is remembered of people is read anew
    assert queries() == few


@pytest.mark.django_db
def test_people_are_told_what_to_add(inside: Client) -> None:
    page = page_of(inside.get("/moj-wpis/wpis/")).get_text()
    assert "Wpis ma 2 z 8 rzeczy" in page
    assert "Brakuje: jedno zdanie o tym, czym się zajmuje; co najmniej jedna metoda;" in page


# ---- the tab of history


@pytest.mark.django_db
def test_history_tells_of_changes_consents_and_questions(admin_client: Client, admin_user: Any) -> None:
    person = PractitionerFactory(email="a@example.org", consented=False, state="moderation")
    now = timezone.now()
    services.record_consent(practitioner=person, now=now, user=admin_user)
    services.change_state(practitioner=person, state="live", now=now, user=admin_user)
    services.change_state(
        practitioner=person, state="hidden", reason="prośba rodziny", now=now, user=admin_user
    )
    person.freshness_steps.create(since=now.date(), step="asked", on=now.date())
    table = (
        page_of(admin_client.get(url("edit", person.pk)))
        .find("caption", string="Co się działo z wpisem")
        .parent
    )
    said = table.get_text(" ", strip=True)
    for words in (
        "Zapisano zgodę",
        "Zgoda: profil w bazie, zespół programu",
        "Zmieniono stan: z „w bazie” na „ukryty przez redakcję”",
        "prośba rodziny",
        "Pytanie o aktualność: prośba o potwierdzenie",
        admin_user.get_username(),
    ):
        assert words in said


@pytest.mark.django_db
def test_a_long_history_costs_no_more_queries(admin_client: Client, admin_user: Any) -> None:
    person = PractitionerFactory()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            admin_client.get(url("edit", person.pk))
        return len(caught)

    def change() -> None:
        for state in ("paused", "live"):
            services.change_state(practitioner=person, state=state, now=timezone.now(), user=admin_user)

    change()
    queries()
    few = queries()
    for _n in range(10):
        change()
    assert queries() == few
