"""Mails about a registration, written into the outbox in the transaction that decides."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from events.models.registration import Registration
from home.mail import outbox

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


def written(registration: Registration, template: str, subject: str, now: datetime, key: str) -> None:
    """A mail that tells everybody of an event the same. `key` tells it from the person's others."""
    from events.display import days_range, facts

    event = registration.page
    with override(registration.language):
        text = render_to_string(
            f"events/registration/mails/{template}.txt",
            {
                "registration": registration,
                "event": event,
                "days": days_range(event),
                "facts": [(name, plain(str(value))) for name, value in facts(event)[:2]],
                "note": event.cancelled_note,
                "url": address(registration),
            },
        )
        outbox.put(
            now=now,
            kind=f"event-{template}",
            recipient=registration.email,
            subject=gettext(subject) % {"event": event.title},
            text=text.strip() + "\n",
            key=f"event:{registration.public_id.hex}:{key}",
        )


def plain(html: str) -> str:
    return unescape(strip_tags(LINE_BREAK.sub(", ", html)))


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
