"""What everybody who has registered is told of an event: reminders, changes of time or place, that it is cancelled, thanks.

Run by the clock. The ledger, which is locked, holds what was told, so that each of two workers tells another thing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from events.models import EventPage, Registration, SeatLedger

from . import letters, rules, seats

State = Registration.State
#: Name of the mail, how long before the start it is due, and its subject.
REMINDERS = (
    ("week", timedelta(days=7), gettext_noop("Za tydzień: %(event)s")),
    ("day", timedelta(days=1), gettext_noop("Jutro: %(event)s")),
)
THANKS_AFTER = timedelta(days=2)
#: After that nobody waits for thanks any more: an event of the past that was just put in tells nobody.
THANKS_UNTIL = timedelta(days=14)
CHANGED = gettext_noop("Zmiana: %(event)s")
CANCELLED = gettext_noop("Odwołane: %(event)s")
THANKS = gettext_noop("To już za nami: %(event)s")


def run(now: datetime) -> int:
    """How many events were news."""
    ledgers = SeatLedger.objects.filter(page__live=True, page__ends_at__gt=now - THANKS_UNTIL)
    rows = list(ledgers.select_related("page__municipality", "page__locale"))
    news = [row.page for row in rows if is_news(row, now)]
    for event in news:
        tell(event, now)
    return len(news)


def is_news(ledger: SeatLedger, now: datetime) -> bool:
    due = what(ledger.page, now)
    return ledger.told != rules.told(ledger.page) or (due is not None and due[0] not in ledger.sent)


@transaction.atomic
def tell(event: EventPage, now: datetime) -> None:
    """Tell what is due of one event, and was not told meanwhile by another worker."""
    facts, due = rules.told(event), what(event, now)
    ledger = seats.locked(event)
    if ledger.told != facts:
        template, subject = ("cancelled", CANCELLED) if event.cancelled else ("changed", CHANGED)
        number = sum(name.startswith("news") for name in ledger.sent) + 1
        if ledger.told and (event.starts_at is None or event.starts_at > now):
            mail(event, template, subject, now, f"news-{number}", State.values)
            ledger.sent.append(f"news-{number}")
        ledger.told = facts
    if due and due[0] not in ledger.sent:
        mail(event, due[1], due[2], now, due[0], [State.CONFIRMED])
        ledger.sent.append(due[0])
    ledger.save()


def what(event: EventPage, now: datetime) -> tuple[str, str, str] | None:
    """(name, template, subject) of the mail that is due by the calendar; the latest one only."""
    if event.cancelled or not event.starts_at or not event.ends_at:
        return None
    if event.ends_at + THANKS_AFTER <= now:
        return "thanks", "thanks", THANKS
    if event.starts_at <= now:
        return None
    due = [name for name in REMINDERS if event.starts_at - name[1] <= now]
    return (due[-1][0], "reminder", due[-1][2]) if due else None


def mail(event: EventPage, template: str, subject: str, now: datetime, key: str, states: list[str]) -> None:
    rows = Registration.objects.filter(page=event, state__in=states).exclude(state__in=Registration.OVER)
    for row in rows.iterator():
        row.page = event
        letters.to_all(row, template, subject, now, key)
