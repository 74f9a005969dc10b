"""Decisions of a selection are told later than they are made, all together. Until then they can be taken back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from events.models import EventPage
from events.models.registration import Registration

from . import letters, rules, seats

State = Registration.State
#: Mails in one transaction, which holds the event's ledger.
BATCH = 50


def untold(page: EventPage) -> dict[str, int]:
    """How many people don't know yet what was decided, by the state that they are in."""
    rows = Registration.objects.untold().filter(page_id=page.pk).order_by("state")
    return dict(rows.values_list("state").annotate(Count("pk")))


def take_back(*, registration: Registration, now: datetime, user: Any, reason: str = "") -> Registration:
    """Undo a decision that the person doesn't know. Raises NotAllowed where they do."""
    row = Registration.objects.only("told_state").get(pk=registration.pk)
    return seats.move(
        registration=registration, to=row.told_state, now=now, user=user, reason=reason, tell=False
    )


def send(*, page: EventPage, now: datetime, seen: datetime) -> Counter[str]:
    """Tell what was decided until `seen`; how many mails of each state, once each however often it is called.

    An offer that would be over when it comes stays untold. A worker that dies leaves the rest for the next call.
    """
    sent: Counter[str] = Counter()
    rows = Registration.objects.untold().filter(page_id=page.pk, state_changed_at__lte=seen)
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            seats.locked(page)
            batch = rows.filter(pk__in=keys[start : start + BATCH]).select_related("page")
            for row in batch.select_for_update(of=("self",)):
                sent[row.state] += tell(row, now)
    return +sent


def tell(row: Registration, now: datetime) -> bool:
    """One mail; False for an offer whose time would be over. The ledger is locked."""
    if row.state == State.OFFERED:
        row.offer_until = rules.told_until(
            until=row.offer_until, decided_at=row.state_changed_at, now=now, starts_at=row.page.starts_at
        )
        if row.offer_until <= now:
            return False
    row.told_state = row.state
    row.save(update_fields=["told_state", "offer_until"])
    letters.state_told(row, now)
    return True
