"""What the staff decide about a newcomer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Practitioner, SignUp, State
from directory.services import change_state

from . import letters

#: After a refusal the data are erased; until then the person may write that it was a mistake.
ERASED_AFTER = timedelta(days=30)


@transaction.atomic
def accept(*, sign_up: SignUp, user: Any, now: datetime) -> Practitioner:
    """Publish the newest draft. Raises ValidationError when somebody has decided already."""
    person = change_state(practitioner=taken(sign_up, now), state=State.LIVE, now=now, user=user)
    if revision := person.latest_revision:
        revision.publish(user=user)
    person = Practitioner.objects.get(pk=person.pk)
    letters.accepted(sign_up=sign_up, person=person, now=now)
    return person


@transaction.atomic
def reject(*, sign_up: SignUp, reason: str, user: Any, now: datetime) -> None:
    """Refuse with a reason, which is mailed. Raises ValidationError without a reason, or when somebody has decided."""
    person = change_state(
        practitioner=taken(sign_up, now), state=State.HIDDEN, reason=reason, now=now, user=user
    )
    SignUp.objects.filter(pk=sign_up.pk).update(state=SignUp.State.REJECTED)
    letters.rejected(
        sign_up=sign_up, person=person, reason=person.state_reason, days=ERASED_AFTER.days, now=now
    )


def taken(sign_up: SignUp, now: datetime) -> Practitioner:
    """The newcomer, for whoever decides first: a conditional UPDATE. Raises ValidationError for everybody after."""
    won = SignUp.objects.waiting().filter(pk=sign_up.pk).update(decided_at=now)
    if not won or sign_up.practitioner is None:
        raise ValidationError(_("To zgłoszenie zostało już rozpatrzone."), code="decided")
    return sign_up.practitioner
