"""Working off the outbox: in batches, by one worker at a time, again and again while an engine is away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django_tasks import task

from search import indexing, outbox
from search.backends.errors import EngineAway
from search.lease import lease
from search.models import Change
from search.signals import indexing_begins

logger = logging.getLogger(__name__)

BATCH = 200
#: A worker that was called stops after this long and calls the next, so that mails get their turn.
SHIFT = timedelta(seconds=20)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)
#: An object that can't be indexed is given up after so many tries; an engine that is away never is.
LAST_ATTEMPT = 6
MAX_ERROR = 300


@task()
def index_due(alias: str = DEFAULT_DB_ALIAS) -> None:
    drain(alias)


def drain(alias: str = DEFAULT_DB_ALIAS) -> int:
    """Index what is due, unless another worker is at it; how many changes were worked off.

    What is noted while this worker is at it is its own too: whoever is turned away relies on that.
    """
    done = 0
    ends = timezone.now() + SHIFT
    while due(alias):
        with lease("index", alias) as held:
            if held is None:
                return done
            indexing_begins.send(drain)
            while rows := due(alias):
                done += work_off(rows, alias)
                if not held.renew():
                    note_again(rows, alias)
                    return done
                if timezone.now() > ends:
                    index_due.enqueue(alias)
                    return done
    return done


def due(alias: str) -> list[Change]:
    rows = Change.objects.using(alias).due(timezone.now())
    return list(rows.order_by("not_before", "pk")[:BATCH])


def work_off(rows: list[Change], alias: str) -> int:
    """Index the objects of these changes; how many changes are done.

    One object that can't be indexed keeps no other waiting: after a failure each is tried by itself.
    """
    try:
        indexing.index_changes(rows, alias)
    except EngineAway as error:
        put_off(rows, error, alias)
        return 0
    except Exception as error:
        if len(rows) > 1:
            return sum(work_off([row], alias) for row in rows)
        logger.exception("%s could not be indexed", rows[0])
        put_off(rows, error, alias)
        return 0
    outbox.settle([row.pk for row in rows], alias)
    return len(rows)


def put_off(rows: list[Change], error: Exception, alias: str) -> None:
    """Wait twice as long after each failure; give up what fails by itself too often."""
    now = timezone.now()
    for row in rows:
        row.attempts = min(row.attempts + 1, 1000)
        row.not_before = now + min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
        row.error = f"{type(error).__name__}: {error}"[:MAX_ERROR]
        if not isinstance(error, EngineAway) and row.attempts >= LAST_ATTEMPT:
            row.done_at = now
    Change.objects.using(alias).bulk_update(rows, ["attempts", "not_before", "error", "done_at"])
    outbox.look_again()


def note_again(rows: list[Change], alias: str) -> None:
    """This worker was so slow that another took its place, and may have put something older over something newer."""
    for kind in {row.kind for row in rows}:
        outbox.note(kind, {row.object_id for row in rows if row.kind == kind}, alias)


def drain_due(now: datetime) -> int:
    """The clock's part: what no worker was called for, and what waited for an engine."""
    return drain()
