"""What the staff do about who joined, and what becomes of the data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from directory import services
from directory.joining import retention
from directory.models import Practitioner, SignUp
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .joining_form import EMAIL, WHO, join
from .own_entry import text_of
from .standing import Clock
from .test_contact_staff import keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "base")]
STATES = SignUp.State
KEEPERS = "Opieka nad bazą praktyków"


@pytest.fixture
def newcomer(client: Client) -> Practitioner:
    client.post(join(client))
    return Practitioner.objects.get()


def page_of(person: Practitioner) -> str:
    return f"/admin/zgloszenia-do-bazy/{person.pk}/"


def decide(client: Client, person: Practitioner, decision: str, **more: str) -> Any:
    return client.post(page_of(person), {"decision": decision, **more}, follow=True)


def last_mail() -> OutboxMail:
    mail: OutboxMail = OutboxMail.objects.latest("pk")
    return mail


def test_the_dashboard_says_who_waits(newcomer: Practitioner) -> None:
    PractitionerFactory(name="Ćwiklińska Łucja", state="hidden", state_reason="x")
    client = keeper(KEEPERS)
    dashboard = text_of(client.get("/admin/"))
    assert "1 osoba czeka na decyzję." in dashboard
    assert page_of(newcomer) in dashboard
    assert "Ćwiklińska Łucja" in dashboard, "a likely duplicate"
    page = text_of(client.get(page_of(newcomer)))
    assert "Możliwy duplikat: <a" in page
    assert "Cztery narady o wodzie." in page
    assert "dolacz-2026-11" in page
    decide(client, newcomer, "accept")
    assert "czeka na decyzję" not in text_of(client.get("/admin/"))


def test_one_button_publishes(newcomer: Practitioner, client: Client) -> None:
    newcomer.headline = "poprawione przez redakcję"
    newcomer.save_revision()
    said = decide(keeper(KEEPERS), newcomer, "accept")
    assert "Wpis jest w bazie." in text_of(said)
    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.live, newcomer.headline) == ("live", True, "poprawione przez redakcję")
    assert newcomer.confirmed_at is not None
    page = client.get(newcomer.get_absolute_url())
    assert page.status_code == 200
    assert EMAIL not in page.content.decode()
    assert SignUp.objects.get().state == STATES.ACCEPTED
    mail = last_mail()
    assert mail.recipient == EMAIL
    assert newcomer.get_absolute_url() in mail.text


def test_a_refusal_goes_with_its_reason(newcomer: Practitioner, client: Client) -> None:
    staff = keeper(KEEPERS)
    unsaid = decide(staff, newcomer, "reject", reason="  ")
    assert "Napisz, dlaczego" in text_of(unsaid)
    assert SignUp.objects.get().state == STATES.MODERATION
    decide(staff, newcomer, "reject", reason="To firma, a nie osoba.")
    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.state_reason) == ("hidden", "To firma, a nie osoba.")
    assert SignUp.objects.get().state == STATES.REJECTED
    assert "To firma, a nie osoba." in last_mail().text
    assert "30 dni" in last_mail().text
    assert client.get(newcomer.get_absolute_url()).status_code == 404


def test_what_was_decided_is_decided_once(newcomer: Practitioner) -> None:
    staff = keeper(KEEPERS)
    decide(staff, newcomer, "accept")
    for decision, more in (("accept", {}), ("reject", {"reason": "x"})):
        again = decide(staff, newcomer, decision, **more)
        assert "To zgłoszenie zostało już rozpatrzone." in text_of(again)
    newcomer.refresh_from_db()
    assert newcomer.state == "live"
    assert OutboxMail.objects.filter(kind="join-decided").count() == 1


@pytest.mark.parametrize("typed", [{}, {"decision": "maybe"}, {"decision": "reject", "reason": "x" * 201}])
def test_nonsense_decides_nothing(newcomer: Practitioner, typed: dict[str, str]) -> None:
    assert keeper(KEEPERS).post(page_of(newcomer), typed).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.state == "moderation"


def test_only_who_may_publish_decides(newcomer: Practitioner) -> None:
    for group in ("Redakcja: piszący", "Redakcja: prowadzący", "Koordynacja programu"):
        staff = keeper(group)
        for answer in (
            staff.get(page_of(newcomer)),
            staff.post(page_of(newcomer), {"decision": "accept"}),
        ):
            assert WHO["name"] not in answer.content.decode()
            assert answer.status_code in (302, 403)
        assert WHO["name"] not in staff.get("/admin/").content.decode()
    assert Client().get(page_of(newcomer)).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.state == "moderation"


def test_the_address_needs_its_own_right(newcomer: Practitioner) -> None:
    assert EMAIL in keeper(KEEPERS).get(page_of(newcomer)).content.decode()
    user = User.objects.create_user("bez-adresow")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "publish_practitioner", "view_signup"])
    )
    client = Client()
    client.force_login(user)
    page = client.get(page_of(newcomer))
    assert page.status_code == 200
    assert EMAIL not in page.content.decode()


def test_a_refused_person_is_erased_after_thirty_days(newcomer: Practitioner, clock: Clock) -> None:
    decide(keeper(KEEPERS), newcomer, "reject", reason="Nie tym razem.")
    retention.erase_old(clock.now + timedelta(days=29, hours=23))
    assert Practitioner.objects.exists()
    retention.erase_old(clock.now + timedelta(days=30))
    assert not Practitioner.objects.exists()
    assert not SignUp.objects.exists()
    assert not OutboxMail.objects.exists()


def test_who_was_brought_back_is_not_erased(newcomer: Practitioner, clock: Clock) -> None:
    decide(keeper(KEEPERS), newcomer, "reject", reason="Pomyłka.")
    services.change_state(practitioner=newcomer, state="live", now=clock.now)
    retention.erase_old(clock.now + timedelta(days=31))
    assert Practitioner.objects.exists()


@pytest.mark.parametrize(
    ("state", "sign_up"), [("live", STATES.ACCEPTED), ("hidden", STATES.CLOSED), ("withdrawn", STATES.CLOSED)]
)
def test_a_state_that_is_set_elsewhere_settles_the_sign_up(
    newcomer: Practitioner, clock: Clock, state: str, sign_up: str
) -> None:
    services.change_state(practitioner=newcomer, state=state, reason="powód", now=clock.now)
    assert SignUp.objects.get().state == sign_up
    retention.erase_old(clock.now + timedelta(days=31))
    assert Practitioner.objects.exists(), "only what was refused here is erased"


def test_the_history_says_that_the_person_came_by_themselves(newcomer: Practitioner) -> None:
    history = keeper(KEEPERS).get(f"/admin/snippets/directory/practitioner/history/{newcomer.pk}/")
    assert "Osoba zgłosiła się sama i potwierdziła adres" in history.content.decode()
