"""The mails of a saved search, in the language in which it was asked for.

The one that asks for confirmation has none of the reader's words: otherwise the form would carry anybody's text to anybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from directory.addresses import base_url
from directory.contact.letters import address_of
from directory.models import Practitioner
from directory.models.saved import SavedSearch
from home.mail import outbox
from home.mail.addresses import absolute
from home.models.mail import OutboxMail

#: What the kinds of these mails begin with, by which they are erased.
KIND = "saved"
NEWS = f"{KIND}-news"
#: What the paragraph of a person begins with.
NAMED = "– "


def key_of(pk: uuid.UUID, what: str) -> str:
    return f"{KIND}:{pk.hex}:{what}"


def of(pk: uuid.UUID) -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(key__startswith=key_of(pk, ""))


def put(
    search: SavedSearch, what: str, subject: str, now: datetime, leaving: str = "", **context: Any
) -> None:
    leave_url = address_of("saved_search_leave", leaving) if leaving else ""
    text = render_to_string(f"directory/saved/mail/{what}.txt", {**context, "leave_url": leave_url})
    outbox.put(
        now=now,
        kind=f"{KIND}-{what}",
        recipient=search.email,
        subject=subject,
        text=f"{text.strip()}\n",
        unsubscribe_url=leave_url,
        key=key_of(search.pk, f"{what}:{now:%Y%m%d%H%M%S}"),
    )


def confirmation(search: SavedSearch, token: str, now: datetime) -> None:
    with override(search.language):
        subject = _("Potwierdź powiadomienia o nowych osobach w bazie")
        put(search, "confirm", subject, now, url=address_of("saved_search_confirm", token))


def known(search: SavedSearch, words: Sequence[str], leave_token: str, now: datetime) -> None:
    with override(search.language):
        put(
            search, "known", _("Masz już takie powiadomienie o nowych osobach"), now, leave_token,
            words=", ".join(words),
        )  # fmt: skip


def again(search: SavedSearch, words: Sequence[str], token: str, leave_token: str, now: datetime) -> None:
    """The yearly question."""
    with override(search.language):
        put(
            search, "again", _("Czy nadal chcesz powiadomień o nowych osobach w bazie?"), now, leave_token,
            words=", ".join(words), url=address_of("saved_search_confirm", token),
        )  # fmt: skip


def news(
    search: SavedSearch,
    *,
    words: Sequence[str],
    people: Sequence[Practitioner],
    total: int,
    leave_token: str,
    now: datetime,
) -> None:
    """`people` are named; `total` is how many there are. In the active language, which is the search's."""
    subject = ngettext(
        "Baza praktyków: %(count)d nowa osoba", "Baza praktyków: %(count)d nowych osób", total
    ) % {"count": total}
    put(
        search, "news", subject, now, leave_token,
        words=", ".join(words),
        people=[(person, absolute(person.get_absolute_url())) for person in people],
        more=total - len(people),
        all_url=absolute(f"{base_url()}?{search.question}"),
    )  # fmt: skip
