"""The right to index: one worker at a time, and it runs out by itself when its holder dies."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q
from django.utils import timezone

from search.models import Lease

#: A worker that is killed holds the others up for so long.
TERM = timedelta(seconds=60)
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Held:
    name: str
    holder: str
    alias: str

    def renew(self) -> bool:
        """Another term; False where it ran out and somebody else has it."""
        now = timezone.now()
        rows = Lease.objects.using(self.alias).filter(name=self.name)
        mine = rows.filter(Q(holder=self.holder) | Q(until__lt=now))
        return bool(mine.update(holder=self.holder, until=now + TERM))


@contextmanager
def lease(name: str, alias: str = DEFAULT_DB_ALIAS, *, patience: float = 0.0) -> Iterator[Held | None]:
    """The right of this name; None while somebody else has it, even after `patience` seconds."""
    held = Held(name, uuid.uuid4().hex, alias)
    rows = Lease.objects.using(alias)
    free = timezone.now() - TERM
    rows.bulk_create([Lease(name=name, until=free)], ignore_conflicts=True)
    ends = time.monotonic() + patience
    while not held.renew():
        if time.monotonic() >= ends:
            yield None
            return
        time.sleep(_PAUSE)
    try:
        yield held
    finally:
        rows.filter(name=name, holder=held.holder).update(until=free)
