"""Many people of the list at once: who can, who cannot and why, and what is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import DirectoryPage, EntryLink, Method, Practitioner
from directory.viewsets import bulk
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .contact_form import page_of

pytestmark = pytest.mark.django_db


def address(action: str, *people: Practitioner) -> str:
    ids = "&".join(f"id={person.pk}" for person in people)
    return f"/admin/bulk/directory/practitioner/{action}/?{ids}"


def said(client: Client, url: str) -> str:
    return page_of(client.get(url)).select_one("main").get_text(" ", strip=True)


def state(person: Practitioner) -> str:
    return Practitioner.objects.get(pk=person.pk).state


def history(person: Practitioner) -> list[str]:
    return list(ModelLogEntry.objects.filter(object_id=str(person.pk)).values_list("action", flat=True))


@pytest.fixture
def method(polish: Any) -> Method:
    return Method.objects.create(name="panel obywatelski", slug="panel-obywatelski", locale=polish)


def test_publishing_takes_in_who_waits_and_says_why_not_the_others(
    admin_client: Client, base: DirectoryPage
) -> None:
    waits = PractitionerFactory(name="Czeka Moderacja", state="moderation")
    draft = PractitionerFactory(name="Szkic Nowszy")
    draft.headline = "nowe zdanie"
    draft.save_revision()
    others = [
        PractitionerFactory(name="Ukryta Osoba", state="hidden", state_reason="skarga"),
        PractitionerFactory(name="Wstrzymana Osoba", state="paused"),
        PractitionerFactory(name="Bez Zgody", state="moderation", consented=False),
        PractitionerFactory(name="Gotowa Osoba"),
    ]
    url = address("publish", waits, draft, *others)
    page = said(admin_client, url)
    assert "Można to zrobić: 2 osoby" in page
    for words in (
        "Ukryta Osoba: stan „ukryty przez redakcję”",
        "Wstrzymana Osoba: stan „wstrzymany przez osobę”",
        "Bez Zgody: brak zgody na publikację",
        "Gotowa Osoba: już opublikowany",
    ):
        assert words in page
    assert state(waits) == "moderation", "GET changes nothing"
    answer = page_of(admin_client.post(url, follow=True)).get_text(" ", strip=True)
    assert "Zrobiono: 2 osoby." in answer
    assert "Bez zmian: 4 osoby." in answer
    assert state(waits) == "live"
    assert Practitioner.objects.get(pk=draft.pk).headline == "nowe zdanie"
    assert "directory.state" in history(waits)
    assert "wagtail.publish" in history(draft)
    assert [state(person) for person in others] == ["hidden", "paused", "moderation", "live"]


def test_pausing_takes_people_out_at_once(admin_client: Client, base: DirectoryPage) -> None:
    person, waits = PractitionerFactory(), PractitionerFactory(state="moderation")
    admin_client.post(address("pause", person, waits))
    assert (state(person), state(waits)) == ("paused", "moderation")
    assert not Practitioner.objects.visible("pl").exists()
    assert "directory.state" in history(person)


def test_asking_writes_once_and_not_to_those_without_an_address(
    admin_client: Client, base: DirectoryPage
) -> None:
    person = PractitionerFactory(name="Ma Adres", email="ma@example.org")
    without = PractitionerFactory(name="Nie Ma")
    paused = PractitionerFactory(name="Przerwa Tu", email="b@example.org", state="paused")
    url = address("ask", person, without, paused)
    page = said(admin_client, url)
    assert "Nie Ma: brak adresu e-mail" in page
    assert "Przerwa Tu: stan" in page
    admin_client.post(url)
    mail = OutboxMail.objects.get()
    assert mail.recipient == "ma@example.org"
    assert "wstrzymamy" not in mail.text, "nothing happens to who does not answer the staff"
    assert "/moj-wpis/odnosnik/" in mail.text
    assert history(person) == ["directory.ask"]
    assert "Ma Adres: pytano w ostatnich dwóch tygodniach" in said(admin_client, url)
    admin_client.post(url)
    assert OutboxMail.objects.count() == 1
    EntryLink.objects.update(created_at=timezone.now() - timezone.timedelta(days=15))
    admin_client.post(url)
    assert OutboxMail.objects.count() == 2


def test_a_method_is_added_to_the_entry_and_its_draft(
    admin_client: Client, base: DirectoryPage, method: Method
) -> None:
    person, has = PractitionerFactory(), PractitionerFactory()
    has.methods.add(method)
    has.save()
    person.headline = "szkic"
    person.save_revision()
    url = address("add-method", person, has)
    assert "wymagane" in said_after(admin_client, url, {})
    answer = said_after(admin_client, url, {"method": method.pk})
    assert "Zrobiono: 1 osoba. Bez zmian: 1 osoba." in answer
    row = Practitioner.objects.get(pk=person.pk)
    assert [one.name for one in row.methods.all()] == ["panel obywatelski"]
    assert row.headline == ""
    draft = row.latest_revision.as_object()
    assert (draft.headline, [one.pk for one in draft.methods.all()]) == ("szkic", [method.pk])
    assert history(person).count("directory.method") == 1
    assert "directory.method" not in history(has)


def said_after(client: Client, url: str, data: dict[str, Any]) -> str:
    return page_of(client.post(url, data, follow=True)).get_text(" ", strip=True)


@pytest.mark.parametrize("action", ["publish", "pause", "ask", "add-method"])
def test_without_the_right_nothing_is_done(
    client: Client, base: DirectoryPage, django_user_model: Any, action: str, method: Method
) -> None:
    person = PractitionerFactory(email="a@example.org", state="live" if action != "publish" else "moderation")
    user = django_user_model.objects.create_user("widz", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_practitioner"]))
    client.force_login(user)
    before = state(person)
    assert client.get(address(action, person)).status_code in (200, 302)
    client.post(address(action, person), {"method": method.pk})
    assert state(person) == before
    assert history(person) == []
    assert not OutboxMail.objects.exists()


def test_a_locked_entry_and_a_translation_stay(admin_client: Client, english_base: Any) -> None:
    locked = PractitionerFactory(name="Zablokowana Osoba", locked=True)
    source = PractitionerFactory(name="Ma Tlumaczenie")
    translation = source.copy_for_translation(english_base.locale)
    translation.save()
    page = said(admin_client, address("pause", locked, translation))
    assert "Zablokowana Osoba: wpis jest zablokowany" in page
    assert "Ma Tlumaczenie: to tłumaczenie: zaznacz wpis polski" in page
    assert "Dla żadnej" in page
    admin_client.post(address("pause", locked, translation))
    assert (state(locked), state(source)) == ("live", "live")


def test_too_many_at_once_are_refused_whole(
    admin_client: Client, base: DirectoryPage, monkeypatch: Any
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    people = [PractitionerFactory() for _n in range(3)]
    for url in (address("pause", *people), "/admin/bulk/directory/practitioner/pause/?id=all"):
        assert "Zaznaczono za dużo osób" in said(admin_client, url)
        admin_client.post(url)
    assert [state(person) for person in people] == ["live"] * 3


def test_the_page_costs_as_many_queries_for_many(admin_client: Client, base: DirectoryPage) -> None:
    people = [PractitionerFactory(email=f"a{n}@example.org") for n in range(8)]

    def queries(*some: Practitioner) -> int:
        with CaptureQueriesContext(connection) as caught:
            admin_client.get(address("ask", *some))
        return len(caught)

    queries(people[0])
    assert queries(people[0]) == queries(*people)


@pytest.mark.parametrize("ids", ["id=", "id=abc", "id=%00", "id=99999999", f"id={'9' * 40}", ""])
def test_ids_that_are_none_do_nothing(admin_client: Client, base: DirectoryPage, ids: str) -> None:
    assert admin_client.get(f"/admin/bulk/directory/practitioner/pause/?{ids}").status_code == 200
    assert admin_client.post(f"/admin/bulk/directory/practitioner/pause/?{ids}").status_code == 302
