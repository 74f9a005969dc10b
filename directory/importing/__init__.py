"""The import of practitioners from a CSV file, in three steps that can be taken apart: read, show, store.

    run = staged(stream)            rows go to the staging table with what each would do; the base is untouched
    Report(run)                     counts, remarks and rows, for the command and the admin
    store(run)                      chunks of 25 rows, a short transaction each; called again, it goes on where it was

`run(stream)` does all of it at once. Reports speak the active language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models.imports import ImportRow, ImportRun

from .lookups import Lookups
from .planning import Outcome, Plan, plan
from .reading import FileProblem, Row, Table
from .report import Report
from .storing import Slugs, apply

__all__ = [
    "FileProblem",
    "Report",
    "digest_of",
    "erase_stale_staging",
    "run",
    "staged",
    "store",
    "unfinished",
]

# Rows read at a time, and rows stored in one transaction: other writers of SQLite wait for that long.
CHUNK = 200
AT_ONCE = 25
KEPT = timedelta(hours=24)
ATTEMPTS = 3
# Rows done, and of how many (None while the file is being read).
Progress = Callable[[int, int | None], None]
State = ImportRun.State
T = TypeVar("T")


def run(
    stream: BinaryIO, create_terms: bool = False, progress: Progress | None = None, *, user: Any = None
) -> Report:
    """Read and store at once: whoever calls it attests the consent of the people. Raises FileProblem."""
    return store(staged(stream, create_terms=create_terms, progress=progress, user=user), progress=progress)


def staged(
    stream: BinaryIO,
    *,
    create_terms: bool = False,
    file_name: str = "",
    digest: str = "",
    user: Any = None,
    progress: Progress | None = None,
) -> ImportRun:
    """Read the whole file into the staging table. Raises FileProblem, and then keeps nothing of the file."""
    table = Table(stream)
    staging = ImportRun.objects.create(
        file_name=file_name[:120], digest=digest, create_terms=create_terms, user=user, remarks=table.remarks
    )
    try:
        lookups = Lookups()
        done = 0
        for rows in chunks(table, CHUNK):
            stage(staging, rows, lookups)
            done += len(rows)
            if progress:
                progress(done, None)
    except BaseException:
        if not transaction.get_connection().needs_rollback:
            erase(staging)
        raise
    staging.state = State.STAGED
    staging.save(update_fields=["state"])
    return staging


def stage(staging: ImportRun, rows: list[Row], lookups: Lookups) -> None:
    plans = plan(rows, lookups, create_terms=staging.create_terms)
    ids = {made.public_id for made in plans if made.public_id}
    first = dict(staging.rows.filter(public_id__in=ids).order_by("-number").values_list("public_id", "line"))
    for made in plans:
        if made.public_id and made.public_id in first:
            made.refuse(
                _("Ten identyfikator był już w tym pliku, w linii %(line)d.")
                % {"line": first[made.public_id]}
            )
        first.setdefault(made.public_id, made.row.line)
    ImportRow.objects.bulk_create(
        ImportRow(
            run=staging,
            number=made.row.number,
            line=made.row.line,
            public_id=made.public_id,
            name=name_of(made),
            outcome=made.outcome,
            notes=made.notes,
            data={} if made.outcome == Outcome.REFUSED else made.row.cells,
        )
        for made in plans
    )


def name_of(made: Plan) -> str:
    return str(made.person or made.row.cells.get("name", ""))[:80]


def store(staging: ImportRun, *, progress: Progress | None = None, now: datetime | None = None) -> Report:
    """Store what is staged; interrupted, it may be called again. Two at once share the work without doing it twice."""
    now = now or timezone.now()
    ImportRun.objects.filter(pk=staging.pk, confirmed_at=None).update(confirmed_at=now)
    ImportRun.objects.filter(pk=staging.pk).exclude(state=State.DONE).update(state=State.STORING)
    lookups, slugs = Lookups(), Slugs()
    total = staging.rows.count()
    last = 0
    while True:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                stored = store_chunk(staging, lookups, slugs, now, after=last)
                break
            except IntegrityError:
                # Somebody stored the same person or word meanwhile: the next attempt finds them.
                if attempt == ATTEMPTS:
                    raise
                lookups, slugs = Lookups(), Slugs()
        if stored is None:
            break
        last = stored
        if progress:
            progress(last, total)
    ImportRun.objects.filter(pk=staging.pk).update(state=State.DONE)
    staging.refresh_from_db()
    return Report(staging)


def store_chunk(
    staging: ImportRun, lookups: Lookups, slugs: Slugs, now: datetime, *, after: int
) -> int | None:
    """The next rows after that number that wait; the number of the last, or None when none waits."""
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=staging.pk)
        waiting = list(staging.rows.filter(stored=False, number__gt=after).order_by("number")[:AT_ONCE])
        if not waiting:
            return None
        kept = [row for row in waiting if row.outcome != Outcome.REFUSED]
        rows = [Row(row.number, row.line, row.data) for row in kept]
        plans = plan(rows, lookups, create_terms=staging.create_terms)
        apply(plans, lookups, slugs, user=staging.user, now=now)
        changed = []
        for row, made in zip(kept, plans, strict=True):
            if (row.outcome, row.notes) != (made.outcome, made.notes):
                row.outcome, row.notes = made.outcome, made.notes
                changed.append(row)
        ImportRow.objects.bulk_update(changed, ["outcome", "notes"])
        # What was stored is in the base: the copy of people's data goes at once, the report stays a day.
        staging.rows.filter(number__in=[row.number for row in waiting]).update(data={}, stored=True)
    return waiting[-1].number


def unfinished(digest: str) -> ImportRun | None:
    """The confirmed but interrupted run of the file with this digest."""
    return ImportRun.objects.filter(digest=digest, state=State.STORING).order_by("-created_at").first()


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of a seekable stream, which is rewound."""
    found = hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()
    stream.seek(0)
    return found


def erase_stale_staging(now: datetime) -> int:
    """Erase runs older than a day with all their rows; the number of runs."""
    stale = list(ImportRun.objects.filter(created_at__lt=now - KEPT))
    for staging in stale:
        erase(staging)
    return len(stale)


def erase(staging: ImportRun) -> None:
    """In small steps, so that other writers of SQLite don't wait."""
    while numbers := list(staging.rows.order_by("number").values_list("number", flat=True)[:2000]):
        staging.rows.filter(number__lte=numbers[-1]).delete()
    staging.delete()


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
