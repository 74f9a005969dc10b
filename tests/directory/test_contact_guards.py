"""What keeps messages to people from mischief: the challenge, refusals, limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.test import Client

from directory.contact import challenge as challenges
from directory.contact import limits, refusing
from directory.models import ContactCount, ContactLog, ContactRefusal, PendingContact, Practitioner
from home.models import OutboxMail

from .contact_form import (
    FIELDS,
    FORM,
    HERS,
    HIS,
    PROFILE,
    TEXT,
    errors,
    kinds,
    link_in,
    opened,
    page_of,
    solve,
    write,
)
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db]
State = ContactLog.State


# ---- the challenge


def test_a_challenge_is_good_once(client: Any, rafal: Practitioner, clock: Clock) -> None:
    hidden = opened(client)
    clock.forward(minutes=1)
    assert client.post(FORM, hidden | FIELDS).status_code == 302
    other = client.post(FORM, hidden | FIELDS | {"message": TEXT + " I jeszcze jedno."})
    assert "poszła już inna" in errors(other)
    assert client.post(FORM, hidden | FIELDS).status_code == 302, "a second click is the same message"
    assert kinds() == ["contact-copy", "contact-message"]
    fresh = page_of(other).select_one("input[name=challenge]")["value"]
    assert fresh != hidden["challenge"]


def test_a_challenge_is_good_for_one_person_and_two_hours(
    client: Any, rafal: Practitioner, clock: Clock, add: Callable[..., Practitioner]
) -> None:
    add("Łucja Ćwik")
    hidden = opened(client)
    clock.forward(minutes=1)
    assert "ważność" in errors(client.post("/baza-praktykow/lucja-cwik/kontakt/", hidden | FIELDS))
    clock.forward(hours=2)
    assert "ważność" in errors(client.post(FORM, hidden | FIELDS))
    assert not OutboxMail.objects.exists()


def test_a_challenge_can_not_be_made_easier(client: Any, rafal: Practitioner, clock: Clock) -> None:
    hidden = opened(client)
    clock.forward(minutes=1)
    token = hidden["challenge"]
    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x" + token, token * 9):
        assert "ważność" in errors(client.post(FORM, hidden | FIELDS | {"challenge": forged}))
    challenge = challenges.read(token, rafal.public_id, NOW)
    wrong = next(str(number) for number in count() if not challenge.solved_by(str(number)))
    for solution in (wrong, "-1", "9" * 400, "١"):
        assert "Nie udało się sprawdzić" in errors(
            client.post(FORM, hidden | FIELDS | {"solution": solution})
        )
    assert not OutboxMail.objects.exists()


def test_the_work_is_what_it_says() -> None:
    challenge = challenges.Challenge("", "abc", 12, NOW)
    digest = hashlib.sha256(f"abc:{solve(challenge)}".encode()).hexdigest()
    assert digest.startswith("000")


def test_nobody_types_that_fast(client: Any, rafal: Practitioner, clock: Clock) -> None:
    hidden = opened(client)
    clock.forward(seconds=1)
    quick = client.post(FORM, hidden | FIELDS)
    assert "Odczekaj chwilę" in errors(quick)
    clock.forward(seconds=4)
    assert client.post(FORM, hidden | FIELDS).status_code == 302


# ---- who can be written to


@pytest.mark.parametrize(
    "fields",
    [{"state": "paused"}, {"state": "hidden", "state_reason": "x"}, {"consent": False}, {"live": False}],
)
def test_nobody_writes_to_whom_nobody_sees(
    client: Any, clock: Clock, add: Callable[..., Practitioner], fields: dict[str, Any]
) -> None:
    person = add("Rafał Smoleń", **fields)
    token = challenges.issue(person.public_id, NOW)
    clock.forward(minutes=1)
    sent = client.post(FORM, FIELDS | {"challenge": token.token, "solution": solve(token)})
    assert {client.get(FORM).status_code, sent.status_code, client.get(f"{FORM}wyslano/").status_code} == {
        404
    }
    assert not OutboxMail.objects.exists()


def test_without_an_address_there_is_no_button(client: Any, rafal: Practitioner) -> None:
    Practitioner.objects.update(email="")
    assert "kontakt/" not in client.get(PROFILE).content.decode()
    assert client.get(FORM).status_code == 404


def test_a_person_refuses_and_comes_back(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock)
    refuse = link_in("contact-message")
    client.post(refuse, {"refuse": "1"})
    client.post(refuse, {"refuse": "1"})
    assert "Nikt nie napisze" in page_of(client.get(refuse)).h1.get_text()
    assert FORM not in client.get(PROFILE).content.decode()
    assert client.get(FORM).status_code == 404
    told = OutboxMail.objects.get(kind="contact-refusal")
    assert (told.recipient, refuse in told.text) == (HIS, True), "he hears of it, once, with the way back"
    client.post(refuse, {"refuse": "0"})
    assert FORM in client.get(PROFILE).content.decode()


def test_a_refusal_counts_for_the_english_page_too(
    client: Any, rafal: Practitioner, english_base: Any
) -> None:
    refusing.decide(person=rafal, refuse=True, now=NOW)
    assert "kontakt/" not in client.get(f"/en{PROFILE}").content.decode()


@pytest.mark.parametrize("token", ["x", "rafal:abc", "%00", "a" * 3000])
def test_a_forged_link_leads_nowhere(client: Any, rafal: Practitioner, token: str) -> None:
    for url in (f"/wiadomosci/odmowa/{token}/", f"/wiadomosci/potwierdzenie/{token}/"):
        assert client.get(url).status_code == 404
        assert client.post(url, {"refuse": "1"}).status_code == 404
    assert not ContactRefusal.objects.exists()


def test_what_went_before_a_refusal_and_waits_is_not_sent(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    write(client, clock, solution="")
    refusing.decide(person=rafal, refuse=True, now=NOW)
    answer = client.post(link_in("contact-confirm"))
    assert answer.status_code == 410
    assert "nie przyjmuje już wiadomości" in page_of(answer).get_text()
    assert "contact-message" not in kinds()


# ---- limits


def many(client: Any, clock: Clock, times: int, **changes: Any) -> list[int]:
    return [
        write(client, clock, **{name: value.format(n) for name, value in changes.items()}).status_code
        for n in range(times)
    ]


def test_a_sender_has_a_limit_and_keeps_what_was_typed(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    assert set(many(client, clock, limits.SENDER.most)) == {302}
    stopped = write(client, clock, email=HERS.upper().replace("@", "+nowy@"))
    assert stopped.status_code == 429
    assert int(stopped["Retry-After"]) > 0
    assert "Spróbuj jutro" in errors(stopped)
    assert page_of(stopped).select_one("[name=message]").get_text().strip() == TEXT
    assert write(client, clock).status_code == 429
    assert ContactLog.objects.filter(state=State.REFUSED).count() == 1, "one line for many tries"
    assert write(client, clock, email="inna@example.org").status_code == 302
    clock.forward(days=1)
    assert write(client, clock).status_code == 302


def test_a_network_has_a_limit(client: Any, rafal: Practitioner, clock: Clock) -> None:
    statuses = many(client, clock, limits.NETWORK.most + 1, email="osoba{}@example.org", solution="")
    assert statuses == [302] * limits.NETWORK.most + [429]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert write(elsewhere, clock, email="inna@example.org").status_code == 302


def test_who_is_stopped_over_and_over_does_not_fill_the_log(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    times = limits.NETWORK.most + limits.NOTED.most + 3
    statuses = many(client, clock, times, email="osoba{}@example.org", solution="")
    assert statuses.count(429) == limits.NOTED.most + 3
    assert ContactLog.objects.filter(state=State.REFUSED).count() == limits.NOTED.most


def test_a_form_sent_without_and_then_with_the_work_still_waits(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    hidden = opened(client)
    clock.forward(minutes=1)
    for solution in ("", hidden["solution"]):
        answer = client.post(FORM, hidden | FIELDS | {"solution": solution})
        assert answer.url.endswith("/sprawdz-poczte/")
    assert kinds() == ["contact-confirm"]


def test_a_person_has_a_limit_that_unconfirmed_messages_do_not_use_up(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    write(client, clock, solution="")
    for number in range(limits.RECIPIENT.most):
        elsewhere = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert write(elsewhere, clock, email=f"osoba{number}@example.org").status_code == 302
    stopped = write(client, clock)
    assert stopped.status_code == 429
    assert "Ta osoba dostała dziś" in errors(stopped)
    waits = client.post(link_in("contact-confirm"))
    assert waits.status_code == 429
    assert PendingContact.objects.count() == 1


def test_a_stopped_message_takes_no_place_of_other_limits(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    many(client, clock, limits.SENDER.most + 3)
    counted = ContactCount.objects.get(key__startswith="network")
    assert counted.count == limits.SENDER.most
