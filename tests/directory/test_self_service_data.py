"""A person's own data: all of it handed over, all of it erased."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from blog.models import ArticlePage
from directory import importing, services
from directory.models import DirectoryPage, EntryLink, Erased, FreshnessStep, Practitioner, PractitionerLink
from directory.self_service import holdings, links, mails
from home import mail
from home.models.mail import OutboxMail
from mentoring.models import MentoringOffer
from search.backends.database import index
from search.indexing import flush
from tests.factories import PractitionerFactory

from .people_files import people
from .test_erasing import NOW, ROW, everything_stored

pytestmark = pytest.mark.django_db


def put(recipient: str, text: str) -> OutboxMail:
    return mail.put(now=NOW, kind="inny", recipient=recipient, subject="Temat", text=text)


@pytest.fixture
def person(base: DirectoryPage) -> Practitioner:
    importing.run(people(ROW))
    person = Practitioner.objects.get()
    person.headline = "szkic Rzadkiej"
    person.save_revision()
    services.record_consent(practitioner=person, kind="mentoring", now=NOW)
    MentoringOffer.objects.create(
        practitioner=person, title="Oferta o wodzie", description="opis oferty", locale=person.locale
    )
    translate_object(person, [Locale.objects.get_or_create(language_code="en")[0]])
    article = ArticlePage(title="Artykuł o wodzie", slug="o-wodzie")
    base.get_parent().add_child(instance=article)
    article.authors.add(person)
    article.save()
    put("RZADKA@example.org", "list z tajemnicą")
    step = mails.send_step(person=person, step="asked", pause_on=NOW.date(), now=timezone.now())
    FreshnessStep.objects.create(
        practitioner=person, since=NOW.date(), step="asked", on=NOW.date(), mail=step
    )
    services.change_state(practitioner=person, state="paused", now=NOW)
    flush("default")
    return person


@pytest.fixture
def inside(client: Client, person: Practitioner) -> Client:
    path = links.issue(person=person, purpose=EntryLink.Purpose.ASKED, now=timezone.now())[1]
    client.post(path)
    return client


EXPECTED = (
    "Świętosława Rzadka",
    "Jedyne takie zdanie o powodziach.",
    "rzadka@example.org",
    "https://example.org/rzadka",
    "szkic Rzadkiej",
    "oferta mentorska",
    "Oferta o wodzie",
    "opis oferty",
    "Artykuł o wodzie",
    "list z tajemnicą",
    "prośba o potwierdzenie",
    "wstrzymany przez osobę",
)


def test_everything_is_handed_over_as_a_file_and_to_read(inside: Client, person: Practitioner) -> None:
    response = inside.get("/moj-wpis/moje-dane.json")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="moje-dane.json"'
    told = json.loads(response.content)
    page = inside.get("/moj-wpis/moje-dane/").content.decode().replace("\xa0", " ")
    for text in EXPECTED:
        assert text in response.content.decode(), text
        assert text in page, text
    assert len(told["entry"]) == 2  # Polish and English
    assert told["entry"][0]["email"] == "rzadka@example.org"
    assert {row["kind"] for row in told["directory.consent.practitioner"]} == {
        "profil w bazie",
        "oferta mentorska",
    }


def test_no_working_link_and_no_hash_is_in_the_file(inside: Client, person: Practitioner) -> None:
    (secret,) = [
        word.split("/")[-2]
        for word in OutboxMail.objects.exclude(key=None).get().text.split()
        if "/odnosnik/" in word
    ]
    text = inside.get("/moj-wpis/moje-dane.json").content.decode()
    assert secret not in text
    assert not [h for row in EntryLink.objects.all() for h in (row.token_hash, row.address_hash) if h in text]


def test_nobody_elses_data_are_in_the_file(inside: Client, person: Practitioner) -> None:
    other = PractitionerFactory(name="Obca Osoba", email="obca@example.org")
    put(other.email, "cudzy list")
    text = inside.get("/moj-wpis/moje-dane.json").content.decode()
    assert "bca" not in text
    assert "cudzy" not in text


def test_every_model_that_leads_to_a_person_is_asked(person: Practitioner) -> None:
    """Also those that will be added: whatever names `Practitioner` in a relation."""
    named = {relation.related_model for relation in holdings.relations()}
    assert {MentoringOffer, ArticlePage, EntryLink, FreshnessStep, PractitionerLink} <= named
    hidden = Practitioner._meta.get_fields(include_hidden=True)
    through = {r.related_model for r in hidden if r.auto_created and not r.concrete} - named
    assert all(model._meta.auto_created for model in through)


def test_erasing_says_what_goes_and_then_what_went(inside: Client, person: Practitioner) -> None:
    page = inside.get("/moj-wpis/usun/").content.decode().replace("\xa0", " ")
    for text in (
        "Wpis i jego tłumaczenia",
        "Zgody",
        "Oferty mentorskie",
        "Listy do Ciebie",
        "Historia wpisu",
    ):
        assert text in page
    assert Practitioner.objects.exists()
    after = inside.post("/moj-wpis/usun/", {"entry": person.public_id})
    told = after.content.decode().replace("\xa0", " ")
    assert "Usunęliśmy Twoje dane" in told
    assert "Listy do Ciebie" in told
    assert "Rzadka" not in told
    flush("default")
    index.purge()
    left = {
        table
        for table, text in everything_stored().items()
        if any(trace in text.lower() for trace in ("rzadk", "jedyne takie", "tajemnic", "oferta o wodzie"))
    }
    assert left == set()
    assert Erased.objects.count() == 2
    assert ArticlePage.objects.filter(title="Artykuł o wodzie").exists()
    assert inside.get("/moj-wpis/wpis/").status_code == 403
    assert importing.run(people(ROW)).refused == 1


def test_an_erased_persons_link_and_visit_are_dead(inside: Client, person: Practitioner) -> None:
    path = links.issue(person=person, purpose=EntryLink.Purpose.ASKED, now=timezone.now())[1]
    cookie = inside.cookies[links.COOKIE].value
    services.erase(practitioner=person, now=NOW)
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404
    inside.cookies[links.COOKIE] = cookie
    assert inside.post("/moj-wpis/usun/", {"entry": person.public_id}).status_code == 403
    assert inside.post("/moj-wpis/", {"email": ROW["email"]}, follow=True).status_code == 200
    assert not OutboxMail.objects.exists()


def test_mails_of_somebody_with_the_same_address_stay(inside: Client, person: Practitioner) -> None:
    PractitionerFactory(name="Ktoś z Biura", email="rzadka@example.org")
    told = inside.get("/moj-wpis/moje-dane.json").content.decode()
    assert "list z tajemnicą" not in told
    services.erase(practitioner=person, now=NOW)
    assert [kept.text for kept in OutboxMail.objects.all()] == ["list z tajemnicą"]


def test_what_holds_the_person_back_is_said_and_nothing_changes(
    inside: Client, person: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_more: Any) -> None:
        raise ValidationError("x", code="protected")

    monkeypatch.setattr(services, "erase", refuse)
    answer = inside.post("/moj-wpis/usun/", {"entry": person.public_id})
    assert answer.status_code == 409
    assert "Nie udało się usunąć danych" in answer.content.decode()


def test_the_staff_see_stale_entries(admin_client: Client, base: DirectoryPage) -> None:
    today = timezone.localdate()
    old, fresh = today - timedelta(days=400), today - timedelta(days=300)
    PractitionerFactory(name="Dawna Bezadresowa", confirmed_at=old)
    PractitionerFactory(name="Dawny Zadresem", confirmed_at=old, email="dawny@example.org")
    PractitionerFactory(name="Nowa Osoba", confirmed_at=fresh)
    PractitionerFactory(name="Wycofana Dawno", confirmed_at=old, state="withdrawn", state_reason="x")
    page = admin_client.get(reverse("stale_entries")).content.decode()
    assert "Dawna Bezadresowa" in page
    assert "brak adresu e-mail" in page
    assert "Dawny Zadresem" in page
    assert "jeszcze nie" in page
    assert "Nowa Osoba" not in page
    assert "Wycofana" not in page
    assert "dawny@" not in page
    assert "Wpisy bez potwierdzenia" in admin_client.get(reverse("wagtailadmin_home")).content.decode()


def test_only_the_staff_see_stale_entries(client: Client, django_user_model: Any) -> None:
    assert client.get(reverse("stale_entries")).status_code == 302
    client.force_login(django_user_model.objects.create_user("ktos", password="x"))
    assert client.get(reverse("stale_entries")).status_code == 302
