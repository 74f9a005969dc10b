"""Write, send, retry: nothing lost, nothing sent twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django_tasks import task

from home.models.mail import OutboxMail

State = OutboxMail.State

LAST_ATTEMPT = 8
FIRST_WAIT = timedelta(minutes=1)
STUCK_AFTER = timedelta(minutes=15)
BODY_KEPT = timedelta(days=30)
BATCH = 50


def put(
    *,
    now: datetime,
    kind: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    unsubscribe_url: str = "",
    key: str | None = None,
    not_before: datetime | None = None,
) -> OutboxMail:
    """Write a mail into the outbox of the current transaction; the worker sends it after the commit.

    With a `key` that is there already nothing is written and the mail that has it is returned.
    `unsubscribe_url` is where one POST ends such mails (RFC 8058). Raises ValidationError for an address that is none.
    """
    values = {
        "kind": kind,
        "recipient": recipient,
        "subject": " ".join(subject.split())[:200],
        "text": text,
        "html": html,
        "reply_to": reply_to,
        "unsubscribe_url": unsubscribe_url,
        "created_at": now,
        "not_before": not_before or now,
    }
    OutboxMail(**values).clean_fields(exclude=["key"])
    if key is None:
        mail = OutboxMail.objects.create(**values)
    else:
        mail, _ = OutboxMail.objects.get_or_create(key=key, defaults=values)
    transaction.on_commit(lambda: deliver_one.enqueue(mail.pk))
    return mail


@task()
def deliver_one(pk: int) -> None:
    from django.utils import timezone

    deliver(pk, timezone.now())


def deliver_due(now: datetime) -> int:
    """Send what is due, at most a batch; the number that the server accepted."""
    return sum(deliver(pk, now) for pk in OutboxMail.objects.due(now).values_list("pk", flat=True)[:BATCH])


def deliver(pk: int, now: datetime) -> bool:
    """Send one mail if it is due and nobody else has taken it; whether the server accepted it.

    The taking is a conditional UPDATE in a transaction of its own: of two workers one gets the row.
    """
    taken = (
        OutboxMail.objects.due(now)
        .filter(pk=pk)
        .order_by()
        .update(state=State.SENDING, taken_at=now, attempts=F("attempts") + 1)
    )
    if not taken:
        return False
    mail = OutboxMail.objects.get(pk=pk)
    try:
        message_for(mail).send()
    except Exception as error:  # whatever the server or the network said, the mail waits for the next try
        fail(mail, error, now)
        return False
    OutboxMail.objects.filter(pk=pk).update(state=State.SENT, sent_at=now, error="")
    return True


def fail(mail: OutboxMail, error: Exception, now: datetime) -> None:
    """Wait twice as long after each failure; after the last the staff decide."""
    mail.error = f"{type(error).__name__}: {error}"[:300]
    mail.state = State.FAILED if mail.attempts >= LAST_ATTEMPT else State.WAITING
    mail.not_before = now + FIRST_WAIT * 2 ** (mail.attempts - 1)
    mail.save(update_fields=["error", "state", "not_before"])


def message_for(mail: OutboxMail) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": make_msgid(idstring=f"outbox-{mail.pk}", domain="outbox.invalid"),
        "X-Outbox": str(mail.pk),
        "Auto-Submitted": "auto-generated",
    }
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def settle_stuck(now: datetime) -> int:
    """Mark what a dead worker left half-sent; the number of mails that the staff must look at."""
    return OutboxMail.objects.stuck(now - STUCK_AFTER).update(state=State.UNSURE)


def send_again(*, mail: OutboxMail, now: datetime) -> None:
    """By a person's decision: one more round of tries."""
    OutboxMail.objects.filter(pk=mail.pk).exclude(state__in=[State.WAITING, State.SENDING]).update(
        state=State.WAITING, attempts=0, not_before=now, sent_at=None, error=""
    )
    transaction.on_commit(lambda: deliver_one.enqueue(mail.pk))


def erase_old_bodies(now: datetime) -> int:
    """What was written is forgotten after 30 days; that it was sent stays."""
    old = OutboxMail.objects.filter(state=State.SENT, sent_at__lt=now - BODY_KEPT).exclude(text="")
    return old.update(text="", html="", reply_to="", unsubscribe_url="")
