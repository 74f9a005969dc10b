"""Once a week: whom a saved search finds who was not there before.

New is who became visible since (PractitionerQuerySet.appeared); who was there and only changed a text is no news. Only
the words of the question count: who is merely similar in meaning, or meets some of the words, is no news either.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from directory.asking import Asked, ask
from directory.models import Practitioner
from directory.models.saved import SavedSearch

from . import letters
from .searches import WEEK, Question, token_of

#: Searches in one run, each one request to the engine; the rest follow a minute later.
BATCH = 50
MOST_NAMED = 10
#: Who became visible this lately waits for the next mail: what is being written now is told by its beginning.
SETTLED = timedelta(minutes=10)


def run(now: datetime) -> int:
    """The job of home.clock; the number of mails written."""
    due = list(SavedSearch.objects.due(now)[:BATCH])
    return sum(take(search, now) for search in due)


def take(search: SavedSearch, now: datetime) -> bool:
    """One search: ask, then write and remember in one transaction, unless another machine was faster."""
    after, until = search.seen_until or now, max(search.seen_until or now, now - SETTLED)
    with override(search.language):
        question = Question.kept(search)
        keys, total = found(question.asked, after, until)
        with transaction.atomic():
            mine = SavedSearch.objects.filter(
                pk=search.pk, due_at=search.due_at, seen_until=search.seen_until
            )
            if not mine.update(due_at=now + WEEK, seen_until=until) or not keys:
                return False
            # Whoever was hidden or erased since the engine answered is not named.
            rows = Practitioner.objects.visible().for_cards().in_bulk(keys)
            people = [rows[key] for key in keys if key in rows]
            if not people:
                return False
            letters.news(
                search,
                words=question.words,
                people=people[:MOST_NAMED],
                total=total - (len(keys) - len(people)),
                leave_token=token_of(search, "leave"),
                now=now,
            )
    return True


def found(asked: Asked, after: datetime, until: datetime) -> tuple[list[int], int]:
    """Keys of the first of those who are new, and how many there are; the engine is asked only where somebody is."""
    if not asked.narrowed:
        return [], 0
    new = Practitioner.objects.visible().appeared(after, until)
    if not new.exists():
        return [], 0
    # Ordered by name: with this order nobody comes in by meaning.
    results = ask(Asked(asked.text, asked.choice, "nazwisko", 1), new.for_cards(), page_size=2 * MOST_NAMED)
    if results.loosened:
        return [], 0
    return [hit.object.pk for hit in results.hits], results.total
