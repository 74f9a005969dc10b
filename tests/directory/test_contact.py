"""Writing to somebody in the base: what the sender and the person notice."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.contact import refusing, retention
from directory.models import ContactCount, ContactLog, ContactRefusal, PendingContact, Practitioner
from home.mail import outbox
from home.models import OutboxMail
from tests.postman import Postman

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
    write,
)
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db]
State = ContactLog.State


# ---- a message that goes


def test_a_reader_writes_and_both_get_mail(
    client: Any, rafal: Practitioner, clock: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    button = page_of(client.get(PROFILE)).select_one(f"a[href='{FORM}']")
    assert button.get_text() == "Napisz wiadomość"
    with django_capture_on_commit_callbacks(execute=True):
        response = write(client, clock)
    assert (response.status_code, response.url) == (302, f"{FORM}wyslano/")
    assert "Wiadomość przekazana" in page_of(client.get(response.url)).h1.get_text()
    to_him, to_her = sorted(mailbox.outbox, key=lambda mail: mail.to != [HIS])
    assert (to_him.to, to_him.reply_to) == ([HIS], [HERS])
    assert TEXT in to_him.body
    assert "Ewa Nadawczyni" in to_him.body
    assert (to_her.to, to_her.reply_to) == ([HERS], [])
    assert "Rafał Smoleń" in to_her.body
    assert HIS not in to_her.body + to_her.subject
    assert TEXT not in to_her.body, "her address is not confirmed: nobody gets a stranger's text by our form"
    log = ContactLog.objects.get()
    assert (log.practitioner, log.state, log.created_at) == (rafal, State.SENT, NOW + timedelta(minutes=1))


def test_no_page_of_the_flow_shows_an_address(client: Any, rafal: Practitioner, clock: Clock) -> None:
    pages = [client.get(PROFILE), client.get(FORM)]
    sent = write(client, clock)
    pages += [sent, client.get(sent.url)]
    waits = write(client, clock, solution="")
    pages += [waits, client.get(waits.url)]
    confirm, refuse = link_in("contact-confirm"), link_in("contact-message")
    pages += [client.get(confirm), client.post(confirm), client.get(confirm)]
    pages += [client.get(refuse), client.post(refuse, {"refuse": "1"}), client.get(refuse)]
    assert [page.status_code for page in pages if page.status_code not in (200, 302)] == []
    for page in pages:
        whole = page.content.decode() + str(page.headers)
        assert HIS not in whole
        assert HERS not in whole
        assert "Ewa Nadawczyni" not in whole


def test_what_the_log_keeps_names_no_sender(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock)
    kept = repr(list(ContactLog.objects.values())) + repr(list(ContactCount.objects.values()))
    for trace in ("ewa", "Ewa", "example", TEXT, "127.0.0.1"):
        assert trace not in kept


def test_english_readers_write_in_english(
    client: Any, rafal: Practitioner, clock: Clock, english_base: Any
) -> None:
    url = f"/en{FORM}"
    assert write(client, clock, url).url == f"{url}wyslano/"
    assert "Adresatka" not in OutboxMail.objects.get(kind="contact-copy").text
    assert "pisze do Ciebie" in OutboxMail.objects.get(kind="contact-message").text, "he reads Polish"
    assert page_of(client.get(url)).html["lang"] == "en"


def test_with_the_mail_server_away_it_goes_later_and_once(
    client: Any,
    rafal: Practitioner,
    clock: Clock,
    postman: Postman,
    django_capture_on_commit_callbacks: Any,
) -> None:
    postman.closed = True
    hidden = opened(client)
    clock.forward(minutes=1)
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(FORM, hidden | FIELDS).url.endswith("/wyslano/")
    assert postman.letters == []
    postman.closed = False
    later = clock.now + timedelta(minutes=5)
    assert outbox.deliver_due(later) == 2
    assert outbox.deliver_due(later + timedelta(hours=9)) == 0
    assert sorted(letter.rcpt_tos for letter in postman.letters) == [[HERS], [HIS]]
    (his,) = (letter for letter in postman.letters if letter.rcpt_tos == [HIS])
    read: Any = message_from_bytes(his.content, policy=policy.default)
    assert read["Reply-To"] == HERS
    assert TEXT in read.get_content()


# ---- what is typed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "", "email": "", "message": "", "consent": ""}, "To pole jest wymagane"),
        ({"consent": ""}, "Bez tej zgody"),
        ({"email": "ewa"}, "adres"),
        ({"email": "ewa@example.com\nBcc: x@example.org"}, "adres"),
        ({"message": "Za krótko."}, "20"),
        ({"message": "ą" * 10_000}, "3000"),
        ({"message": TEXT + " https://a.example www.b.example http://c.example"}, "najwyżej 2 odnośniki"),
        ({"website": "https://example.org"}, "automaty"),
        ({"challenge": "zmyślone"}, "ważność"),
        ({"challenge": ""}, "ważność"),
        ({"solution": "nie liczba"}, "Nie udało się sprawdzić"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Any, rafal: Practitioner, clock: Clock, changes: dict[str, str], said: str
) -> None:
    response = write(client, clock, **changes)
    assert response.status_code == 200
    assert said in errors(response)
    form = page_of(response).select_one("form[data-proof]")
    typed = FIELDS | changes
    assert form.select_one("[name=name]").get("value", "") == typed["name"]
    assert form.select_one("[name=message]").get_text().strip() == typed["message"]
    assert OutboxMail.objects.count() == ContactLog.objects.count() == 0


def test_a_form_sent_with_a_mistake_needs_no_new_work(client: Any, rafal: Practitioner, clock: Clock) -> None:
    response = write(client, clock, message="Za krótko.")
    hidden = {tag["name"]: tag["value"] for tag in page_of(response).select("form input[type=hidden]")}
    assert hidden["solution"]
    assert client.post(FORM, hidden | FIELDS).url.endswith("/wyslano/")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Ewa\r\nBcc: wszyscy@example.org", TEXT),
        ("Ewa \U0001f333", TEXT + " \U0001f333\U0001f469\u200d\U0001f33e"),
        ("<script>alert(1)</script>", "<script>alert(1)</script> i jeszcze kilka słów"),
        ("Ewa\x00Ada", TEXT + "\x00"),
    ],
)
def test_odd_signs_break_nothing(
    client: Any,
    rafal: Practitioner,
    clock: Clock,
    name: str,
    message: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = write(client, clock, name=name, message=message)
    assert response.status_code == 302
    (his,) = (mail for mail in mailbox.outbox if mail.to == [HIS])
    head, _body = his.message().as_bytes().split(b"\n\n", 1)
    assert b"Bcc" not in head
    assert his.recipients() == [HIS]
    assert message.replace("\0", "") in his.body
    assert "\nBcc" not in his.body
    again = write(client, clock, name=name, message=message, consent="")
    assert "<script>alert" not in again.content.decode()


def test_to_look_changes_nothing(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock, solution="")
    confirm = link_in("contact-confirm")
    refuse = f"/wiadomosci/odmowa/{refusing.token_of(rafal)}/"
    before = (kinds(), list(ContactLog.objects.values()), list(PendingContact.objects.values()))
    for url in (FORM, confirm, refuse, f"{FORM}wyslano/", f"{FORM}?name=x&solution=1"):
        assert client.get(url).status_code == 200
        assert client.head(url).status_code == 200
    assert (kinds(), list(ContactLog.objects.values()), list(PendingContact.objects.values())) == before
    assert not ContactRefusal.objects.exists()


def test_no_answer_is_kept_by_a_cache(client: Any, rafal: Practitioner) -> None:
    assert "no-store" in client.get(FORM)["Cache-Control"]


def test_another_site_can_not_send_the_form(rafal: Practitioner, clock: Clock) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert write(strict, clock).status_code == 403
    assert not OutboxMail.objects.exists()


def test_queries_of_the_form_are_few(client: Any, rafal: Practitioner) -> None:
    client.get(FORM)
    with CaptureQueriesContext(connection) as captured:
        client.get(FORM)
    assert len(captured) <= 8


# ---- without JavaScript


def test_without_scripts_the_sender_confirms(client: Any, rafal: Practitioner, clock: Clock) -> None:
    response = write(client, clock, solution="")
    assert response.url == f"{FORM}sprawdz-poczte/"
    assert "Sprawdź pocztę" in page_of(client.get(response.url)).h1.get_text()
    assert kinds() == ["contact-confirm"]
    assert TEXT not in OutboxMail.objects.get().text
    confirm = link_in("contact-confirm")
    assert len(page_of(client.get(confirm)).select("main form button")) == 1
    for _click in range(2):
        assert client.post(confirm).url == confirm
    assert "Wiadomość przekazana" in page_of(client.get(confirm)).h1.get_text()
    assert kinds() == ["contact-confirm", "contact-copy", "contact-message"]
    assert OutboxMail.objects.get(kind="contact-message").reply_to == HERS
    assert TEXT in OutboxMail.objects.get(kind="contact-copy").text
    assert ContactLog.objects.get().state == State.SENT
    assert not PendingContact.objects.exists()


def test_an_unconfirmed_message_is_gone_after_a_day(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock, solution="")
    confirm = link_in("contact-confirm")
    clock.forward(hours=23)
    retention.erase_old(clock.now)
    assert client.get(confirm).status_code == 200
    clock.forward(hours=1, minutes=1)
    assert client.get(confirm).status_code == client.post(confirm).status_code == 410, "before any job ran"
    retention.erase_old(clock.now)
    assert not PendingContact.objects.exists()
    assert client.post(confirm).status_code == 410
    assert ContactLog.objects.get().state == State.EXPIRED
    assert "contact-message" not in kinds()
