"""Entries of a calendar as RFC 5545 wants them, written by the icalendar library from plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from icalendar import Calendar, Event, vText

# A line may not hold them, and a calendar's search would not find words around them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\ud800-\udfff\u2028\u2029]")
LINE_ENDS = re.compile(r"\r\n?")
REFRESHED = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One stay in one place. `key` never changes; `changed` is when its page was last published."""

    key: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    changed: datetime
    sequence: int = 0
    cancelled: bool = False
    place: str = ""
    text: str = ""


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """`text/calendar` in UTF-8: hours in Europe/Warsaw, lines of at most 75 octets."""
    made = Calendar()
    made.add("prodid", "-//Przestrzen Praktykow Partycypacji//Wydarzenia//PL")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", vText(one_line(name)))
    made.add("x-wr-calname", vText(one_line(name)))
    made.add("x-wr-timezone", timezone.get_default_timezone_name())
    made.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    rows = list(entries)
    for entry in rows:
        made.add_component(_component(entry))
    if rows:
        made.add_missing_timezones(
            first_date=min(entry.starts_at for entry in rows).date().replace(month=1, day=1),
            last_date=max(entry.ends_at for entry in rows).date().replace(month=12, day=31),
        )
    return made.to_ical()


def _component(entry: Entry) -> Event:
    made = Event()
    made.add("uid", str(entry.key))
    # Without METHOD it is the time of the last change (RFC 5545, 3.8.7.2), so that an unchanged entry stays the same.
    made.add("dtstamp", entry.changed)
    made.add("last-modified", entry.changed)
    made.add("sequence", entry.sequence)
    made.add("dtstart", timezone.localtime(entry.starts_at, timezone.get_default_timezone()))
    made.add("dtend", timezone.localtime(entry.ends_at, timezone.get_default_timezone()))
    made.add("summary", one_line(entry.title))
    made.add("url", one_line(entry.url))
    # Some calendars show no URL, all show the description.
    made.add("description", plain(f"{entry.text}\n\n{entry.url}".strip()))
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    if entry.place:
        made.add("location", one_line(entry.place))
    return made


def plain(text: str) -> str:
    """Without soft hyphens and control characters; ends of lines as \\n, which the library writes as the two signs."""
    return UNWRITABLE.sub(" ", LINE_ENDS.sub("\n", text)).replace("\xad", "")


def one_line(text: str) -> str:
    return " ".join(plain(text).split())
