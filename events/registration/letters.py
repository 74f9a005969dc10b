"""Mails about a registration, written into the outbox in the transaction that decides."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.models.registration import Registration
from home.mail import outbox
from home.mail.addresses import absolute

from . import links

State = Registration.State
LINE_BREAK = re.compile(r",?<br>")


def subject(registration: Registration) -> str:
    title = registration.page.title
    words = {
        State.APPLIED: _("Mamy Twoje zgłoszenie: %(event)s"),
        State.OFFERED: _("Masz miejsce, potwierdź je: %(event)s"),
        State.CONFIRMED: _("Masz miejsce: %(event)s"),
        State.WAITING: _("Jesteś na liście rezerwowej: %(event)s"),
        State.REJECTED: _("Odpowiedź na zgłoszenie: %(event)s"),
        State.WITHDRAWN: _("Rezygnacja przyjęta: %(event)s"),
        State.LAPSED: _("Minął termin potwierdzenia: %(event)s"),
    }
    return words[State(registration.state)] % {"event": title}


def once_more(registration: Registration, now: datetime) -> None:
    """Somebody filled the form in again with an address that is known: the way to what is there, once a day at most."""
    with override(registration.language):
        title = _("Twoje zgłoszenie już jest: %(event)s") % {"event": registration.page.title}
        put(registration, "again", title, now, f"again:{now:%Y%m%d}")


def to_all(registration: Registration, template: str, subject: str, now: datetime, key: str) -> None:
    """A mail that tells everybody of an event the same. `subject` is a message id, `key` tells it from the person's others."""
    from events.display import facts

    event = registration.page
    with override(registration.language):
        put(
            registration,
            template,
            _(subject) % {"event": event.title},
            now,
            key,
            facts=[(name, plain(str(value))) for name, value in facts(event)[:2]],
            note=event.cancelled_note,
        )


def state_told(registration: Registration, now: datetime) -> None:
    """Tell the person what state the registration is in now."""
    passage = registration.passages.first()
    with override(registration.language):
        put(
            registration,
            registration.state,
            subject(registration),
            now,
            str(passage.pk if passage else 0),
            until=localtime(registration.offer_until) if registration.offer_until else None,
            reason=passage.reason if passage else "",
        )


def put(
    registration: Registration, template: str, subject: str, now: datetime, key: str, **context: Any
) -> None:
    """In the active language, which is the registration's. The same `key` of a registration is never sent twice."""
    from events.display import days_range

    text = render_to_string(
        f"events/registration/mails/{template}.txt",
        {
            "registration": registration,
            "event": registration.page,
            "days": days_range(registration.page),
            "url": absolute(links.path_of(registration)),
            **context,
        },
    )
    outbox.put(
        now=now,
        kind=f"event-{template}",
        recipient=registration.email,
        subject=subject,
        text=text.strip() + "\n",
        key=f"event:{registration.public_id.hex}:{key}",
    )


def plain(html: str) -> str:
    return unescape(strip_tags(LINE_BREAK.sub(", ", html)))
