"""Links and the visits that they open.

A link is a signed random secret. GET shows a button and changes nothing, because mail scanners follow links; POST uses
the link up and opens a visit: a second secret in a cookie, good for an hour. A visit hangs on the row of its link, so
erasing the person, changing the address on file or "Zakończ" ends it at once, on every machine.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from directory.models import EntryLink, Practitioner
from home.models.mail import OutboxMail
from home.querysets import SOURCE_LANGUAGE

from .limits import keyed

LIFE = {
    EntryLink.Purpose.ASKED: timedelta(hours=24),
    EntryLink.Purpose.FRESHNESS: timedelta(days=31),
    EntryLink.Purpose.DECISION: timedelta(days=14),
    EntryLink.Purpose.HANDED_OVER: timedelta(days=14),
}
VISIT = timedelta(hours=1)
KEPT = timedelta(days=90)
COOKIE = "moj_wpis"
#: People with one address (an office's) who get a link each.
MOST_ENTRIES = 10
_signer = Signer(salt="directory.self_service", sep=".")
IN_TEXT = re.compile(r"(/moj-wpis/odnosnik/)[\w.-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """`link` is None for a forged or unknown one."""

    link: EntryLink | None
    usable: bool = False


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def people_at(address: str) -> list[Practitioner]:
    """The Polish rows with that e-mail address, whatever their state."""
    rows = Practitioner.objects.with_address(address).filter(locale__language_code=SOURCE_LANGUAGE)
    return list(rows.select_related("locale").order_by("pk")[:MOST_ENTRIES])


def issue(*, person: Practitioner, purpose: EntryLink.Purpose, now: datetime) -> tuple[EntryLink, str]:
    """A new link and its path; the secret is in the path and nowhere else."""
    token = _signer.sign(secrets.token_urlsafe(24))
    link = EntryLink.objects.create(
        practitioner=person,
        purpose=purpose,
        token_hash=hashed(token),
        address_hash=keyed(person.email),
        created_at=now,
        expires_at=now + LIFE[purpose],
    )
    return link, reverse("self_service_link", args=[token])


def look_up(token: str, now: datetime) -> Found:
    try:
        _signer.unsign(token)
    except BadSignature:
        return Found(None)
    link = EntryLink.objects.select_related("practitioner__locale").filter(token_hash=hashed(token)).first()
    if link is None or link.address_hash != keyed(link.practitioner.email):
        return Found(None)
    return Found(link, link.used_at is None and link.expires_at > now)


@transaction.atomic
def use(link: EntryLink, now: datetime) -> str | None:
    """Use a link up: the secret of the visit it opens, or None when somebody was faster or it is too late."""
    secret = _signer.sign(secrets.token_urlsafe(24))
    won = EntryLink.objects.usable(now).filter(pk=link.pk).update(used_at=now, visit_hash=hashed(secret))
    if not won:
        return None
    strike([link.mail_id])
    return secret


def visitor(secret: str, now: datetime) -> EntryLink | None:
    """The link by which somebody is here, with its person."""
    if not secret:
        return None
    try:
        _signer.unsign(secret)
    except BadSignature:
        return None
    links = EntryLink.objects.open(now, VISIT).select_related(
        "practitioner__locale", "practitioner__municipality"
    )
    link = links.filter(visit_hash=hashed(secret)).first()
    return link if link and link.address_hash == keyed(link.practitioner.email) else None


def leave(link: EntryLink) -> None:
    EntryLink.objects.filter(pk=link.pk).update(visit_hash="")


def end_all(person: Practitioner, now: datetime) -> None:
    """Links of before no longer work, and who is here by one is not any more."""
    rows = EntryLink.objects.filter(practitioner=person)
    strike(rows.values_list("mail", flat=True))
    rows.usable(now).update(expires_at=now)
    rows.update(visit_hash="")


def strike(mails: Iterable[int | None]) -> None:
    """Take a link that no longer works out of the kept text of its mail."""
    for mail in OutboxMail.objects.filter(pk__in=[pk for pk in mails if pk]).exclude(text=""):
        OutboxMail.objects.filter(pk=mail.pk).update(text=IN_TEXT.sub(r"\1…", mail.text))


def clear(now: datetime) -> int:
    """Strike what has expired out of mails, forget links of long ago; how many were forgotten."""
    expired = EntryLink.objects.filter(expires_at__lte=now, mail__isnull=False)
    keys = list(expired.values_list("pk", "mail")[:500])
    strike(mail for _pk, mail in keys)
    EntryLink.objects.filter(pk__in=[pk for pk, _mail in keys]).update(mail=None)
    return EntryLink.objects.filter(expires_at__lt=now - KEPT).delete()[0]
