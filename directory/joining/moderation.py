"""What the staff decide about a newcomer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from directory.models import Practitioner, SignUp, State
from directory.services import change_state

from . import letters

#: After a refusal the data are erased; until then the person may write that it was a mistake.
ERASED_AFTER = timedelta(days=30)


@transaction.atomic
def accept(*, sign_up: SignUp, user: Any, now: datetime) -> Practitioner:
    """Publish the newest draft. Raises ValidationError when somebody has decided already."""
    person = change_state(practitioner=person_of(sign_up), state=State.LIVE, now=now, user=user)
    if revision := person.latest_revision:
        revision.publish(user=user)
    person = Practitioner.objects.get(pk=person.pk)
    letters.accepted(sign_up=sign_up, person=person, now=now)
    return person


@transaction.atomic
def reject(*, sign_up: SignUp, reason: str, user: Any, now: datetime) -> None:
    """Refuse with a reason, which is mailed. Raises ValidationError without a reason, or when somebody has decided."""
    person = change_state(
        practitioner=person_of(sign_up), state=State.HIDDEN, reason=reason, now=now, user=user
    )
    SignUp.objects.filter(pk=sign_up.pk).update(state=SignUp.State.REJECTED)
    letters.rejected(
        sign_up=sign_up, person=person, reason=person.state_reason, days=ERASED_AFTER.days, now=now
    )


def person_of(sign_up: SignUp) -> Practitioner:
    if sign_up.practitioner is None:
        raise ValueError("a sign-up comes to the staff with its person")
    return sign_up.practitioner
