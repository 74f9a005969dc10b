"""Rows of background tasks, which name what they were about: kept no longer than somebody may ask what happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

DONE_KEPT = timedelta(days=1)
FAILED_KEPT = timedelta(days=7)


def forget_finished(now: datetime) -> int:
    """How many rows of finished tasks were erased; those that wait or run are never touched."""
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - DONE_KEPT) | Q(
        status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED_KEPT
    )
    return DBTaskResult.objects.filter(old).delete()[0]
