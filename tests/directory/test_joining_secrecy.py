"""Whether somebody is in the base already: told to the person and to the staff, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory import services
from directory.joining import duplicates
from directory.models import Practitioner, SignUp
from directory.names import alike
from directory.self_service import holdings
from home.models.mail import OutboxMail
from tests.factories import MunicipalityFactory, PractitionerFactory

from .joining_form import (
    AGREED,
    CONSENT,
    EMAIL,
    SENT,
    START,
    WHAT,
    WHERE,
    WHO,
    WORK,
    fill,
    join,
    kinds_of_mail,
)
from .own_entry import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "base")]
Add = Callable[..., Practitioner]
HINT = "Czy to nie Twój wpis?"
UNSEEN: list[dict[str, Any]] = [
    {"state": "moderation"},
    {"state": "unconfirmed"},
    {"state": "paused"},
    {"state": "hidden", "state_reason": "powód"},
    {"state": "withdrawn", "state_reason": "powód"},
    {"consented": False},
    {"live": False},
]


def bare(response: Any) -> str:
    """A page without what differs from one request to the next: tokens, and the portrait drawn from the person's key."""
    text = re.sub(r'value="[\w]{64}"', "", response.content.decode())
    return re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)


def walk(email: str) -> list[str]:
    """Every page that somebody meets who joins with that address."""
    client = Client()
    typed = ((START, WHO | {"email": email}), (WHERE, {"voivodeship": "lubelskie"}), (WHAT, WORK))
    met = [bare(client.post(path, answers, follow=True)) for path, answers in typed]
    met.append(bare(client.get("/dolacz/strona/")))
    met.append(bare(client.post(CONSENT, AGREED, follow=True)))
    return [page.replace(email, "@") for page in met]


@pytest.mark.parametrize("who", [{}, *UNSEEN])
def test_an_address_that_is_known_changes_nothing_that_is_seen(who: dict[str, Any]) -> None:
    PractitionerFactory(name="Zofia Inna", email="Znana@example.org", **who)
    assert walk("znana@example.org") == walk("nieznana@example.org")
    assert kinds_of_mail() == ["join-known", "join-confirm"]
    mail = OutboxMail.objects.get(kind="join-known")
    assert mail.recipient == "Znana@example.org", "the address on file"
    assert "/moj-wpis/" in mail.text
    assert "Zofia" not in mail.text
    assert SignUp.objects.with_address("ZNANA@example.org").get().data == {}
    assert Practitioner.objects.count() == 1


@pytest.mark.parametrize("who", UNSEEN)
def test_of_who_is_not_seen_nothing_is_told(who: dict[str, Any]) -> None:
    before = walk("nowa@example.org")
    assert not any(HINT in page for page in before)
    PractitionerFactory(name=WHO["name"], email="tamta@example.org", **who)
    assert walk("nowsza@example.org") == before


def test_who_is_seen_by_all_is_pointed_at_before_sending(client: Client) -> None:
    other = PractitionerFactory(name="Ćwiklinska Łucja", email="tamta@example.org")
    client.post(START, WHO)
    client.post(WHERE, {"voivodeship": "lubelskie"})
    client.post(WHAT, WORK)
    page = client.get(CONSENT)
    assert HINT in text_of(page)
    assert f'href="{other.get_absolute_url()}"' in page.content.decode()
    assert "tamta@example.org" not in page.content.decode()
    assert client.post(CONSENT, AGREED)["Location"] == SENT, "a hint stops nobody"
    assert kinds_of_mail() == ["join-confirm"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Nowak", "Nowak Anna", True),
        ("Łucja Ćwiklińska", "lucja cwiklinska", True),
        ("Anna Nowak-Łoś", "Anna Łoś Nowak", True),
        ("Jan Kowalski", "Jan Kowalsky", True),
        ("Jan Kowalski", "Jan Kowaslki", True),
        ("Jan Kowalski", "Jan Kowalskii", True),
        ("Jan Kowalski", "Jan Kowlski", True),
        ("Jan Kowalski", "Jam Kowalsky", False),
        ("Jan Kowalski", "Jan Kowalewski", False),
        ("Anna Nowak", "Anna Nowak-Łoś", False),
        ("Anna Nowak", "Ewa Nowak", False),
        ("Anna Anna", "Anna Ewa", False),
        ("🙂", "!!", False),
    ],
)
def test_names_that_are_alike(one: str, other: str, same: bool) -> None:
    assert (alike(one, other), alike(other, one)) == (same, same)


def test_a_namesake_elsewhere_is_another_person() -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory()
    person = PractitionerFactory(name="Anna Nowak", municipality=here)
    assert duplicates.same_place(person, PractitionerFactory(name="Anna Nowak", municipality=here))
    assert not duplicates.same_place(person, PractitionerFactory(name="Anna Nowak", municipality=there))
    assert duplicates.same_place(person, PractitionerFactory(name="Anna Nowak"))
    assert not duplicates.same_place(person, PractitionerFactory(voivodeship="slaskie"))


def test_the_staff_see_also_who_is_hidden(django_assert_num_queries: Any) -> None:
    hidden = PractitionerFactory(name="Anna Nowak", email="a@example.org", state="hidden", state_reason="x")
    same_address = PractitionerFactory(name="Zupełnie Inna", email="B@example.org", voivodeship="slaskie")
    newcomers = [
        PractitionerFactory(name="Nowak Anna", email="b@example.org", state="moderation"),
        PractitionerFactory(name="Ewa Sama", state="moderation"),
    ]
    with django_assert_num_queries(1):
        found = duplicates.for_staff(newcomers)
    assert found == {newcomers[0].pk: [hidden, same_address], newcomers[1].pk: []}


def test_a_second_form_with_one_address_makes_no_second_person(client: Client) -> None:
    first, second = join(client), join(Client())
    client.post(first)
    late = client.post(second)
    assert late.status_code == 410
    assert "Masz już wpis w bazie praktyków" in text_of(late)
    assert Practitioner.objects.count() == SignUp.objects.count() == 1
    fill(Client())
    assert kinds_of_mail()[-1] == "join-known", "who waits for the staff is known too"


def test_erasing_a_person_erases_what_they_were_typing_too(client: Client) -> None:
    client.post(join(client))
    unsent = Client()
    unsent.post(START, WHO | {"email": EMAIL.upper()})
    assert SignUp.objects.count() == 2
    services.erase(practitioner=Practitioner.objects.get(), now=timezone.now())
    assert not SignUp.objects.exists()
    assert not OutboxMail.objects.exists()


def test_the_person_is_shown_that_they_signed_up(client: Client) -> None:
    client.post(join(client))
    held = {one.name: one for one in holdings.everything(Practitioner.objects.get())}
    row = held["directory.signup.practitioner"]
    assert row.goes
    names = {value.name for value in row.rows[0]}
    assert names == {"state", "language", "changed_at", "sent_at", "confirmed_at"}
