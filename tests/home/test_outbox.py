"""The outbox: nothing lost, nothing twice, a real SMTP server at the other end."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from home import clock
from home.mail import outbox
from home.models import OutboxMail
from tests.postman import Postman

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
State = OutboxMail.State


def put(**changes: Any) -> OutboxMail:
    values = {
        "now": NOW,
        "kind": "test",
        "recipient": "anna@example.org",
        "subject": "Zażółć",
        "text": "Treść",
    } | changes
    return outbox.put(**values)


@pytest.mark.django_db(transaction=True)
def test_a_mail_written_in_a_transaction_reaches_a_real_server(postman: Postman) -> None:
    with transaction.atomic():
        mail = put(html="<p>Treść</p>", reply_to="biuro@example.org", now=datetime.now(UTC))
        assert postman.letters == []
    mail.refresh_from_db()
    assert mail.state == State.SENT
    (letter,) = postman.letters
    assert letter.rcpt_tos == ["anna@example.org"]
    assert b"Reply-To: biuro@example.org" in letter.content
    assert b"text/html" in letter.content


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_decision_sends_nothing(postman: Postman) -> None:
    def decide() -> None:
        with transaction.atomic():
            put(now=datetime.now(UTC))
            raise RuntimeError("the decision failed")

    with pytest.raises(RuntimeError):
        decide()
    assert OutboxMail.objects.count() == 0
    assert postman.letters == []


@pytest.mark.django_db
def test_a_server_that_is_away_loses_nothing(postman: Postman) -> None:
    mail = put()
    postman.closed = True
    assert outbox.deliver_due(NOW) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WAITING, 1)
    assert "451" in mail.error
    assert outbox.deliver_due(NOW) == 0, "it waits before it tries again"
    postman.closed = False
    assert outbox.deliver_due(NOW + timedelta(minutes=2)) == 1
    assert outbox.deliver_due(NOW + timedelta(hours=9)) == 0
    assert len(postman.letters) == 1


@pytest.mark.django_db
def test_after_the_last_try_the_staff_decide(
    postman: Postman, django_capture_on_commit_callbacks: Any
) -> None:
    mail = put()
    postman.closed = True
    when = NOW
    for _ in range(outbox.LAST_ATTEMPT):
        outbox.deliver_due(when)
        when += timedelta(days=2)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    postman.closed = False
    assert outbox.deliver_due(when) == 0
    outbox.send_again(mail=mail, now=when)
    assert outbox.deliver_due(when) == 1


@pytest.mark.django_db
def test_the_same_key_is_one_mail() -> None:
    assert put(key="decision-7").pk == put(key="decision-7").pk
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "nie adres", "a@b", "anna@example.org\nBcc: x@example.org"])
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValidationError):
        put(recipient=address)
    assert OutboxMail.objects.count() == 0


@pytest.mark.django_db
def test_a_subject_can_carry_no_header() -> None:
    assert "\n" not in put(subject="Temat\r\nBcc: x@example.org").subject


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_not_sent_twice(postman: Postman) -> None:
    mail = put()
    OutboxMail.objects.update(state=State.SENDING, taken_at=NOW)
    assert outbox.deliver_due(NOW + timedelta(hours=1)) == 0
    assert outbox.settle_stuck(NOW + timedelta(hours=1)) == 1
    mail.refresh_from_db()
    assert mail.state == State.UNSURE
    assert postman.letters == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail_once(postman: Postman) -> None:
    mails = [put(subject=f"Numer {number}") for number in range(6)]
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            for mail in mails:
                outbox.deliver(mail.pk, NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(postman.letters) == len(mails)


@pytest.mark.django_db
def test_bodies_are_forgotten_after_thirty_days() -> None:
    mail = put()
    OutboxMail.objects.update(state=State.SENT, sent_at=NOW)
    assert outbox.erase_old_bodies(NOW + timedelta(days=29)) == 0
    assert outbox.erase_old_bodies(NOW + timedelta(days=31)) == 1
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")
    assert mail.subject == "Zażółć"


@pytest.mark.django_db
def test_tick_sends_what_is_due(postman: Postman) -> None:
    put(now=datetime.now(UTC))
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)
    assert len(postman.letters) == 1


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def broken(now: datetime) -> None:
        raise ZeroDivisionError

    jobs = type(clock.jobs)()
    jobs.register("broken", broken, order=1)
    jobs.register("sound", lambda now: done.append("sound"), order=2)
    monkeypatch.setattr(clock, "jobs", jobs)
    answers = clock.run_due(NOW)
    assert isinstance(answers["broken"], ZeroDivisionError)
    assert done == ["sound"]
    with pytest.raises(SystemExit):
        call_command("tick", verbosity=0)


@pytest.mark.django_db
def test_the_staff_see_and_send_again(admin_client: Any) -> None:
    mail = put(subject="Decyzja w sprawie forum")
    OutboxMail.objects.update(state=State.FAILED)
    listed = admin_client.get("/admin/home/outboxmail/")
    assert "Decyzja w sprawie forum" in listed.content.decode()
    url = f"/admin/poczta/{mail.pk}/jeszcze-raz/"
    assert admin_client.get(url).status_code == 200
    mail.refresh_from_db()
    assert mail.state == State.FAILED, "looking changes nothing"
    admin_client.post(url)
    mail.refresh_from_db()
    assert mail.state == State.WAITING
    assert admin_client.get(f"/admin/home/outboxmail/inspect/{mail.pk}/").status_code == 200


@pytest.mark.django_db
def test_strangers_see_no_mail(client: Any) -> None:
    mail = put()
    for url in ("/admin/home/outboxmail/", f"/admin/poczta/{mail.pk}/jeszcze-raz/", "/admin/skrzynka/"):
        assert client.get(url).status_code == 302


@pytest.mark.django_db
def test_the_mailbox_is_only_for_a_demo(admin_client: Any) -> None:
    put(subject="Witamy w bazie")
    OutboxMail.objects.update(state=State.SENT, sent_at=NOW)
    assert admin_client.get("/admin/skrzynka/").status_code == 404
    with override_settings(DEMO_MAILBOX=True):
        assert "Witamy w bazie" in admin_client.get("/admin/skrzynka/").content.decode()


@pytest.mark.django_db
@override_settings(EMAIL_BACKEND="home.mail.backend.MailboxBackend")
def test_a_mail_that_is_not_ours_lands_in_the_mailbox_too() -> None:
    from django.core.mail import send_mail

    send_mail("Nowe hasło", "Kliknij", None, ["redakcja@example.org"])
    assert OutboxMail.objects.get().subject == "Nowe hasło"
    put()
    outbox.deliver_due(NOW)
    assert OutboxMail.objects.count() == 2
