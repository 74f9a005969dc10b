"""Once a year a person is asked whether the entry is still true; without an answer it is paused, never deleted.

Each step waits for its number of days after the one before, on which the mail must really have gone out: when the clock
or the mail server was away, everything happens later and nobody loses their notice. Steps are rows, unique in each
round, so that the job may run every minute and on two machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import EntryLink, FreshnessStep, Practitioner, State
from directory.querysets import since
from directory.services import ASK_ACTION, BY_CLOCK, change_state
from home.models.mail import OutboxMail
from home.querysets import SOURCE_LANGUAGE

from . import mails

Step = FreshnessStep.Step

#: The first question comes this long after the day on which the data were last known to be true.
ASKED_AFTER = relativedelta(months=12)


@dataclass(frozen=True, slots=True)
class Next:
    step: FreshnessStep.Step
    after: FreshnessStep.Step
    days: int


#: What follows, in days after the step before: reminders 30 and 7 days before the pause, 61 days after the question.
CALENDAR = (
    Next(Step.REMINDED, after=Step.ASKED, days=31),
    Next(Step.WARNED, after=Step.REMINDED, days=23),
    Next(Step.PAUSED, after=Step.WARNED, days=7),
)
#: Between two requests of the staff, or one of them and a mail of the calendar.
ASKED_APART = timedelta(days=14)
#: People in one run of one step; the rest follow a minute later.
BATCH = 50


def days_left(step: str) -> int:
    """From a step that is on time to the pause."""
    order = [Step.ASKED, *(row.step for row in CALENDAR)]
    return sum(row.days for row in CALENDAR[order.index(FreshnessStep.Step(step)) :])


def people() -> QuerySet[Practitioner]:
    """Polish rows with `since`."""
    return Practitioner.objects.filter(locale__language_code=SOURCE_LANGUAGE).annotate(since=since())


def stale(today: date) -> QuerySet[Practitioner]:
    """In the base or paused, and not confirmed for a year; the oldest first. For the staff."""
    overdue = people().filter(since__lte=today - ASKED_AFTER, state__in=[State.LIVE, State.PAUSED])
    return overdue.order_by("since", "name", "pk")


def to_be_asked(today: date) -> QuerySet[Practitioner]:
    asked = FreshnessStep.objects.filter(
        practitioner=OuterRef("pk"), since=OuterRef("since"), step=Step.ASKED
    )
    overdue = people().filter(since__lte=today - ASKED_AFTER, state=State.LIVE, live=True)
    return overdue.exclude(email="").exclude(Exists(asked)).order_by("since", "pk")


def due(following: Next, today: date) -> QuerySet[FreshnessStep]:
    """Steps after which `following` is due: the same round still runs, and the mail before it went out."""
    done = FreshnessStep.objects.filter(
        practitioner=OuterRef("practitioner"), since=OuterRef("since"), step=following.step
    )
    before = FreshnessStep.objects.filter(
        step=following.after,
        on__lte=today - timedelta(days=following.days),
        mail__state=OutboxMail.State.SENT,
        practitioner__state=State.LIVE,
        practitioner__live=True,
    )
    rows = before.exclude(practitioner__email="").annotate(present=since("practitioner__"))
    return rows.filter(since=F("present")).exclude(Exists(done)).order_by("on", "pk")


def asked_lately(now: datetime) -> QuerySet[EntryLink]:
    """Links that ask to confirm and are too young to ask again."""
    return EntryLink.objects.filter(purpose=EntryLink.Purpose.FRESHNESS, created_at__gt=now - ASKED_APART)


@transaction.atomic
def ask_now(*, practitioner: Practitioner, now: datetime, user: Any = None) -> bool:
    """The staff ask somebody in the base to confirm the entry, beside the yearly question and without its consequence.

    False where there is no address, the entry is not in the base, or somebody was asked lately.
    """
    person = Practitioner.objects.select_for_update().filter(pk=practitioner.pk, state=State.LIVE).first()
    if person is None or not person.email or asked_lately(now).filter(practitioner=person).exists():
        return False
    mails.send_request(person=person, now=now)
    log(person, ASK_ACTION, user=user, timestamp=now)
    return True


def run(now: datetime) -> int:
    """What is due at `now`; the number of steps taken. A job of home.clock."""
    today = localdate(now)
    taken = sum(take(person.pk, person.since, Step.ASKED, now) for person in to_be_asked(today)[:BATCH])
    for following in CALENDAR:
        taken += sum(
            take(row.practitioner_id, row.since, following.step, now)
            for row in due(following, today).only("practitioner_id", "since")[:BATCH]
        )
    return taken


@transaction.atomic
def take(pk: int, round_of: date, step: FreshnessStep.Step, now: datetime) -> bool:
    """One step for one person, if nobody else has taken it and the person has not answered meanwhile."""
    locked: Any = Practitioner.objects.select_for_update().filter(pk=pk, state=State.LIVE).first()
    if locked is None:
        return False
    current = people().values_list("since", flat=True).get(pk=pk)
    if current != round_of:
        return False
    today = localdate(now)
    row, new = FreshnessStep.objects.get_or_create(
        practitioner=locked, since=round_of, step=step, defaults={"on": today}
    )
    if not new:
        return False
    if step == Step.PAUSED:
        with translation.override(SOURCE_LANGUAGE):
            reason = _("Nikt nie potwierdził danych mimo trzech próśb.")
        change_state(practitioner=locked, state=State.PAUSED, reason=reason, now=now, by=BY_CLOCK)
    row.mail = mails.send_step(
        person=locked, step=step, pause_on=today + timedelta(days=days_left(step)), now=now
    )
    row.save(update_fields=["mail"])
    return True
