"""Who can be written to, and how a person says no, and yes again, by the link in each mail."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction
from wagtail.log_actions import log

from directory.contact import letters
from directory.models.contact import ContactRefusal
from directory.models.practitioners import Practitioner

SALT = "directory.contact.refuse"
REFUSE_ACTION = "directory.contact"


def can_be_written_to(person: Practitioner) -> bool:
    """Of a visible person: has an address here and has not refused messages."""
    source = person.source
    if not (source.pk and source.email):
        return False
    return not (refused(source) if person.refuses is None else person.refuses)


def refused(source: Practitioner) -> bool:
    return ContactRefusal.objects.filter(practitioner=source.pk).exists()


def token_of(source: Practitioner) -> str:
    return signing.Signer(salt=SALT).sign(source.public_id)


def person_of(token: str) -> Practitioner | None:
    """Whose link it is, whatever the state of the entry; None for a forged one and for who is gone."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Practitioner.objects.filter(public_id=public_id, locale__language_code="pl").first()


@transaction.atomic
def decide(*, person: Practitioner, refuse: bool, now: datetime) -> bool:
    """Stop messages to a person or let them come again; whether that changed anything.

    The person is told by mail: should a link have come into other hands, it does not work in silence.
    """
    source = Practitioner.objects.select_for_update().get(pk=person.pk)
    if refuse:
        changed = ContactRefusal.objects.get_or_create(practitioner=source, defaults={"since": now})[1]
    else:
        changed = bool(ContactRefusal.objects.filter(practitioner=source).delete()[0])
    if changed:
        log(source, REFUSE_ACTION, data={"refused": refuse}, timestamp=now)
        if source.email:
            letters.decided(source.email, refused=refuse, token=token_of(source), now=now)
    return changed
