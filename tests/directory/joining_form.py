"""How tests fill in the form of those who join."""

from __future__ import annotations

from typing import Any

from django.test import Client

from home.models.mail import OutboxMail

from .own_entry import mailed

START, WHERE, WHAT, CONSENT = (
    "/dolacz/",
    "/dolacz/gdzie-i-z-kim/",
    "/dolacz/co-robisz/",
    "/dolacz/zgody-i-podglad/",
)
SENT, DONE = "/dolacz/wyslane/", "/dolacz/potwierdzone/"
EMAIL = "nowa.osoba@example.org"
WHO = {"name": "Łucja Ćwiklińska", "email": EMAIL, "headline": "prowadzę narady o wodzie"}
PLACE: dict[str, Any] = {"voivodeship": "lubelskie", "languages": ["pl", "pjm"]}
WORK: dict[str, Any] = {"experience": "Cztery narady o wodzie.", "links": "example.org/lucja"}
AGREED = {"public_profile": "on"}


def fill(
    client: Client, *, who: Any = (), place: Any = None, work: Any = None, agreed: Any = AGREED, **more: Any
) -> Any:
    """All steps in their order; the answer to the last one."""
    client.post(START, WHO | dict(who), **more)
    client.post(WHERE, PLACE if place is None else place, **more)
    client.post(WHAT, WORK if work is None else work, **more)
    return client.post(CONSENT, agreed, **more)


def join(client: Client, **answers: Any) -> str:
    """Fill in and send; the path of the link in the mail."""
    response = fill(client, **answers)
    assert response["Location"] == SENT, response.content.decode()
    return mailed()


def kinds_of_mail() -> list[str]:
    return list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True))
