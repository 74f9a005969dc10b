"""Mails about a registration, written into the outbox in the transaction that decides."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.models.registration import Registration
from home.mail import outbox

from . import links

State = Registration.State


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
        outbox.put(
            now=now,
            kind="event-again",
            recipient=registration.email,
            subject=_("Twoje zgłoszenie już jest: %(event)s") % {"event": registration.page.title},
            text=render_to_string(
                "events/registration/mails/again.txt",
                {"event": registration.page, "url": address(registration)},
            ).strip()
            + "\n",
            key=f"event:{registration.public_id.hex}:again:{now:%Y%m%d}",
        )


def address(registration: Registration) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{links.path_of(registration)}"


def state_told(registration: Registration, now: datetime) -> None:
    """Tell the person what state the registration is in now."""
    from events.display import days_range

    passage = registration.passages.first()
    with override(registration.language):
        until = localtime(registration.offer_until) if registration.offer_until else None
        text = render_to_string(
            f"events/registration/mails/{registration.state}.txt",
            {
                "registration": registration,
                "event": registration.page,
                "days": days_range(registration.page),
                "until": until,
                "reason": passage.reason if passage else "",
                "selection": registration.page.mode == "selection",
                "url": address(registration),
            },
        )
        outbox.put(
            now=now,
            kind=f"event-{registration.state}",
            recipient=registration.email,
            subject=subject(registration),
            text=text.strip() + "\n",
            key=f"event:{registration.public_id.hex}:{passage.pk if passage else 0}",
        )
