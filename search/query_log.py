"""Counting what people ask for, without any trace of who they are.

A view notes the question of its first page; when the response has gone out, one statement adds one to the count of that
text on that day. What looks like an address, a telephone or an identity number is never written, and a text that few
have asked for is never shown and soon erased.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished
from django.db import Error, connection
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from search.models import QueryCount

logger = logging.getLogger(__name__)

LEAST_SHOWN = 3
#: Days: texts asked for less often than `LEAST_SHOWN` are erased then, everything else in the end.
KEEP_RARE = 30
KEEP = 400
LONGEST = 100

_DIGITS = re.compile(r"\d(?:[\s().+/-]*\d){6,}")  # telephone, PESEL, account
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"@|\(at\)|\[at\]|://")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|curl|wget|python|httpx|headless|monitor|preview", re.IGNORECASE
)

_noted = Local()


def note(request: HttpRequest, text: str, found: int) -> None:
    """To be counted after the response. Call it for the first page of a question that somebody finished typing."""
    wanted = normal(text)
    if wanted is not None and by_a_person(request):
        _noted.questions = [*getattr(_noted, "questions", ()), (wanted, found)]


def normal(text: str) -> str | None:
    """The text as it is counted; None where it must not be kept."""
    wanted = " ".join(text.split()).lower()
    if (
        not wanted
        or len(wanted) > LONGEST
        or _ADDRESS.search(wanted)
        or _DIGITS.search(_YEAR.sub("", wanted))
    ):
        return None
    return wanted if any(letter.isalnum() for letter in wanted) else None


def by_a_person(request: HttpRequest) -> bool:
    """Neither a program that says what it is nor a browser that looks ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return request.method == "GET" and not _MACHINE.search(agent) and "prefetch" not in ahead


def write_noted(**_signal: Any) -> None:
    questions = getattr(_noted, "questions", ())
    if not questions:
        return
    _noted.questions = []
    try:
        for text, found in questions:
            add(text, found)
    except Error:
        logger.warning("A question could not be counted.", exc_info=True)


def add(text: str, found: int, times: int = 1) -> None:
    """Add to today's count. One statement."""
    table = QueryCount._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (day, text, count, found) VALUES (%s, %s, %s, %s)"  # nosec B608
            f" ON CONFLICT (day, text) DO UPDATE SET count = {table}.count + excluded.count,"
            " found = excluded.found",
            [timezone.localdate(), text, times, found],
        )


def counted(rows: QuerySet[QueryCount]) -> QuerySet[Any, Any]:
    """Each text that is not too rare to be shown: `text`, `times`, `last` day, the most frequent first."""
    return (
        rows.order_by()
        .values("text")
        .annotate(times=Sum("count"), last=Max("day"))
        .filter(times__gte=LEAST_SHOWN)
        .order_by("-times", "text")
    )


def top(number: int, days: int = 90) -> list[str]:
    since = timezone.localdate() - timedelta(days=days)
    rows: Iterable[dict[str, Any]] = counted(QueryCount.objects.filter(day__gte=since))[:number]
    return [row["text"] for row in rows]


def erase(now: datetime) -> int:
    """What is too rare to be shown after `KEEP_RARE` days, everything after `KEEP`; how many rows went."""
    today = timezone.localdate(now)
    old = QueryCount.objects.filter(day__lt=today - timedelta(days=KEEP)).delete()[0]
    frequent = (
        QueryCount.objects.order_by()
        .values("text")
        .annotate(times=Sum("count"))
        .filter(times__gte=LEAST_SHOWN)
    )
    rare = QueryCount.objects.filter(day__lt=today - timedelta(days=KEEP_RARE))
    return old + rare.exclude(text__in=frequent.values("text")).delete()[0]


def connect() -> None:
    request_finished.connect(write_noted, dispatch_uid="search.query_log")
