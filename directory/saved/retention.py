"""What is forgotten of saved searches, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from directory.models import Practitioner
from directory.models.saved import SavedSearch
from home.models.mail import OutboxMail

from . import letters
from .searches import CONFIRMED_WITHIN, Question, leave, token_of

State = OutboxMail.State

ASKED_AGAIN_AFTER = relativedelta(months=12)
ANSWERED_WITHIN = timedelta(days=30)
MAIL_KEPT = timedelta(days=1)
UNSENT_KEPT = timedelta(days=30)
BATCH = 50


def run(now: datetime) -> int:
    """The job of home.clock: what was not confirmed in 48 hours goes; after twelve months the reader is asked once, and
    without an answer in 30 days it goes too. Mails go a day after they were sent, or 30 days where they never were.
    How many rows went."""
    for search in SavedSearch.objects.filter(
        confirmed_at__lte=now - ASKED_AGAIN_AFTER, asked_again_at=None
    ).order_by("confirmed_at")[:BATCH]:
        ask_again(search, now)
    over = SavedSearch.objects.filter(
        Q(confirmed_at=None, created_at__lte=now - CONFIRMED_WITHIN)
        | Q(asked_again_at__lte=now - ANSWERED_WITHIN)
    )
    gone = list(over.values_list("pk", flat=True)[:BATCH])
    for pk in gone:
        leave(pk)
    mails = OutboxMail.objects.filter(
        Q(state=State.SENT, sent_at__lte=now - MAIL_KEPT)
        | Q(state__in=[State.FAILED, State.UNSURE], created_at__lte=now - UNSENT_KEPT),
        kind__startswith=f"{letters.KIND}-",
    )
    return len(gone) + mails.delete()[0]


@transaction.atomic
def ask_again(search: SavedSearch, now: datetime) -> None:
    if SavedSearch.objects.filter(pk=search.pk, asked_again_at=None).update(asked_again_at=now):
        with override(search.language):
            words = Question.kept(search).words
        letters.again(search, words, token_of(search, "confirm"), token_of(search, "leave"), now)


def forget(source: Practitioner) -> None:
    """Of a person who is about to be erased: their own searches, and their name in mails to others.

    A mail is a paragraph a person; what is left of one that named nobody else is not sent.
    """
    for pk in list(own(source).values_list("pk", flat=True)):
        leave(pk)
    slugs = {source.slug, *source.former_slugs.values_list("slug", flat=True)}
    marks = [f"/{slug}/" for slug in slugs]
    named = Q()
    for mark in marks:
        named |= Q(text__contains=mark)
    for mail in OutboxMail.objects.filter(named, kind=letters.NEWS):
        parts = mail.text.split("\n\n")
        kept = [part for part in parts if not any(part.rstrip().endswith(mark) for mark in marks)]
        others = sum(part.startswith(letters.NAMED) for part in kept)
        if others:
            OutboxMail.objects.filter(pk=mail.pk).update(text="\n\n".join(kept))
        else:
            mail.delete()


def own(person: Practitioner) -> QuerySet[SavedSearch]:
    """Searches with a person's address, unless somebody else in the base has it too."""
    others = Practitioner.objects.with_address(person.email).exclude(translation_key=person.translation_key)
    if not person.email or others.exists():
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(email__iexact=person.email)
