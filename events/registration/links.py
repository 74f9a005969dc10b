"""The signed address by which a person sees and changes a registration: it is their ticket, until a month after the event.

GET changes nothing. Who passes the mail on passes the place on; the page says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from events.models import EventPage
from events.models.registration import Registration, ReservedSeats

KEPT = timedelta(days=30)
#: The name in the address.
INVITATION = "zaproszenie"
_signer = Signer(salt="events.registration", sep=".")
_inviter = Signer(salt="events.invitation", sep=".")


def invitation(page_id: int, pool: int | None = None) -> str:
    """The address of the form for those who are invited: to a study visit, or to reserved seats. The staff pass it on."""
    page = EventPage.objects.only("slug").get(pk=page_id)
    token = _inviter.sign(f"{page_id}-{pool or 0}")
    return f"{reverse('event_register', args=[page.slug])}?{INVITATION}={token}"


def invited(token: str, page_id: int) -> tuple[bool, int | None]:
    """Whether that is an invitation to this event, and to which reserved seats (None: to none). Those that were taken out
    since invite as everybody."""
    try:
        event, _dash, pool = _inviter.unsign(token).partition("-")
    except BadSignature:
        return False, None
    if event != str(page_id):
        return False, None
    there = ReservedSeats.objects.filter(pk=int(pool), page_id=page_id).exists()
    return True, int(pool) if there else None


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
