"""The mails of joining, written into the outbox in the language of the form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.models import Practitioner, SignUp
from directory.self_service.mails import day
from home.mail import outbox
from home.mail.addresses import absolute

#: Kinds of mails to an address that is nobody's yet: erased by directory.joining.retention.
CONFIRM, KNOWN = "join-confirm", "join-known"


def key_of(sign_up: SignUp) -> str:
    return f"join:{sign_up.translation_key.hex}"


def text_of(template: str, **context: Any) -> str:
    return render_to_string(f"directory/joining/mails/{template}.txt", context).strip() + "\n"


def confirmation(
    *, sign_up: SignUp, recipient: str, name: str, token: str, expires: datetime, now: datetime
) -> None:
    """The link that confirms the address."""
    local = localtime(expires)
    outbox.put(
        now=now,
        kind=CONFIRM,
        recipient=recipient,
        subject=_("Potwierdź zgłoszenie do bazy praktyków"),
        text=text_of(
            "confirm",
            name=name,
            url=absolute(reverse("joining_confirm", args=[token])),
            expires=f"{day(local.date())}, {local:%H:%M}",
        ),
        key=key_of(sign_up),
    )


def known(*, sign_up: SignUp, person: Practitioner, now: datetime) -> None:
    """To the address on file: there is an entry already, and here is the way to it. Names nobody."""
    outbox.put(
        now=now,
        kind=KNOWN,
        recipient=person.email,
        subject=_("Masz już wpis w bazie praktyków"),
        text=text_of("known", url=absolute(reverse("self_service"))),
        key=key_of(sign_up),
    )


def accepted(*, sign_up: SignUp, person: Practitioner, now: datetime) -> None:
    with override(sign_up.language or "pl"):
        decided(
            person=person,
            subject=_("Twój wpis jest w bazie praktyków"),
            text=text_of(
                "accepted",
                name=person.name,
                url=absolute(person.get_absolute_url()),
                own_url=absolute(reverse("self_service")),
            ),
            now=now,
        )


def rejected(*, sign_up: SignUp, person: Practitioner, reason: str, days: int, now: datetime) -> None:
    with override(sign_up.language or "pl"):
        decided(
            person=person,
            subject=_("Nie przyjęliśmy zgłoszenia do bazy praktyków"),
            text=text_of(
                "rejected",
                name=person.name,
                reason=reason,
                days=days,
                own_url=absolute(reverse("self_service")),
            ),
            now=now,
        )


def decided(*, person: Practitioner, subject: str, text: str, now: datetime) -> None:
    """The staff may have taken the address off meanwhile; then nobody is written to."""
    if person.email:
        outbox.put(
            now=now,
            kind="join-decided",
            recipient=person.email,
            subject=subject,
            text=text,
            key=f"entry:{person.public_id}:joined",
        )
