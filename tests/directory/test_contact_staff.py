"""The staff's log of messages, and messages that arrive at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from directory.contact import challenge as challenges
from directory.contact import limits, refusing, sending
from directory.models import ContactCount, ContactLog, Practitioner
from home.models import OutboxMail
from tests.factories import PractitionerFactory

from .test_import_together import threads, untouched  # noqa: F401

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LOG = "/admin/directory/contactlog/"
LETTER = sending.Letter("Ewa", "ewa.nadawczyni@example.com", "Treść, której nie ma w dzienniku.", "pl")
State = ContactLog.State


def submit(person: Practitioner, *, email: str = LETTER.email, network: str = "n", token: Any = None) -> Any:
    letter = sending.Letter(LETTER.name, email, LETTER.message, "pl")
    return sending.submit(
        person=person,
        letter=letter,
        challenge=token or challenges.issue(person.public_id, NOW),
        solved=True,
        network=network,
        now=NOW,
    )


def keeper(group: str) -> Client:
    user = User.objects.create_user(username=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
class TestLog:
    def test_the_keepers_of_the_base_see_it_and_others_do_not(self) -> None:
        assert keeper("Opieka nad bazą praktyków").get(LOG).status_code == 200
        for group in ("Redakcja: piszący", "Redakcja: prowadzący", "Koordynacja programu"):
            client = keeper(group)
            assert client.get(LOG).status_code in (302, 403)
            assert client.get(f"{LOG}?export=csv").status_code in (302, 403)
            assert "Dziennik wiadomości" not in client.get("/admin/").content.decode()

    def test_it_tells_to_whom_and_what_became_of_it(self, add: Callable[..., Practitioner]) -> None:
        rafal, lucja = add("Rafał Smoleń"), add("=Łucja Ćwik")
        first = submit(rafal)
        for _n in range(limits.SENDER.most - 1):
            submit(rafal)
        with pytest.raises(limits.Reached):
            submit(lucja)
        client = keeper("Opieka nad bazą praktyków")
        page = client.get(LOG).content.decode()
        assert page.count(first.sender_mark) == limits.SENDER.most + 1, "a repeated sender is seen"
        assert "zatrzymana przez limit" in page
        only = client.get(f"{LOG}?state__exact=refused").content.decode()
        assert ("Łucja Ćwik" in only, "Rafał Smoleń" in only) == (True, False)
        inspected = client.get(f"{LOG}inspect/{first.pk}/")
        assert inspected.status_code == 200
        exported = client.get(f"{LOG}?export=csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(exported).decode("utf-8-sig"))))
        assert {row["Do kogo"] for row in rows} == {"Rafał Smoleń", "'=Łucja Ćwik"}
        sheet = openpyxl.load_workbook(
            io.BytesIO(b"".join(client.get(f"{LOG}?export=xlsx").streaming_content))
        ).active
        assert sheet.max_row == limits.SENDER.most + 2
        for text in (page, inspected.content.decode(), str(rows)):
            for trace in (LETTER.message, LETTER.email, rafal.email):
                assert trace not in text

    def test_nobody_writes_into_it(self, add: Callable[..., Practitioner], admin_client: Client) -> None:
        log = submit(add("Rafał Smoleń"))
        for way in ("create/", f"edit/{log.pk}/", f"delete/{log.pk}/"):
            assert admin_client.post(LOG + way).status_code != 200
        assert ContactLog.objects.count() == 1

    def test_a_refusal_is_in_the_persons_history(
        self, add: Callable[..., Practitioner], admin_client: Client
    ) -> None:
        rafal = add("Rafał Smoleń")
        refusing.decide(person=rafal, refuse=True, now=NOW)
        history = reverse(Practitioner.snippet_viewset.get_url_name("history"), args=[rafal.pk])
        assert "Osoba nie chce wiadomości przez bazę" in admin_client.get(history).content.decode()

    def test_the_list_costs_no_query_a_row(
        self, add: Callable[..., Practitioner], admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        rafal = add("Rafał Smoleń")
        for number in range(30):
            ContactLog.objects.create(
                practitioner=rafal,
                created_at=NOW + timedelta(hours=number),
                state=State.SENT,
                sender=f"{number:032}",
            )
        admin_client.get(LOG)
        with django_assert_max_num_queries(25):
            admin_client.get(LOG)


def people_there(number: int) -> list[Practitioner]:
    return [PractitionerFactory(name=f"Osoba {n}", email=f"o{n}@example.org") for n in range(number)]


def outcome(job: Callable[[], Any]) -> str:
    try:
        job()
    except limits.Reached:
        return "stopped"
    return "sent"


def sent_mails() -> tuple[int, int]:
    """How many messages went, and how many were counted of their sender."""
    counted = ContactCount.objects.get(key__startswith="sender").count
    return OutboxMail.objects.filter(kind="contact-message").count(), counted


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
class TestTogether:
    """On a database of their own, each in a thread with its own connection."""

    def test_at_the_limit_one_gets_the_last_place(self, threads: Any) -> None:  # noqa: F811
        (people,) = threads(lambda: people_there(8))
        met = threads(*[partial(outcome, partial(submit, person)) for person in people])
        assert sorted(met) == ["sent"] * limits.SENDER.most + ["stopped"] * (8 - limits.SENDER.most)
        assert threads(sent_mails) == [(limits.SENDER.most, limits.SENDER.most)]

    def test_two_clicks_are_one_message(self, threads: Any) -> None:  # noqa: F811
        ((person,),) = threads(lambda: people_there(1))
        token = challenges.issue(person.public_id, NOW)
        click = partial(outcome, partial(submit, person, token=token))
        assert threads(*[click] * 4) == ["sent"] * 4
        assert threads(sent_mails) == [(1, 1)]
