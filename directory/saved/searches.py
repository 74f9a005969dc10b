"""To ask for news, to confirm it, to leave. The links' tokens are signed ids: nothing secret is kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.http import QueryDict

from directory.asking import FACETS, Asked
from directory.contact import limits
from directory.finder import value_names
from directory.models.saved import SavedSearch
from home.privacy.hashing import keyed_hash

from . import letters

SALT = "directory.saved"
CONFIRMED_WITHIN = timedelta(hours=48)
WEEK = timedelta(days=7)
#: Letters to one address that ask for a confirmation; more are silently not sent.
ADDRESS = limits.Limit("saved-address", 5, timedelta(days=1))
NETWORK = limits.Limit("saved-network", 20, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Question:
    """What is kept of a question, and the same in the reader's words."""

    query: str
    asked: Asked
    words: tuple[str, ...]

    @classmethod
    def of(cls, query: QueryDict) -> Question:
        """Values that nothing is called by are left out, and with them the order and the page."""
        names = value_names()
        asked = Asked.read(query)
        known = {key: [value for value in asked.choice[key] if value in names[key]] for key in FACETS}
        asked = Asked.of(asked.text, known)
        chosen = [names[key][value] for key in FACETS for value in asked.choice[key]]
        words = (*([f"„{asked.text}”"] if asked.text else []), *chosen)
        return cls(asked.query, asked, words)

    @classmethod
    def kept(cls, search: SavedSearch) -> Question:
        return cls.of(QueryDict(search.question))


def token_of(search: SavedSearch, what: str) -> str:
    """`what` is "confirm" or "leave": a link for one is none for the other."""
    return signing.Signer(salt=f"{SALT}.{what}").sign(search.pk.hex)


def id_of(token: str, what: str) -> uuid.UUID | None:
    """None for a forged token."""
    try:
        return uuid.UUID(signing.Signer(salt=f"{SALT}.{what}").unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def to_confirm(token: str, now: datetime) -> SavedSearch | None:
    """Whose link it is, while it can be confirmed or is; None for a forged one and for what is gone."""
    pk = id_of(token, "confirm")
    search = SavedSearch.objects.filter(pk=pk).first() if pk else None
    late = search and search.confirmed_at is None and search.created_at <= now - CONFIRMED_WITHIN
    return None if late else search


def ask_for(*, email: str, question: Question, language: str, network: str, now: datetime) -> None:
    """Write to an address that somebody wants news at; nobody learns whether it has some already.

    `network` is limits.network_hash. Raises limits.Reached for a network that asks too often.
    """
    with transaction.atomic():
        limits.take({NETWORK: network}, now)
    try:
        with transaction.atomic():
            limits.take({ADDRESS: limits.sender_hash(email)}, now)
            search, new = SavedSearch.objects.get_or_create(
                identity=keyed_hash(SALT, f"{email}\n{question.query}"),
                defaults={
                    "email": email,
                    "question": question.query,
                    "language": language,
                    "created_at": now,
                },
            )
            if search.confirmed_at:
                letters.known(search, question.words, token_of(search, "leave"), now)
                return
            if not new:
                SavedSearch.objects.filter(pk=search.pk).update(created_at=now)
            letters.confirmation(search, token_of(search, "confirm"), now)
    except limits.Reached:
        return


def confirm(*, search: SavedSearch, now: datetime) -> bool:
    """News from now on; for another year where it was confirmed before. False when it is gone."""
    rows = SavedSearch.objects.filter(pk=search.pk)
    first = rows.filter(confirmed_at=None).update(confirmed_at=now, seen_until=now, due_at=now + WEEK)
    return bool(first or rows.update(confirmed_at=now, asked_again_at=None))


@transaction.atomic
def leave(pk: uuid.UUID) -> None:
    """The row goes, and what was written for it and has not gone out."""
    SavedSearch.objects.filter(pk=pk).delete()
    letters.of(pk).exclude(state=letters.OutboxMail.State.SENDING).delete()
