"""What is done with a report: stored, answered by asking the person, settled, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from directory.contact import limits
from directory.models import EntryLink, OutdatedReport, Practitioner
from directory.self_service import mails
from home.querysets import SOURCE_LANGUAGE

KEPT = timedelta(days=90)
NETWORK = limits.Limit("outdated-network", 10, timedelta(hours=1))
#: A person whom many dislike is not to bury the staff.
PERSON = limits.Limit("outdated-person", 10, timedelta(days=1))


class AlreadyUsed(Exception):
    """The form was good for one report, and another one went with it."""


@transaction.atomic
def report(
    *, person: Practitioner, text: str, answer_to: str, nonce: str, network: str, now: datetime
) -> OutdatedReport:
    """Store a report; the same form once more changes nothing. `network` is limits.network_hash. Raises
    AlreadyUsed and limits.Reached."""
    found, new = OutdatedReport.objects.get_or_create(
        nonce=nonce,
        defaults={
            "practitioner": person.source,
            "text": text,
            "answer_to": answer_to,
            "created_at": now,
        },
    )
    if new:
        limits.take({NETWORK: network, PERSON: person.source.public_id}, now)
    elif found.text != text:
        raise AlreadyUsed
    return found


def can_be_asked(found: OutdatedReport) -> bool:
    """Whether the person can get a mail about it: once, at an address on file."""
    return bool(found.practitioner.email) and found.asked_at is None and found.settled_at is None


@transaction.atomic
def ask(*, found: OutdatedReport, now: datetime) -> bool:
    """Ask the person to look at their entry and confirm it; False where they were asked already or have no address."""
    if not can_be_asked(found):
        return False
    if not OutdatedReport.objects.filter(pk=found.pk, asked_at=None, settled_at=None).update(asked_at=now):
        return False
    with translation.override(SOURCE_LANGUAGE):
        mails.write(
            person=found.practitioner,
            purpose=EntryLink.Purpose.FRESHNESS,
            kind=mails.FRESHNESS_KIND,
            subject=_("Sprawdź swój wpis w bazie praktyków"),
            template="outdated",
            context={},
            now=now,
        )
    return True


def settle(*, found: OutdatedReport, user: Any, now: datetime) -> bool:
    """The staff have done what there was to do; the reporter's address goes. False when somebody was faster."""
    open_still = OutdatedReport.objects.filter(pk=found.pk, settled_at=None)
    return bool(open_still.update(settled_at=now, settled_by=user, answer_to=""))


def erase_old(now: datetime) -> int:
    """The clock's job: reports after 90 days, settled or not."""
    return OutdatedReport.objects.filter(created_at__lte=now - KEPT).delete()[0]
