"""Decisions about people in the base. Each is one transaction and leaves a trace in the entry's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Consent, Practitioner, State
from directory.models.choices import NEEDS_REASON, NEXT_STATES
from directory.models.consents import PROFILE_CONSENT_TEXT

STATE_ACTION = "directory.state"
CONSENT_ACTION = "directory.consent"


@transaction.atomic
def change_state(
    *, practitioner: Practitioner, state: str, reason: str = "", now: datetime, user: Any = None
) -> Practitioner:
    """Move a person to another state, as NEXT_STATES allows. Acts on the Polish row, whichever is given.

    Raises ValidationError (in the reader's language) when the step is not allowed, the state is unknown, or a reason
    is needed and missing. The state is no part of a revision, so no draft undoes it.
    """
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    reason = reason.strip()
    before = State(source.state)
    if state not in State.values:
        raise ValidationError({"state": _("Nie ma takiego stanu.")}, code="unknown")
    after = State(state)
    if after not in NEXT_STATES[before]:
        raise ValidationError(
            {"state": _("Ze stanu „%(before)s” nie można przejść do „%(after)s”.")
             % {"before": before.label, "after": after.label}},
            code="forbidden",
        )  # fmt: skip
    if after in NEEDS_REASON and not reason:
        raise ValidationError({"state_reason": _("Podaj powód: zostanie w historii wpisu.")}, code="reason")
    if len(reason) > (longest := Practitioner._meta.get_field("state_reason").max_length or 0):
        raise ValidationError(
            {"state_reason": _("Powód może mieć najwyżej %(most)d znaków.") % {"most": longest}}, code="long"
        )
    source.state, source.state_reason, source.state_changed_at = after, reason, now
    source.save(update_fields=["state", "state_reason", "state_changed_at"])
    log(
        source,
        STATE_ACTION,
        user=user,
        data={"before": before.value, "after": after.value, "reason": reason},
        timestamp=now,
    )
    return source


@transaction.atomic
def record_consent(
    *, practitioner: Practitioner, kind: str = Consent.Kind.PUBLIC_PROFILE, now: datetime, user: Any = None
) -> Consent:
    """Note that the person told the staff they agree; the consent that stands already, if there is one."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    if standing := source.consents.standing().filter(kind=kind).first():
        return standing
    consent = Consent.objects.create(
        practitioner=source,
        kind=kind,
        text_version=PROFILE_CONSENT_TEXT,
        channel=Consent.Channel.STAFF,
        given_at=now,
    )
    log(source, CONSENT_ACTION, user=user, data={"kind": str(kind)}, timestamp=now)
    return consent


@transaction.atomic
def withdraw_consent(*, practitioner: Practitioner, kind: str, now: datetime, user: Any = None) -> bool:
    """Note that the person took their consent back; whether there was one to take. It counts at once."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    withdrawn = source.consents.standing().filter(kind=kind).update(withdrawn_at=now)
    if withdrawn:
        source.save(update_fields=["confirmed_at"])  # the frame and the index hear of it
        log(source, CONSENT_ACTION, user=user, data={"kind": str(kind), "withdrawn": True}, timestamp=now)
    return bool(withdrawn)


def allowed_states(practitioner: Practitioner) -> tuple[State, ...]:
    return NEXT_STATES[State(practitioner.source.state)]
