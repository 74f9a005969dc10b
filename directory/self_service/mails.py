"""What people are written about their entry. Each mail has one link, and says what happens when nothing is done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.models import EntryLink, Practitioner
from home import mail
from home.mail.addresses import absolute
from home.models.mail import OutboxMail
from home.querysets import SOURCE_LANGUAGE

from . import links

LINK_KIND = "entry-link"
FRESHNESS_KIND = "entry-freshness"
DECISION_KIND = "entry-decision"
HAND_OVER_KIND = "entry-handed-over"


def day(value: date) -> str:
    return date_format(value, "j E Y" if translation.get_language() == "pl" else "j F Y")


def send_link(*, person: Practitioner, now: datetime) -> None:
    """In the language of whoever asked."""
    write(
        person=person,
        purpose=EntryLink.Purpose.ASKED,
        kind=LINK_KIND,
        subject=_("Odnośnik do Twojego wpisu w bazie praktyków"),
        template="link",
        context={},
        now=now,
    )


def send_step(*, person: Practitioner, step: str, pause_on: date, now: datetime) -> OutboxMail:
    """One of the mails of the yearly question; in Polish, as the entry is."""
    with translation.override(SOURCE_LANGUAGE):
        subjects = {
            "asked": _("Czy Twój wpis w bazie praktyków jest aktualny?"),
            "reminded": _("Przypomnienie: potwierdź swój wpis w bazie praktyków"),
            "warned": _("Za tydzień wstrzymamy Twój wpis w bazie praktyków"),
            "paused": _("Wstrzymaliśmy Twój wpis w bazie praktyków"),
        }
        return write(
            person=person,
            purpose=EntryLink.Purpose.FRESHNESS,
            kind=FRESHNESS_KIND,
            subject=subjects[step],
            template=step,
            context={"pause_on": day(pause_on), "confirmed_on": day(person.confirmed_at) if person.confirmed_at else ""},
            now=now,
        )  # fmt: skip


def send_request(*, person: Practitioner, now: datetime) -> OutboxMail:
    """That the staff ask to look at the entry; nothing happens without an answer."""
    with translation.override(SOURCE_LANGUAGE):
        return write(
            person=person,
            purpose=EntryLink.Purpose.FRESHNESS,
            kind=FRESHNESS_KIND,
            subject=_("Prośba: sprawdź swój wpis w bazie praktyków"),
            template="requested",
            context={},
            now=now,
        )


def send_decision(*, person: Practitioner, template: str, now: datetime, reason: str = "") -> None:
    """What the staff did with a person's change: "published" or "returned". Nothing to whom has no address any more."""
    if not person.email:
        return
    with translation.override(SOURCE_LANGUAGE):
        subjects = {
            "published": _("Twoje zmiany są w bazie praktyków"),
            "returned": _("Zmiany we wpisie: redakcja prosi o poprawkę"),
        }
        write(
            person=person,
            purpose=EntryLink.Purpose.DECISION,
            kind=DECISION_KIND,
            subject=subjects[template],
            template=template,
            context={"reason": reason},
            now=now,
        )


def send_hand_over(*, person: Practitioner, former: str, now: datetime) -> None:
    """To the new address with a link; to the former one, if there was any, without either."""
    with translation.override(SOURCE_LANGUAGE):
        new = write(
            person=person,
            purpose=EntryLink.Purpose.HANDED_OVER,
            kind=HAND_OVER_KIND,
            subject=_("Przekazano Ci wpis w bazie praktyków"),
            template="handed_over",
            context={},
            now=now,
        )
        if former:
            text = render_to_string(
                "directory/self_service/mails/handed_over_former.txt", {"name": person.name}
            )
            mail.put(
                now=now,
                kind=HAND_OVER_KIND,
                recipient=former,
                subject=_("Zmieniono adres przy wpisie w bazie praktyków"),
                text=f"{text.strip()}\n",
                key=f"{new.key}:former",
            )


def write(
    *,
    person: Practitioner,
    purpose: EntryLink.Purpose,
    kind: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    now: datetime,
) -> OutboxMail:
    link, path = links.issue(person=person, purpose=purpose, now=now)
    text = render_to_string(
        f"directory/self_service/mails/{template}.txt",
        {
            "name": person.name,
            "url": absolute(path),
            "expires": f"{day(localtime(link.expires_at).date())}, {localtime(link.expires_at):%H:%M}",
            **context,
        },
    )
    sent = mail.put(
        now=now, kind=kind, recipient=person.email, subject=subject, text=f"{text.strip()}\n",
        key=f"entry:{person.public_id}:{link.pk}",
    )  # fmt: skip
    link.mail = sent
    link.save(update_fields=["mail"])
    return sent
