"""The outbox of the indexes: what has changed, written in the transaction that changes it (see search.models.outbox)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from search.documents import kind_of
from search.models import Change

KEPT = timedelta(days=1)
CHUNK = 1000
_BEHIND = "search-behind"


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the indexes are behind.

    `pending` changes wait, the oldest since `oldest`; `behind`: an engine was away and has not caught up yet;
    `refused` objects of the last day could not be indexed.
    """

    pending: int
    oldest: datetime | None
    behind: bool
    refused: int

    def seconds(self, now: datetime) -> int:
        return max(int((now - self.oldest).total_seconds()), 0) if self.oldest else 0


def note(kind: str, keys: Collection[str], alias: str) -> list[int]:
    """Write changes of objects of one kind into the present transaction; the keys of the rows."""
    now = timezone.now()
    rows = [Change(kind=kind, object_id=key, noted_at=now, not_before=now) for key in keys]
    return [row.pk for row in Change.objects.using(alias).bulk_create(rows, batch_size=CHUNK)]


def note_rows(rows: QuerySet[Any]) -> None:
    """Note every object of a queryset with one statement, however many they are; the worker indexes them."""
    alias = rows.db
    connection = connections[alias]
    chosen = rows if rows.query.is_sliced else rows.order_by()
    try:
        sql, params = chosen.values("pk").query.get_compiler(alias).as_sql()
    except EmptyResultSet:
        return
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH chosen (pk) AS ({sql})"  # nosec B608
            " INSERT INTO search_change (kind, object_id, noted_at, written, attempts, not_before, error)"
            " SELECT %s, CAST(pk AS varchar(50)), %s, %s, 0, %s, '' FROM chosen",
            [*params, kind_of(rows.model), now, False, now],
        )
    call_worker(alias)


def call_worker(alias: str) -> None:
    """Call the worker after the commit, once a transaction."""
    connection: Any = connections[alias]
    connection.search_calls = True

    def call() -> None:
        from search.worker import index_due  # it writes the indexes, whose writing notes

        if connection.search_calls:
            connection.search_calls = False
            index_due.enqueue(alias)

    # Every time, because a rolled back savepoint drops its callbacks.
    transaction.on_commit(call, using=alias, robust=True)


def settle(changes: Sequence[int], alias: str, *, done: bool = True) -> None:
    """The database's own index has these changes; `done`: and so has every other engine."""
    values: dict[str, Any] = {"written": True}
    if done:
        values |= {"done_at": timezone.now(), "error": ""}
    for start in range(0, len(changes), CHUNK):
        Change.objects.using(alias).filter(pk__in=changes[start : start + CHUNK]).update(**values)
    look_again()


def look_again() -> None:
    """What the outbox holds has changed."""
    cache.delete(_BEHIND)


def seen(kind: str, keys: Sequence[str], alias: str) -> frozenset[int]:
    """The changes of these objects that have been committed by now."""
    rows = Change.objects.using(alias).filter(kind=kind, object_id__in=keys)
    return frozenset(rows.values_list("pk", flat=True))


def noted_since(kind: str, keys: Sequence[str], seen: frozenset[int], alias: str) -> set[str]:
    """The keys of objects that changed after `seen` was read."""
    rows = Change.objects.using(alias).filter(kind=kind, object_id__in=keys)
    return {key for pk, key in rows.values_list("pk", "object_id") if pk not in seen}


def lag(alias: str = DEFAULT_DB_ALIAS) -> Lag:
    """How far the indexes are behind the database. Two statements."""
    rows = Change.objects.using(alias)
    told = rows.pending().aggregate(
        number=Count("pk"), oldest=Min("noted_at"), failed=Count("pk", filter=Q(attempts__gt=0))
    )
    refused = rows.exclude(done_at=None).exclude(error="").count()
    return Lag(told["number"], told["oldest"], bool(told["failed"]), refused)


def behind(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether an engine that was away has yet to catch up; as of two seconds ago at most, as every search asks it."""
    return bool(cache.get_or_set(_BEHIND, lambda: Change.objects.using(alias).failed().exists(), 2))


def erase_done(now: datetime) -> int:
    """Forget changes that were indexed a day ago: no rebuild takes so long."""
    number: int = Change.objects.filter(done_at__lt=now - KEPT).delete()[0]
    return number
