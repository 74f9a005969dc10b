"""Readers report what is no longer true of a profile; the staff settle it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from directory import services as people
from directory.models import ContactCount, OutdatedReport, Practitioner
from directory.outdated import services
from directory.self_service import holdings
from home.models import OutboxMail

from .contact_form import errors, page_of
from .standing import Clock

PROFILE = "/baza-praktykow/rafal-smolen/"
FORM = f"{PROFILE}nieaktualne/"
TEXT = "Ta osoba nie pracuje już w urzędzie."

pytestmark = pytest.mark.usefixtures("rafal")


def token(client: Any) -> str:
    return str(page_of(client.get(FORM)).select_one("input[name=challenge]")["value"])


def send(client: Any, clock: Clock, *, challenge: str = "", **changes: Any) -> Any:
    challenge = challenge or token(client)
    clock.forward(minutes=1)
    return client.post(FORM, {"challenge": challenge, "text": TEXT} | changes)


@pytest.fixture
def keeper(db: None) -> Client:
    user = User.objects.create_user(username="opieka")
    user.groups.add(Group.objects.get(name="Opieka nad bazą praktyków"))
    client = Client()
    client.force_login(user)
    return client


def test_a_report_is_kept_for_the_staff_and_told_to_nobody(client: Any, clock: Clock, keeper: Client) -> None:
    assert f'href="{FORM}"' in client.get(PROFILE).content.decode()
    response = send(client, clock, answer_to="ewa@example.com")
    assert (response.status_code, response["Location"]) == (302, f"{FORM}wyslano/")
    written = client.get(response["Location"])
    assert "Zgłoszenie wysłane" in written.content.decode()
    assert "noindex" in written.content.decode()
    found = OutdatedReport.objects.get()
    assert (found.text, found.answer_to, found.practitioner.slug) == (TEXT, "ewa@example.com", "rafal-smolen")
    assert TEXT not in client.get(PROFILE).content.decode()
    assert TEXT in keeper.get("/admin/directory/outdatedreport/").content.decode()
    assert not OutboxMail.objects.exists(), "nobody is written to before the staff decide"


def test_the_form_is_nobody_elses_to_keep(client: Any) -> None:
    response = client.get(FORM)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize("text", ["", "abc", "x" * 501, "  \n ", "\0\0\0"])
def test_what_is_wrong_is_said_and_nothing_is_lost(client: Any, clock: Clock, text: str) -> None:
    response = send(client, clock, text=text, answer_to="nie adres")
    assert response.status_code == 200
    assert "Co się nie zgadza?" in errors(response)
    assert "Twój adres e-mail" in errors(response)
    assert page_of(response).select_one("input[name=answer_to]")["value"] == "nie adres"
    assert not OutdatedReport.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\" % ' 😀 \0 koniec", "x" * 500])
def test_any_text_is_kept_and_shown_as_it_is(client: Any, clock: Clock, keeper: Client, text: str) -> None:
    assert send(client, clock, text=text).status_code == 302
    found = OutdatedReport.objects.get()
    assert found.text == text.replace("\0", "")
    html = keeper.get(f"/admin/nieaktualne-dane/{found.pk}/").content.decode()
    assert "<script>alert" not in html


def test_machines_and_second_clicks_add_nothing(client: Any, clock: Clock) -> None:
    first = token(client)
    assert "automaty" in errors(client.post(FORM, {"challenge": first, "text": TEXT}))
    assert "automaty" in errors(send(client, clock, website="https://spam.example"))
    assert "stracił ważność" in errors(send(client, clock, challenge="zmyślone"))
    assert not OutdatedReport.objects.exists()
    for _click in range(2):
        assert send(client, clock, challenge=first).status_code == 302
    assert OutdatedReport.objects.count() == 1
    other = send(client, clock, challenge=first, text="Coś zupełnie innego.")
    assert "inne zgłoszenie" in errors(other)
    assert "Coś zupełnie innego." in other.content.decode()


def test_a_network_has_its_limit(client: Any, clock: Clock) -> None:
    for number in range(services.NETWORK.most):
        assert send(client, clock, text=f"{TEXT} {number}").status_code == 302
        clock.forward(minutes=-1)
    response = send(client, clock)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert TEXT in response.content.decode()
    assert OutdatedReport.objects.count() == services.NETWORK.most
    assert not ContactCount.objects.filter(key__contains="127.0.0.1").exists()


@pytest.mark.parametrize("state", ["paused", "hidden", "withdrawn"])
def test_of_whoever_is_not_seen_nothing_can_be_reported(
    client: Any, clock: Clock, rafal: Practitioner, state: str
) -> None:
    challenge = token(client)
    Practitioner.objects.filter(pk=rafal.pk).update(state=state, state_reason="na prośbę")
    assert client.get(FORM).status_code == 404
    assert send(client, clock, challenge=challenge).status_code == 404
    assert client.put(FORM).status_code == 404


def test_the_staff_ask_the_person_once_and_settle(
    client: Any, clock: Clock, keeper: Client, rafal: Practitioner
) -> None:
    send(client, clock, answer_to="ewa@example.com")
    found = OutdatedReport.objects.get()
    page = f"/admin/nieaktualne-dane/{found.pk}/"
    assert "ewa@example.com" in keeper.get(page).content.decode()
    assert OutboxMail.objects.count() == 0
    for _click in range(2):
        keeper.post(page, {"act": "ask"})
    mail = OutboxMail.objects.get()
    assert mail.recipient == rafal.email
    assert "/moj-wpis/odnosnik/" in mail.text
    assert TEXT not in mail.text
    assert "ewa@" not in mail.text
    keeper.post(page, {"act": "settle"})
    found.refresh_from_db()
    assert (found.answer_to, found.settled_by.username) == ("", "opieka")
    html = keeper.get(page).content.decode()
    assert 'value="settle"' not in html
    assert 'value="ask"' not in html


def test_a_report_is_settled_once(client: Any, clock: Clock) -> None:
    send(client, clock)
    found = OutdatedReport.objects.get()
    assert services.settle(found=found, user=None, now=clock.now)
    assert not services.settle(found=found, user=None, now=clock.now)
    assert not services.ask(found=OutdatedReport.objects.get(), now=clock.now)


def test_only_those_who_keep_the_base_see_reports(client: Any, clock: Clock) -> None:
    send(client, clock)
    page = f"/admin/nieaktualne-dane/{OutdatedReport.objects.get().pk}/"
    user = User.objects.create_user(username="pisze")
    user.groups.add(Group.objects.get(name="Redakcja: piszący"))
    writer = Client()
    writer.force_login(user)
    for other in (client, writer):
        for url in (page, "/admin/directory/outdatedreport/"):
            assert other.get(url).status_code == 302
        assert other.post(page, {"act": "settle"}).status_code == 302
    assert OutdatedReport.objects.get().settled_at is None


def test_reports_go_after_ninety_days_and_with_their_person(
    client: Any, clock: Clock, rafal: Practitioner
) -> None:
    send(client, clock, answer_to="ewa@example.com")
    held = next(
        held for held in holdings.everything(rafal) if held.name == "directory.outdatedreport.practitioner"
    )
    assert held.goes
    assert TEXT in str(held.rows)
    assert "ewa@" not in str(held.rows), "who reported is not the person's to know"
    assert services.erase_old(clock.now + timedelta(days=89)) == 0
    assert services.erase_old(clock.now + timedelta(days=90)) == 1
    send(client, clock)
    people.erase(practitioner=rafal, now=clock.now)
    assert not OutdatedReport.objects.exists()


def test_a_settled_report_can_hold_no_address(rafal: Practitioner, clock: Clock) -> None:
    found = OutdatedReport(
        practitioner=rafal, text=TEXT, answer_to="ewa@example.com", created_at=clock.now, settled_at=clock.now
    )
    with pytest.raises(ValidationError):
        found.full_clean(exclude=["nonce", "settled_by"])
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save()


def test_what_waits_stands_above_what_is_settled(rafal: Practitioner, clock: Clock, keeper: Client) -> None:
    for number, settled in enumerate((None, clock.now, None)):
        OutdatedReport.objects.create(
            practitioner=rafal,
            text=f"zgłoszenie {number}",
            created_at=clock.now + timedelta(hours=number),
            settled_at=settled,
            nonce=str(number),
        )
    page = keeper.get("/admin/directory/outdatedreport/").content.decode()
    order = sorted(range(3), key=lambda number: page.index(f"zgłoszenie {number}"))
    assert order == [2, 0, 1]
    waiting = keeper.get("/admin/directory/outdatedreport/?settled_at=nie").content.decode()
    assert "zgłoszenie 0" in waiting
    assert "zgłoszenie 1" not in waiting
