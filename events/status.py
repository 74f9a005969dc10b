"""In what state an event is, and what a person who wants a seat does when: pure functions of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import Mode
from home.typography import date_range


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state depends on. Dates are days in Europe/Warsaw; `applications_close` lasts to the end of its day."""

    starts_at: datetime | None
    ends_at: datetime | None
    mode: str = Mode.SIGNUP
    applications_open: date | None = None
    applications_close: date | None = None
    decision_by: date | None = None
    confirm_by: date | None = None
    cancelled: bool = False
    full: bool = False


def is_past(facts: Facts, now: datetime) -> bool:
    return facts.ends_at is not None and facts.ends_at <= now


def takes_applications(facts: Facts, now: datetime) -> bool:
    """Between the first and the last day of applications, not full, not cancelled, not begun."""
    today = timezone.localdate(now)
    if facts.cancelled or facts.full or (facts.starts_at and facts.starts_at <= now):
        return False
    if not facts.applications_open and not facts.applications_close:
        return False
    return (not facts.applications_open or facts.applications_open <= today) and (
        not facts.applications_close or today <= facts.applications_close
    )


def status(facts: Facts, now: datetime) -> tuple[str, str] | None:
    """(modifier, words) for the status component, or None when there is nothing to say."""
    today = timezone.localdate(now)
    if facts.cancelled:
        return "", _("Odwołane")
    if is_past(facts, now):
        return "done", _("Odbyło się")
    if facts.starts_at and facts.starts_at <= now:
        return "open", _("Trwa")
    if facts.full:
        return "part", _("Brak miejsc")
    if takes_applications(facts, now):
        return "open", _open_words(facts, today)
    if facts.applications_open and today < facts.applications_open:
        return "", _("Zgłoszenia od %(day)s") % {"day": _day(facts.applications_open, today)}
    if facts.applications_close:
        return "part", _("Zgłoszenia zamknięte")
    return None


def _open_words(facts: Facts, today: date) -> str:
    if not facts.applications_close:
        return _("Zgłoszenia otwarte")
    days = (facts.applications_close - today).days
    if days == 0:
        return _("Zgłoszenia otwarte, dziś ostatni dzień")
    if days > 21:
        return _("Zgłoszenia do %(day)s") % {"day": _day(facts.applications_close, today)}
    return ngettext(
        "Zgłoszenia otwarte, został %(days)s dzień", "Zgłoszenia otwarte, zostało %(days)s dni", days
    ) % {"days": days}


def _day(day: date, today: date) -> str:
    """With the year only where it is not clear."""
    return date_format(day, "j E" if abs(day - today) < timedelta(days=180) else "j E Y")


def steps(facts: Facts, town: str, now: datetime) -> list[tuple[str, str, str]]:
    """(when, what, state) in order; state is "done", "now" (the first that is not over) or "".

    Empty when the event is over, cancelled or has no dates of applications.
    """
    if facts.cancelled or is_past(facts, now) or not (facts.applications_open or facts.applications_close):
        return []
    today = timezone.localdate(now)
    selection = facts.mode == Mode.SELECTION
    rows: list[tuple[date | None, date | None, str, str]] = [
        (
            facts.applications_open,
            facts.applications_close,
            _window(facts.applications_open, facts.applications_close),
            _("wysyłasz zgłoszenie") if selection else _("zapisujesz się; decyduje kolejność zgłoszeń"),
        )
    ]
    if selection and facts.decision_by:
        rows.append(
            (
                None,
                facts.decision_by,
                _until(facts.decision_by),
                _("dostajesz odpowiedź: miejsce albo lista rezerwowa"),
            )
        )
    if selection and facts.confirm_by:
        rows.append((None, facts.confirm_by, _until(facts.confirm_by), _("potwierdzasz, że przyjedziesz")))
    if facts.starts_at and facts.ends_at:
        first, last = timezone.localdate(facts.starts_at), timezone.localdate(facts.ends_at)
        words = _("widzimy się: %(town)s") % {"town": town} if town else _("widzimy się")
        rows.append((first, last, date_range(first, last), words))
    found, current = [], False
    for start, end, when, what in rows:
        state = "done" if end and end < today else ""
        if not state and not current:
            current = True
            state = "now" if not start or start <= today else ""
        found.append((when, what, state))
    return found


def _until(day: date) -> str:
    return _("do %(day)s") % {"day": date_format(day, "j E")}


def _window(start: date | None, end: date | None) -> str:
    if start and end:
        return date_range(start, end)
    if end:
        return _until(end)
    return _("od %(day)s") % {"day": date_format(start, "j E")} if start else ""
