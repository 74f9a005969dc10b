"""The signed address by which a person sees and changes a registration: it is their ticket, until a month after the event.

GET changes nothing. Who passes the mail on passes the place on; the page says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from events.models.registration import Registration

KEPT = timedelta(days=30)
_signer = Signer(salt="events.registration", sep=".")


def path_of(registration: Registration) -> str:
    return reverse("event_registration", args=[_signer.sign(registration.public_id.hex)])


def look_up(token: str, now: datetime) -> Registration | None:
    """None for a forged, unknown or expired one."""
    try:
        public_id = _signer.unsign(token)
    except BadSignature:
        return None
    found = (
        Registration.objects.select_related("page__municipality", "page__locale", "municipality")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or (found.page.ends_at and found.page.ends_at + KEPT < now):
        return None
    return found
