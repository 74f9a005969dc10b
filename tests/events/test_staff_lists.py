"""The staff's lists of registrations and decisions: for who coordinates events, and for nobody else."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from events.models import Registration, RegistrationEvent, SupportNeeds
from events.registration import seats
from tests.directory.own_entry import text_of
from tests.directory.test_contact_staff import keeper
from tests.factories import MunicipalityFactory

from .test_seats import NOW, come, event

pytestmark = pytest.mark.django_db
REGISTRATIONS, DECISIONS = "/admin/events/registration/", "/admin/events/registrationevent/"
COORDINATION = "Koordynacja wydarzeń"
ADDRESS = "anna-kot@example.org"


def applied(home: Any, name: str = "Anna Kot", email: str = ADDRESS, **fields: Any) -> Registration:
    person = {"name": name, "email": email} | fields
    page = event(home, mode="selection", title=f"Forum, na które idzie {name}")
    return seats.register(page=page, person=person, needs={"diet": "bez orzechów", "support": ""}, now=NOW)[0]


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_group_has_just_these_rights() -> None:
    rights = Permission.objects.filter(group__name=COORDINATION).values_list("codename", flat=True)
    assert set(rights) == {
        "access_admin",
        "view_registration",
        "change_registration",
        "view_registrationevent",
        "view_supportneeds",
    }


@pytest.mark.parametrize("path", [REGISTRATIONS, DECISIONS])
def test_who_coordinates_events_sees_it_and_others_do_not(home: Any, path: str) -> None:
    row = applied(home)
    client = keeper(COORDINATION)
    assert client.get(path).status_code == 200
    assert path in client.get("/admin/").content.decode(), "in the menu"
    others = Group.objects.exclude(name=COORDINATION).values_list("name", flat=True)
    assert len(others) >= 4
    for group in others:
        client = keeper(group)
        key = row.pk if path == REGISTRATIONS else row.passages.get().pk
        for way in ("", "?export=csv", f"inspect/{key}/"):
            answer = client.get(path + way)
            assert answer.status_code in (302, 403)
            assert "Anna Kot" not in answer.content.decode()
        assert path not in client.get("/admin/").content.decode()


def test_nobody_changes_it_here(home: Any, admin_client: Client) -> None:
    row = applied(home)
    for way in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert admin_client.post(REGISTRATIONS + way).status_code != 200
    assert Registration.objects.get().state == "applied"


def test_it_is_filtered(home: Any, admin_client: Client) -> None:
    place = MunicipalityFactory(name="Ostrów", voivodeship="mazowieckie")
    anna = applied(home, sector="firma", municipality=place, first_time=True)
    jan = applied(home, name="Jan Lis", email="jan@example.org")
    seats.move(registration=jan, to="rejected", now=NOW)
    for asked in (
        f"wydarzenie={anna.page_id}", "state__exact=applied", "sector__exact=firma",
        "wojewodztwo=mazowieckie", "first_time__exact=1", "q=anna",
    ):  # fmt: skip
        shown = admin_client.get(f"{REGISTRATIONS}?{asked}").content.decode()
        found = [f"inspect/{row.pk}/" in shown for row in (anna, jan)]
        assert found == [True, False], asked
    for odd in ("wydarzenie=x", "wydarzenie=99999999999999999999", "wojewodztwo=%00"):
        assert f"inspect/{jan.pk}/" in admin_client.get(f"{REGISTRATIONS}?{odd}").content.decode()


def test_one_registration_with_its_passages(home: Any, admin_user: Any) -> None:
    row = applied(home)
    seats.move(registration=row, to="rejected", now=NOW, user=admin_user, reason="Za mało miejsc.")
    shown = text_of(keeper(COORDINATION).get(f"{REGISTRATIONS}inspect/{row.pk}/"))
    for part in (ADDRESS, "bez orzechów", "Za mało miejsc.", "oczekuje na decyzję", str(admin_user)):
        assert part in shown
    assert "False" not in shown


def test_needs_take_a_right_of_their_own(home: Any, django_user_model: Any) -> None:
    row = applied(home)
    user = django_user_model.objects.create_user("bez-potrzeb")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_registration"]))
    client = Client()
    client.force_login(user)
    shown = text_of(client.get(f"{REGISTRATIONS}inspect/{row.pk}/"))
    assert ADDRESS in shown
    assert "bez orzechów" not in shown
    assert SupportNeeds.objects.count() == 1


def test_the_log_names_nobody_who_registered(home: Any, admin_user: Any) -> None:
    row = applied(home)
    seats.move(registration=row, to="rejected", now=NOW, user=admin_user, reason="Za mało miejsc.")
    RegistrationEvent.objects.filter(before="").delete()
    page = keeper(COORDINATION).get(DECISIONS).content.decode()
    assert "Za mało miejsc." in page
    assert ADDRESS not in page


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_exports_run_no_formula(home: Any, export: str) -> None:
    applied(home, name="=Anna")
    answer = keeper(COORDINATION).get(f"{REGISTRATIONS}?export={export}")
    if export == "csv":
        (row,) = table(answer)
        assert (row["Imię i nazwisko"], row["Stan"]) == ("'=Anna", "oczekuje na decyzję")
        assert "bez orzechów" not in str(row)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert "'=Anna" in [cell.value for cell in sheet[2]]


@pytest.mark.parametrize("path", [REGISTRATIONS, DECISIONS])
def test_it_costs_the_same_for_two_and_for_thirty(
    home: Any, path: str, admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    page = event(home, mode="selection")
    for number in range(2):
        come(page, f"osoba{number}")
    admin_client.get(path)
    with django_assert_max_num_queries(40) as few:
        admin_client.get(path)
    for number in range(2, 30):
        come(page, f"osoba{number}")
    with django_assert_max_num_queries(40) as many:
        admin_client.get(path)
    assert len(many) <= len(few)
    with django_assert_max_num_queries(15):
        b"".join(admin_client.get(f"{path}?export=csv").streaming_content)  # type: ignore[attr-defined]
