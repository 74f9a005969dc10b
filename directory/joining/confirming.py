"""Sending the form, and the link that confirms the address: only then is there a person.

Each passage is a conditional UPDATE of the sign-up's state, so of two at once one goes through. That two forms with one
address make one person is the constraint `one_sign_up_of_an_address_in_moderation`; who was in the base before is
looked up after it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from directory.contact import limits
from directory.models import Consent, Erased, Practitioner, SignUp, SignUpPhoto
from directory.models.joining import address_hash
from directory.self_service import photos
from directory.self_service.links import hashed, people_at
from directory.services import BY_PERSON, record_consent
from home.models.mail import OutboxMail

from . import letters
from .newcomer import person_of
from .steps import Answers
from .wording import WORDINGS

State = SignUp.State
JOIN_ACTION = "directory.join"
LIFE = timedelta(days=3)
PER_ADDRESS = limits.Limit("join-address", 3, timedelta(days=1))
PER_NETWORK = limits.Limit("join-network", 20, timedelta(hours=1))
_signer = Signer(salt="directory.joining.link", sep=".")


class Outcome(Enum):
    MADE = "made"
    KNOWN = "known"
    LATE = "late"


@transaction.atomic
def send(*, draft: SignUp, answers: Answers, network: str, language: str, now: datetime) -> None:
    """Ask the address to confirm; a second time changes nothing. Raises limits.Reached, and nothing is lost then.

    Whether the address is in the base changes nothing that the sender sees: only the mail says it.
    """
    email = answers.cleaned["email"]
    token = _signer.sign(secrets.token_urlsafe(24))
    expires = now + LIFE
    won = SignUp.objects.filter(pk=draft.pk, state=State.DRAFT).update(
        state=State.SENT,
        data=dict(answers.data),
        language=language,
        link_hash=hashed(token),
        address_hash=address_hash(email),
        changed_at=now,
        sent_at=now,
        expires_at=expires,
    )
    if not won:
        return
    limits.take({PER_ADDRESS: limits.sender_hash(email), PER_NETWORK: network}, now)
    if known := people_at(email):
        SignUp.objects.filter(pk=draft.pk).update(data={})
        SignUpPhoto.objects.filter(sign_up=draft).delete()
        letters.known(sign_up=draft, person=known[0], now=now)
    else:
        letters.confirmation(
            sign_up=draft,
            recipient=email,
            name=answers.cleaned["name"],
            token=token,
            expires=expires,
            now=now,
        )


def look_up(token: str) -> SignUp | None:
    """Whose link it is; None for a forged one, and when it was forgotten."""
    try:
        _signer.unsign(token)
    except BadSignature:
        return None
    return SignUp.objects.filter(link_hash=hashed(token)).first()


@transaction.atomic
def confirm(*, sign_up: SignUp, now: datetime) -> Outcome:
    """Use the link up and make the person, who waits for the staff. LATE when it was used or has expired."""
    usable = SignUp.objects.filter(pk=sign_up.pk, state=State.SENT, expires_at__gt=now)
    try:
        with transaction.atomic():
            won = usable.update(state=State.MODERATION, confirmed_at=now, expires_at=None)
    except IntegrityError:
        return already_there(sign_up)
    if not won:
        return Outcome.LATE
    answers = Answers(sign_up.data)
    if people_at(answers.cleaned["email"]):
        return already_there(sign_up)
    person = make(sign_up, answers, now)
    SignUp.objects.filter(pk=sign_up.pk).update(practitioner=person, data={})
    OutboxMail.objects.filter(key=letters.key_of(sign_up)).update(text="", html="")
    return Outcome.MADE


def already_there(sign_up: SignUp) -> Outcome:
    """Another form with the same address was faster."""
    SignUp.objects.filter(pk=sign_up.pk).delete()
    OutboxMail.objects.filter(key=letters.key_of(sign_up)).delete()
    return Outcome.KNOWN


def make(sign_up: SignUp, answers: Answers, now: datetime) -> Practitioner:
    """The person as a draft, with the consents as they were given. Who was erased once and comes back by themselves is
    no longer among the erased."""
    person = person_of(sign_up, answers)
    person.confirmed_at = localdate(now)
    person.save()
    if photo := SignUpPhoto.objects.filter(sign_up=sign_up).first():
        person.photo = photos.keep(person=person, content=bytes(photo.content), now=now).image
        person.save(update_fields=["photo"])
        photo.delete()
    person.save_revision(log_action=False)
    log(person, JOIN_ACTION, data={"by": BY_PERSON}, timestamp=now)
    for kind in answers.consents:
        record_consent(
            practitioner=person,
            kind=kind,
            now=sign_up.sent_at or now,
            channel=Consent.Channel.FORM,
            text_version=WORDINGS[kind].version,
        )
    Erased.objects.release(person.email)
    return person
