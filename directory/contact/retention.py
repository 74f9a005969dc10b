"""What is forgotten of a contact, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from directory.contact import letters
from directory.contact.sending import CONFIRMED_WITHIN
from directory.models.contact import ContactCount, ContactLog, PendingContact
from directory.models.practitioners import Practitioner
from home.models.mail import OutboxMail

State = OutboxMail.State

LOG_KEPT = timedelta(days=90)
MAIL_KEPT = timedelta(days=1)
UNSENT_KEPT = timedelta(days=30)


def erase_old(now: datetime) -> int:
    """The clock's job: unconfirmed messages after 24 hours, mails a day after they went (or 30 days where they never
    did), counts when their window is over, the log after 90 days; how many rows went."""
    mails = OutboxMail.objects.filter(kind__startswith=f"{letters.KIND}-")
    ContactLog.objects.filter(state=ContactLog.State.WAITING, created_at__lte=now - CONFIRMED_WITHIN).update(
        state=ContactLog.State.EXPIRED
    )
    gone = [
        PendingContact.objects.filter(created_at__lte=now - CONFIRMED_WITHIN),
        ContactCount.objects.filter(until__lte=now),
        mails.filter(
            Q(state=State.SENT, sent_at__lte=now - MAIL_KEPT)
            | Q(state__in=[State.FAILED, State.UNSURE], created_at__lte=now - UNSENT_KEPT)
        ),
        ContactLog.objects.filter(created_at__lte=now - LOG_KEPT),
    ]
    return sum(rows.delete()[0] for rows in gone)


def forget(source: Practitioner) -> None:
    """Of a person who is about to be erased: mails to those who wrote. The log stays and names nobody."""
    nonces = (
        ContactLog.objects.filter(practitioner=source).exclude(nonce=None).values_list("nonce", flat=True)
    )
    keys = [
        letters.key_of(nonce, what) for nonce in nonces if nonce for what in ("message", "copy", "confirm")
    ]
    OutboxMail.objects.filter(key__in=keys).delete()
    ContactCount.objects.filter(key__endswith=f":{source.public_id}").delete()
