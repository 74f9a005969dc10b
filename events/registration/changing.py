"""What a person may do with their own registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.models.registration import Registration, SupportNeeds

from . import rules, seats
from .forms import NEEDS, PERSON

State = Registration.State

#: What `act` of the page asks for.
ACTS = {"confirm": State.CONFIRMED, "withdraw": State.WITHDRAWN, "back": State.WAITING}


def acts(registration: Registration, now: datetime) -> list[str]:
    """Names of ACTS that make sense now, the likeliest first: by what the person was told."""
    if rules.closed(registration.page, now):
        return []
    return {
        State.APPLIED: ["withdraw"],
        State.OFFERED: ["confirm", "withdraw"]
        if registration.offer_until is None or registration.offer_until >= now
        else [],
        State.CONFIRMED: ["withdraw"],
        State.WAITING: ["withdraw"],
        State.WITHDRAWN: ["back"],
        State.LAPSED: ["back"],
    }.get(State(registration.told_state), [])


def may_edit(registration: Registration, now: datetime) -> bool:
    return registration.told_state not in Registration.OVER and not rules.closed(registration.page, now)


def act(registration: Registration, name: str, now: datetime) -> str:
    """Do it; the words that say so. Raises seats.NotAllowed and seats.NoSeat.

    What is done already is said again: a second click is no mistake.
    """
    if name not in ACTS:
        raise seats.NotAllowed(name)
    to = ACTS[name]
    done = {
        State.CONFIRMED: _("Miejsce potwierdzone. Do zobaczenia!"),
        State.WITHDRAWN: _("Rezygnacja przyjęta. Dziękujemy, że dajesz znać."),
        State.WAITING: _("Jesteś na końcu listy rezerwowej."),
    }[to]
    if registration.told_state == to:
        return done
    if name not in acts(registration, now):
        raise seats.NotAllowed(name)
    seats.move(registration=registration, to=to, now=now)
    return done


def place_in_queue(registration: Registration) -> int | None:
    """1 for the first who waits; None for who doesn't. Decisions that nobody was told don't show in it."""
    if registration.told_state != State.WAITING:
        return None
    waiting = Registration.objects.filter(page_id=registration.page_id, told_state=State.WAITING)
    ahead = waiting.filter(queued_at__lt=registration.queued_at) | waiting.filter(
        queued_at=registration.queued_at, number__lt=registration.number
    )
    return ahead.count() + 1


def values(registration: Registration) -> dict[str, Any]:
    needs = SupportNeeds.objects.filter(registration=registration).first()
    return {name: getattr(registration, name) for name in PERSON} | {
        name: getattr(needs, name) if needs else "" for name in NEEDS
    }


@transaction.atomic
def save(registration: Registration, person: dict[str, Any], needs: dict[str, str]) -> None:
    """Store what was changed; the state and the address stay."""
    Registration.objects.filter(pk=registration.pk).update(**person)
    if any(needs.values()):
        SupportNeeds.objects.update_or_create(registration=registration, defaults=needs)
    else:
        SupportNeeds.objects.filter(registration=registration).delete()
