"""People in the admin: list, filters, export, editor, drafts, chooser, state."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Practitioner
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_directory_practitioner"


def url(view: str, *args: Any) -> str:
    return reverse(f"{NAMES}:{view}", args=args)


def form(**more: str) -> dict[str, str]:
    return {
        "name": "Łucja Żak",
        "headline": "mediatorka",
        "organisation": "",
        "sector": "",
        "municipality": "",
        "voivodeship": "lubelskie",
        "photo": "",
        "slug": "",
        "biography": "",
        "experience": "",
        "confirmed_at": "",
        "email": "lucja@example.org",
        "links-TOTAL_FORMS": "0",
        "links-INITIAL_FORMS": "0",
        "links-MIN_NUM_FORMS": "0",
        "links-MAX_NUM_FORMS": "1000",
    } | more


def test_the_list_shows_filters_and_searches(
    admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PractitionerFactory(name="Anna Wójcik", state="live")
        PractitionerFactory(name="Jan Kos", state="hidden", state_reason="skarga")
    page = admin_client.get(url("list")).content.decode()
    assert "Anna Wójcik" in page
    assert "ukryty przez redakcję" in page
    hidden = admin_client.get(url("list_results") + "?state=hidden").content.decode()
    assert "Jan Kos" in hidden
    assert "Anna Wójcik" not in hidden
    for text in ("wojcik", '"Wójcik', "%00wojcik", "%25", "😀"):
        assert admin_client.get(url("list_results") + f"?q={text}").status_code == 200
    assert "Anna Wójcik" in admin_client.get(url("list_results") + "?q=wojcik").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_runs_no_formula(admin_client: Client, kind: str) -> None:
    PractitionerFactory(name="=1+1")
    response = admin_client.get(url("list") + f"?export={kind}")
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert response.status_code == 200
    if kind == "csv":
        assert b"'=1+1" in content


def test_a_person_is_added_drafted_and_published(admin_client: Client) -> None:
    assert admin_client.get(url("add")).status_code == 200
    response = admin_client.post(url("add"), form())
    assert response.status_code == 302, response.content.decode()[:3000]
    person = Practitioner.objects.get()
    assert (person.live, person.state, person.slug) == (False, "moderation", "lucja-zak")
    admin_client.post(url("edit", person.pk), form(headline="facylitatorka", **{"action-publish": "x"}))
    person.refresh_from_db()
    assert (person.live, person.headline) == (True, "facylitatorka")
    admin_client.post(url("edit", person.pk), form(headline="szkic"))
    person.refresh_from_db()
    assert person.headline == "facylitatorka"
    assert person.has_unpublished_changes
    assert not Practitioner.objects.visible().exists()


def test_what_was_typed_is_kept_after_a_mistake(admin_client: Client) -> None:
    page = admin_client.post(url("add"), form(name="", headline="wpisane"))
    assert page.status_code == 200
    assert "wpisane" in page.content.decode()
    assert not Practitioner.objects.exists()


def test_editing_leaves_the_state_and_its_date_alone(admin_client: Client) -> None:
    person = PractitionerFactory(state="hidden", state_reason="skarga")
    admin_client.post(url("edit", person.pk), form(state="live", state_reason="", **{"action-publish": "x"}))
    after = Practitioner.objects.get()
    assert (after.name, after.state, after.state_reason) == ("Łucja Żak", "hidden", "skarga")
    assert after.state_changed_at == person.state_changed_at


def test_the_state_and_consent_are_set_on_their_own_page(admin_client: Client) -> None:
    person = PractitionerFactory(state="moderation", consented=False)
    assert "brak zgody" in admin_client.get(url("edit", person.pk)).content.decode()
    page = url("state", person.pk)
    assert "Nowy stan" in admin_client.get(page).content.decode()
    assert not person.consents.exists()
    admin_client.post(page, {"state": "live", "consent": "on"})
    after = Practitioner.objects.get()
    assert after.state == "live"
    assert after.state_changed_at > person.state_changed_at
    assert list(Practitioner.objects.visible()) == [person]
    editor = admin_client.get(url("edit", person.pk)).content.decode()
    assert "Profil jest widoczny w bazie." in editor
    assert "zespół programu" in editor
    assert "Zmieniono stan" in admin_client.get(url("history", person.pk)).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"state": "hidden", "state_reason": ""}, "Podaj powód"),
        ({"state": "unconfirmed"}, "state"),
        ({"state": "hidden", "state_reason": "x" * 300}, "200"),
    ],
)
def test_a_wrong_step_is_explained(admin_client: Client, data: dict[str, str], said: str) -> None:
    person = PractitionerFactory()
    response = admin_client.post(url("state", person.pk), data)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert Practitioner.objects.get().state == "live"


@pytest.mark.parametrize("text", ["", "Anna", '"', '"Anna', "%00", "a%00b", "%25_", "ą" * 500, "😀"])
def test_the_chooser_bears_any_text(
    admin_client: Client, text: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PractitionerFactory(name="Anna Kos", headline="mediatorka")
    chooser = Practitioner.snippet_viewset.chooser_viewset  # type: ignore[attr-defined]
    base = reverse(f"{chooser.url_namespace}:choose_results")
    response = admin_client.get(f"{base}?q={text}")
    assert response.status_code == 200
    if text == "Anna":
        assert "mediatorka" in response.content.decode()


def test_an_editor_records_and_withdraws_consents(admin_client: Client) -> None:
    person = PractitionerFactory(state="live")
    page = url("state", person.pk)
    admin_client.post(page, {"mentoring": "on"})
    assert person.consents.standing().filter(kind="mentoring").count() == 1
    text = admin_client.get(page).content.decode()
    assert 'name="mentoring"' not in text
    admin_client.post(page, {"withdrawn": ["public_profile"]})
    assert not Practitioner.objects.visible().exists()
    assert list(person.consents.standing().values_list("kind", flat=True)) == ["mentoring"]
    refused = admin_client.post(page, {"withdrawn": ["newsletter"]})
    assert refused.status_code == 200, "what was not given can't be taken back"


@pytest.mark.parametrize("field", ["headline", "organisation", "biography", "experience"])
def test_a_telephone_number_does_not_get_into_a_public_text(admin_client: Client, field: str) -> None:
    page = admin_client.post(url("add"), form(**{field: "Dzwoń: 600 700 800"})).content.decode()
    assert "Usuń stąd adres e-mail albo numer telefonu" in page
    assert "600 700 800" in page, "what was typed stays"
    assert not Practitioner.objects.exists()


def test_the_list_tells_where_a_newer_draft_waits(admin_client: Client) -> None:
    person = PractitionerFactory(name="Anna Wójcik", state="live")
    assert "nowszy szkic" not in admin_client.get(url("list")).content.decode()
    person.headline = "mediatorka"
    person.save_revision()
    assert "nowszy szkic" in admin_client.get(url("list")).content.decode()
    Practitioner.objects.update(live=False)
    assert "bez opublikowanej treści" in admin_client.get(url("list")).content.decode()
