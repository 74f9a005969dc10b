"""The mails of a contact, written into the outbox. A person's mail is in Polish, a sender's in the language of the form.

Neither address stands in a text: the person's is nowhere in the sender's mails, the sender's is the person's Reply-To.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.mail import outbox
from home.mail.addresses import absolute
from home.querysets import SOURCE_LANGUAGE

#: What the kinds of these mails begin with, by which they are erased.
KIND = "contact"


def address_of(view: str, token: str) -> str:
    """Absolute, in the active language."""
    return absolute(reverse(view, args=[token]))


def text_of(template: str, **context: Any) -> str:
    return render_to_string(f"directory/contact/mail/{template}.txt", context).strip() + "\n"


def key_of(nonce: str, what: str) -> str:
    return f"{KIND}:{nonce}:{what}"


def message(
    *, recipient: str, nonce: str, name: str, reply_to: str, text: str, refuse_token: str, now: datetime
) -> None:
    """What the person gets."""
    with override(SOURCE_LANGUAGE):
        outbox.put(
            now=now,
            kind=f"{KIND}-message",
            recipient=recipient,
            reply_to=reply_to,
            subject=_("Wiadomość do Ciebie z bazy praktyków"),
            text=text_of(
                "message", name=name, message=text, refuse_url=address_of("contact_refusal", refuse_token)
            ),
            key=key_of(nonce, "message"),
        )


def copy(*, sender: str, nonce: str, person: str, text: str, language: str, now: datetime) -> None:
    """What the sender gets: that it went, and to whom.

    The text goes along only to an address that was confirmed: otherwise the form would carry anybody's text to anybody.
    """
    with override(language):
        outbox.put(
            now=now,
            kind=f"{KIND}-copy",
            recipient=sender,
            subject=_("Przekazaliśmy Twoją wiadomość"),
            text=text_of("copy", person=person, message=text),
            key=key_of(nonce, "copy"),
        )


def confirmation(*, sender: str, nonce: str, person: str, token: str, language: str, now: datetime) -> None:
    """The link by which a sender without JavaScript confirms the address."""
    with override(language):
        outbox.put(
            now=now,
            kind=f"{KIND}-confirm",
            recipient=sender,
            subject=_("Potwierdź wysłanie wiadomości"),
            text=text_of("confirm", person=person, confirm_url=address_of("contact_confirm", token)),
            key=key_of(nonce, "confirm"),
        )


def decided(recipient: str, *, refused: bool, token: str, now: datetime) -> None:
    """Tells a person that messages stopped, or come again."""
    with override(SOURCE_LANGUAGE):
        outbox.put(
            now=now,
            kind=f"{KIND}-refusal",
            recipient=recipient,
            subject=_("Nie dostaniesz więcej wiadomości z bazy")
            if refused
            else _("Znowu można do Ciebie pisać przez bazę"),
            text=text_of("decided", refused=refused, url=address_of("contact_refusal", token)),
        )
