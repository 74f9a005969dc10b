"""What people do with their own entry. Each is one transaction; the history says that the person did it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.models import Practitioner, State
from directory.services import BY_PERSON, CONFIRM_ACTION, change_state

from . import limits, links, mails


@transaction.atomic
def ask_for_link(*, address: str, network: str, now: datetime) -> None:
    """Write to whoever has that address in the base; nobody learns whether anybody has."""
    if limits.note(address=address, network=network, now=now):
        for person in links.people_at(address):
            mails.send_link(person=person, now=now)


@transaction.atomic
def confirm(*, practitioner: Practitioner, now: datetime) -> None:
    """The data are true today. A draft hears of it too, so that publishing it does not take the day back."""
    person = Practitioner.objects.select_for_update().get(pk=practitioner.pk)
    person.confirmed_at = localdate(now)
    person.save(update_fields=["confirmed_at"])
    if revision := person.latest_revision:
        content = revision.content | {"confirmed_at": person.confirmed_at.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(person, CONFIRM_ACTION, timestamp=now, data={"by": BY_PERSON})


@transaction.atomic
def show_again(*, practitioner: Practitioner, now: datetime) -> None:
    """From a pause, whoever made it; the data are confirmed with it. Raises ValidationError from any other state."""
    person = Practitioner.objects.select_for_update().get(pk=practitioner.pk)
    if person.state != State.PAUSED:
        raise ValidationError("state", code="forbidden")
    change_state(practitioner=person, state=State.LIVE, now=now, by=BY_PERSON)
    confirm(practitioner=person, now=now)


def pause(*, practitioner: Practitioner, now: datetime) -> None:
    change_state(practitioner=practitioner, state=State.PAUSED, now=now, by=BY_PERSON)


def withdraw(*, practitioner: Practitioner, reason: str, now: datetime) -> None:
    change_state(practitioner=practitioner, state=State.WITHDRAWN, reason=reason, now=now, by=BY_PERSON)


def possible(person: Practitioner) -> set[str]:
    """Names of the acts that the state allows."""
    return {
        State.LIVE: {"confirm", "pause", "withdraw"},
        State.PAUSED: {"show", "withdraw"},
        State.WITHDRAWN: set[str](),
    }.get(State(person.state), {"withdraw"})
