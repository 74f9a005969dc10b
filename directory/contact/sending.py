"""What is done with a message: handed to the outbox at once, or held until the sender confirms the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from directory.contact import letters, limits, refusing
from directory.contact.challenge import Challenge
from directory.models.contact import ContactLog, PendingContact
from directory.models.practitioners import Practitioner

State = ContactLog.State
SALT = "directory.contact.confirm"
CONFIRMED_WITHIN = timedelta(hours=24)
# One line in the log for many tries of one sender at one person.
REFUSALS_APART = timedelta(hours=1)


class Unreachable(Exception):
    """The person left the base, has no address or refused messages meanwhile."""


class AlreadyUsed(Exception):
    """The form was good for one message, and another one went with it."""


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    email: str
    message: str
    language: str


def submit(
    *, person: Practitioner, letter: Letter, challenge: Challenge, solved: bool, network: str, now: datetime
) -> ContactLog:
    """Send a message, or without a solved challenge ask its sender to confirm it; the same one again changes nothing.

    `network` is limits.network_hash. Raises Unreachable, AlreadyUsed and limits.Reached; of the last a line stays in the
    log.
    """
    sender = limits.sender_hash(letter.email)
    try:
        return _store(person.source, letter, challenge, solved, sender, network, now)
    except limits.Reached:
        note_refused(person.source, sender, network, now)
        raise


@transaction.atomic
def _store(
    source: Practitioner,
    letter: Letter,
    challenge: Challenge,
    solved: bool,
    sender: str,
    network: str,
    now: datetime,
) -> ContactLog:
    source = locked(source.pk)
    digest = salted_hmac(
        f"{SALT}.digest", "\0".join((letter.email, letter.name, letter.message)), algorithm="sha256"
    ).hexdigest()
    log, new = ContactLog.objects.get_or_create(
        nonce=challenge.nonce,
        defaults={
            "practitioner": source,
            "created_at": now,
            "state": State.SENT if solved else State.WAITING,
            "sender": sender,
            "digest": digest,
        },
    )
    if not new:
        if log.digest != digest:
            raise AlreadyUsed
        return log
    wanted = {limits.SENDER: sender, limits.NETWORK: network}
    if solved:
        limits.take(wanted | {limits.RECIPIENT: source.public_id}, now)
        hand_over(source, letter, challenge.nonce, confirmed=False, now=now)
        return log
    limits.take(wanted, now)
    PendingContact.objects.create(
        log=log,
        practitioner=source,
        name=letter.name,
        email=letter.email,
        message=letter.message,
        language=letter.language,
        created_at=now,
    )
    letters.confirmation(
        sender=letter.email,
        nonce=challenge.nonce,
        person=source.name,
        token=signing.Signer(salt=SALT).sign(challenge.nonce),
        language=letter.language,
        now=now,
    )
    return log


def locked(pk: int) -> Practitioner:
    """The person's Polish row, if a message may reach it now: nobody erases or refuses beside us. Raises Unreachable."""
    source = Practitioner.objects.select_for_update().filter(pk=pk).first()
    if source is None or not refusing.can_be_written_to(source):
        raise Unreachable
    if not Practitioner.objects.visible("pl").filter(pk=pk).exists():
        raise Unreachable
    return source


def hand_over(source: Practitioner, letter: Letter, nonce: str, *, confirmed: bool, now: datetime) -> None:
    letters.message(
        recipient=source.email,
        nonce=nonce,
        name=letter.name,
        reply_to=letter.email,
        text=letter.message,
        refuse_token=refusing.token_of(source),
        now=now,
    )
    letters.copy(
        sender=letter.email,
        nonce=nonce,
        person=source.name,
        text=letter.message if confirmed else "",
        language=letter.language,
        now=now,
    )


def note_refused(source: Practitioner, sender: str, network: str, now: datetime) -> None:
    """A line in the log; a network that is stopped over and over under other names does not fill it."""
    lately = ContactLog.objects.filter(
        practitioner=source.pk, sender=sender, state=State.REFUSED, created_at__gt=now - REFUSALS_APART
    )
    if lately.exists():
        return
    try:
        with transaction.atomic():
            limits.take({limits.NOTED: network or sender}, now)
            ContactLog.objects.create(
                practitioner_id=source.pk, sender=sender, state=State.REFUSED, created_at=now
            )
    except limits.Reached:
        return


def log_of(token: str) -> ContactLog | None:
    """The message that a confirmation link is about; None for a forged link and for one long gone."""
    try:
        nonce = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return ContactLog.objects.filter(nonce=nonce).first()


def waits(log: ContactLog, now: datetime) -> bool:
    """Whether the message can still be confirmed."""
    return PendingContact.objects.filter(log=log, created_at__gt=now - CONFIRMED_WITHIN).exists()


@transaction.atomic
def confirm(*, log: ContactLog, now: datetime) -> bool:
    """Send a message that waited; False when there is none any more. Once is enough: a second time changes nothing.

    Raises Unreachable and limits.Reached; the message goes on waiting then.
    """
    pending = (
        PendingContact.objects.select_for_update()
        .filter(log=log, created_at__gt=now - CONFIRMED_WITHIN)
        .first()
    )
    if pending is None or log.nonce is None:
        return ContactLog.objects.filter(pk=log.pk, state=State.SENT).exists()
    source = locked(pending.practitioner_id)
    limits.take({limits.RECIPIENT: source.public_id}, now)
    letter = Letter(pending.name, pending.email, pending.message, pending.language)
    hand_over(source, letter, log.nonce, confirmed=True, now=now)
    pending.delete()
    ContactLog.objects.filter(pk=log.pk).update(state=State.SENT)
    return True
