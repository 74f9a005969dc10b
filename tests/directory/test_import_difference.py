"""Before anything is stored the editor sees, field by field, what a file would change."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Method, Municipality, Practitioner
from directory.models.imports import ImportRun
from tests.factories import PractitionerFactory

from .contact_form import page_of
from .people_files import people
from .test_admin_import import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(polish: Any) -> Practitioner:
    found: Practitioner = PractitionerFactory(
        public_id="t1", name="Osoba 1", headline="stara praca", voivodeship="lubelskie", languages=["pl"],
        email="stary@example.org", biography="bez zmian",
    )  # fmt: skip
    for name in ("panel", "spacer"):
        Method.objects.create(name=name, slug=name, locale=polish)
    found.methods.add(Method.objects.get(slug="panel"))
    found.save()
    return found


def tables(page: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    """By caption: label → what stands in the row's cells."""
    soup: BeautifulSoup = page_of(page)
    return {
        table.caption.get_text(): {
            row.th.get_text(): tuple(cell.get_text(strip=True) for cell in row.select("td"))
            for row in table.tbody.select("tr")
        }
        for table in soup.select("table table")
    }


def test_each_changed_field_says_what_is_and_what_will_be(admin_client: Client, person: Practitioner) -> None:
    lodz = Municipality.objects.get(name="Łódź", voivodeship="lodzkie")
    row = {
        "position": "nowa praca", "methods": "spacer; panel", "languages": "polski; angielski", "mentor": "tak",
        "voivodeship": "łódzkie", "municipality": "Łódź", "email": "nowy@example.org", "bio": "bez zmian",
        "website": "https://example.org/<b>", "sector": "organizacja pozarządowa",
    }  # fmt: skip
    page = upload(admin_client, people(row, {"name": "Całkiem Nowa"}).getvalue())
    found = tables(page)
    assert list(found) == ["Zmiany: Osoba 1"], "a new person has no difference"
    changes = found["Zmiany: Osoba 1"]
    assert changes == {
        "Czym się zajmuje": ("stara praca", "nowa praca"),
        "Województwo": ("lubelskie", "łódzkie"),
        "Gmina": ("–", f"Łódź ({lodz.county}, {lodz.teryt})"),
        "Metody": ("panel", "panel; spacer"),
        "Języki": ("polski", "polski; angielski"),
        "Prowadzi mentoring": ("nie", "tak"),
        "Adres e-mail": ("stary@example.org", "nowy@example.org"),
        "Sektor": ("–", "organizacja pozarządowa"),
        "Linki": ("–", "https://example.org/<b>"),
    }
    assert "<b>" not in page.content.decode().split("example.org/")[1][:10]  # type: ignore[attr-defined]


def test_what_is_shown_is_what_is_stored(admin_client: Client, person: Practitioner) -> None:
    upload(admin_client, people({"position": "nowa praca"}).getvalue())
    run = ImportRun.objects.get()
    admin_client.post(reverse("import_practitioners:store", args=[run.pk]), {"consent": "on"})
    person.refresh_from_db()
    assert person.headline == "nowa praca"
    after = admin_client.get(reverse("import_practitioners:report", args=[run.pk]))
    assert tables(after) == {}, "the copy of people's data went with the storing"


def test_an_entry_that_was_changed_meanwhile_shows_what_is_now(
    admin_client: Client, person: Practitioner
) -> None:
    upload(admin_client, people({"position": "nowa praca"}).getvalue())
    report = reverse("import_practitioners:report", args=[ImportRun.objects.get().pk])
    Practitioner.objects.filter(pk=person.pk).update(headline="jeszcze inna")
    assert tables(admin_client.get(report))["Zmiany: Osoba 1"]["Czym się zajmuje"][0] == "jeszcze inna"
    person.delete()
    assert tables(admin_client.get(report)) == {}


def test_addresses_are_shown_only_to_those_with_the_right(
    client: Client, person: Practitioner, django_user_model: Any
) -> None:
    user = django_user_model.objects.create_user("import", password="x")
    wanted = ["access_admin", "add_practitioner", "change_practitioner"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    page = upload(client, people({"email": "nowy@example.org"}).getvalue())
    assert tables(page)["Zmiany: Osoba 1"]["Adres e-mail"] == ("zmienia się; nie masz prawa tego widzieć",)
    assert "@example.org" not in page.content.decode()  # type: ignore[attr-defined]


def test_a_page_costs_as_many_queries_for_many(admin_client: Client, person: Practitioner) -> None:
    for number in range(2, 9):
        PractitionerFactory(public_id=f"t{number}", name=f"Osoba {number}")

    def queries(count: int) -> int:
        ImportRun.objects.all().delete()
        rows = [{"position": "nowa", "methods": "spacer", "website": "https://example.org"}] * count
        upload(admin_client, people(*rows).getvalue())
        report = reverse("import_practitioners:report", args=[ImportRun.objects.get().pk])
        with CaptureQueriesContext(connection) as caught:
            assert len(tables(admin_client.get(report))) == count
        return len(caught)

    queries(1)
    assert queries(1) == queries(8)
