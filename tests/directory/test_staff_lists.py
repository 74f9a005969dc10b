"""The staff's lists of consents and of those who joined: read by those who keep the base, changed by nobody."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.test import Client

from directory.models import Consent, SignUp
from tests.factories import MunicipalityFactory, PractitionerFactory

from .test_contact_staff import keeper

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONSENTS, SIGN_UPS = "/admin/directory/consent/", "/admin/directory/signup/"
KEEPERS = "Opieka nad bazą praktyków"
ADDRESS = "skryta@example.org"


def signed_up(name: str, number: int = 0, state: str = "moderation") -> SignUp:
    person = PractitionerFactory(
        name=name,
        email=ADDRESS,
        state="moderation",
        consented=False,
        municipality=MunicipalityFactory(name=f"Gmina {number}"),
    )
    when = NOW + timedelta(hours=number)
    Consent.objects.create(
        practitioner=person, kind="newsletter", text_version="v9", channel="form", given_at=when
    )
    return SignUp.objects.create(
        practitioner=person,
        state=state,
        secret_hash=f"s{number}{name}",
        address_hash=f"a{number}{name}",
        changed_at=when,
        sent_at=when,
        confirmed_at=when,
    )


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize("path", [CONSENTS, SIGN_UPS])
class TestBoth:
    def test_the_keepers_of_the_base_see_it_and_others_do_not(self, path: str) -> None:
        row = signed_up("Anna Kot")
        client = keeper(KEEPERS)
        assert client.get(path).status_code == 200
        assert path in client.get("/admin/").content.decode(), "in the menu of the base"
        others = Group.objects.exclude(name=KEEPERS).values_list("name", flat=True)
        assert len(others) >= 3
        for group in others:
            client = keeper(group)
            for way in ("", "?export=csv", f"inspect/{row.pk}/"):
                answer = client.get(path + way)
                assert answer.status_code in (302, 403)
                assert "Anna Kot" not in answer.content.decode()
            assert path not in client.get("/admin/").content.decode()

    def test_nobody_changes_it(self, path: str, admin_client: Client) -> None:
        signed_up("Anna Kot")
        pk = {CONSENTS: Consent, SIGN_UPS: SignUp}[path].objects.get().pk  # type: ignore[attr-defined]
        for way in ("create/", f"edit/{pk}/", f"delete/{pk}/"):
            assert admin_client.post(path + way).status_code != 200
        assert Consent.objects.count() == SignUp.objects.count() == 1

    @pytest.mark.parametrize("export", ["csv", "xlsx"])
    def test_exports_run_no_formula_and_tell_no_address(self, path: str, export: str) -> None:
        signed_up("=Anna Kot")
        answer = keeper(KEEPERS).get(f"{path}?export={export}")
        if export == "csv":
            (row,) = table(answer)
            cells = list(row.values())
            assert row["Osoba"] == "'=Anna Kot"
        else:
            sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
            cells = [cell.value for cell in sheet[2]]
            assert cells[0] == "'=Anna Kot"
        assert not [cell for cell in cells if "@" in str(cell)]

    def test_no_address_anywhere(self, path: str, admin_client: Client) -> None:
        signed_up("Anna Kot")
        pk = {CONSENTS: Consent, SIGN_UPS: SignUp}[path].objects.get().pk  # type: ignore[attr-defined]
        for way in ("", f"inspect/{pk}/", "?q=anna", f"?q={ADDRESS}"):
            page = admin_client.get(path + way)
            assert page.status_code == 200
            assert ADDRESS not in page.content.decode().replace(f'value="{ADDRESS}"', "")
        assert "Anna Kot" in admin_client.get(f"{path}?q=anna").content.decode()
        assert "Anna Kot" not in admin_client.get(f"{path}?q={ADDRESS}").content.decode()

    def test_it_costs_the_same_for_two_and_for_thirty(
        self, path: str, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(2):
            signed_up(f"Osoba {number}", number)
        admin_client.get(path)
        with django_assert_max_num_queries(40) as few:
            admin_client.get(path)
        for number in range(2, 30):
            signed_up(f"Osoba {number}", number)
        with django_assert_max_num_queries(40) as many:
            admin_client.get(path)
        assert len(many) <= len(few)
        with django_assert_max_num_queries(15):
            b"".join(admin_client.get(f"{path}?export=csv").streaming_content)  # type: ignore[attr-defined]


def test_consents_are_filtered_by_kind_and_channel(admin_client: Client) -> None:
    signed_up("Anna Kot")
    Consent.objects.create(
        practitioner=PractitionerFactory(name="Jan Lis", consented=False),
        kind="mentoring",
        text_version="1",
        channel="staff",
    )
    for asked in ("kind__exact=newsletter", "channel__exact=form"):
        page = admin_client.get(f"{CONSENTS}?{asked}").content.decode()
        assert ("Anna Kot" in page, "Jan Lis" in page) == (True, False)
    assert "v9" in admin_client.get(CONSENTS).content.decode()


def test_sign_ups_are_filtered_by_state_and_lead_to_the_decision(admin_client: Client) -> None:
    waiting, done = signed_up("Anna Kot", 1), signed_up("Jan Lis", 2, state="accepted")
    everybody = admin_client.get(SIGN_UPS).content.decode()
    assert f"/admin/zgloszenia-do-bazy/{waiting.practitioner_id}/" in everybody
    assert f"/admin/zgloszenia-do-bazy/{done.practitioner_id}/" not in everybody
    page = admin_client.get(f"{SIGN_UPS}?state__exact=accepted").content.decode()
    assert ("Anna Kot" in page, "Jan Lis" in page) == (False, True)


def test_what_is_not_confirmed_is_no_business_of_the_staff(admin_client: Client) -> None:
    for state in ("draft", "sent"):
        SignUp.objects.create(
            state=state,
            secret_hash=state,
            changed_at=NOW,
            data={"kim-jestes": {"name": "Ewa Tajna", "email": ADDRESS}},
        )
    hidden = SignUp.objects.get(state="sent")
    assert table(admin_client.get(f"{SIGN_UPS}?export=csv")) == []
    assert admin_client.get(f"{SIGN_UPS}inspect/{hidden.pk}/").status_code in (302, 403)
    assert "Ewa Tajna" not in admin_client.get(SIGN_UPS).content.decode()


def test_the_dashboard_asks_once_for_all_newcomers(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        signed_up(f"Osoba {number}", number)
    admin_client.get("/admin/")
    with django_assert_max_num_queries(60) as queries:
        admin_client.get("/admin/")
    asked = [one["sql"] for one in queries.captured_queries if "directory_practitioner" in one["sql"]]
    assert len(asked) <= 6


def test_the_filter_offers_only_states_that_the_list_shows(admin_client: Client) -> None:
    signed_up("Anna Kot")
    signed_up("Jan Wrona", 1, state="accepted")
    page = admin_client.get(SIGN_UPS).content.decode()
    assert "czeka na redakcję" in page
    assert "wypełniane" not in page
    assert "czeka na potwierdzenie adresu" not in page
    accepted = admin_client.get(f"{SIGN_UPS}?state=accepted").content.decode()
    assert "Jan Wrona" in accepted
    assert "Anna Kot" not in accepted


def test_consents_are_filtered_by_whether_they_hold(admin_client: Client) -> None:
    signed_up("Anna Kot")
    signed_up("Jan Wrona", 1)
    Consent.objects.filter(practitioner__name="Jan Wrona").update(withdrawn_at=NOW)
    holding = admin_client.get(f"{CONSENTS}?withdrawn_at=nie").content.decode()
    assert "Anna Kot" in holding
    assert "Jan Wrona" not in holding
