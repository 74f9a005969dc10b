"""What is kept while the form is filled in: a row here, and in the browser only a signed secret that leads to it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.db import transaction

from directory.contact import limits
from directory.models import SignUp, SignUpPhoto
from directory.models.joining import address_hash
from directory.self_service import photos
from directory.self_service.links import hashed

from .steps import Step, Typed

COOKIE = "dolacz"
KEPT = timedelta(days=7)
#: Forms that one network may begin.
BEGUN = limits.Limit("join-begun", 40, timedelta(hours=1))
#: Photographs that one network may send, good or not: to look at one costs more than to keep a form.
PHOTOS = limits.Limit("join-photos", 40, timedelta(hours=1))
_signer = Signer(salt="directory.joining.draft", sep=".")


def look_up(secret: str) -> SignUp | None:
    """The form that this browser fills in; None for a forged secret, and when the form was sent or forgotten."""
    try:
        _signer.unsign(secret)
    except BadSignature:
        return None
    return SignUp.objects.filter(secret_hash=hashed(secret), state=SignUp.State.DRAFT).first()


def was_sent(secret: str) -> bool:
    """Whether this browser's last form is on its way already."""
    sent = SignUp.objects.filter(secret_hash=hashed(secret)).exclude(state=SignUp.State.DRAFT)
    return bool(secret) and sent.exists()


@transaction.atomic
def begin(*, network: str, now: datetime) -> tuple[SignUp, str]:
    """An empty draft and the secret that leads to it; `network` is limits.network_hash. Raises limits.Reached."""
    limits.take({BEGUN: network}, now)
    secret = _signer.sign(secrets.token_urlsafe(24))
    return SignUp.objects.create(secret_hash=hashed(secret), changed_at=now), secret


@transaction.atomic
def save(*, draft: SignUp, step: Step, typed: Typed, now: datetime) -> SignUp | None:
    """Keep what was typed in one step, right or wrong; another tab's other steps stay. None when it was sent meanwhile."""
    row = SignUp.objects.select_for_update().filter(pk=draft.pk, state=SignUp.State.DRAFT).first()
    if row is None:
        return None
    row.data = row.data | {step.slug: typed}
    row.changed_at = now
    if isinstance(email := typed.get("email"), str):
        row.address_hash = address_hash(email)
    row.save(update_fields=["data", "changed_at", "address_hash"])
    return row


def keep_photo(*, draft: SignUp, upload: UploadedFile[bytes], network: str, now: datetime) -> None:
    """In place of the one before. Raises ValidationError for what is no photograph, and limits.Reached."""
    with transaction.atomic():
        limits.take({PHOTOS: network}, now)
    content = photos.PhotoField().clean(upload)
    with transaction.atomic():
        # Locked, so that nobody sends the form meanwhile.
        row = SignUp.objects.select_for_update().filter(pk=draft.pk, state=SignUp.State.DRAFT).first()
        if row:
            SignUpPhoto.objects.update_or_create(sign_up=row, defaults={"content": content})


def remove_photo(draft: SignUp) -> None:
    SignUpPhoto.objects.filter(sign_up=draft, sign_up__state=SignUp.State.DRAFT).delete()


def remove(draft: SignUp) -> None:
    SignUp.objects.filter(pk=draft.pk, state=SignUp.State.DRAFT).delete()
