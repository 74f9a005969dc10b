"""What is forgotten of those who began to join, and when."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import ValidationError

from directory import services
from directory.models import Practitioner, SignUp, State
from home.models.mail import OutboxMail

from . import drafts, letters, moderation

logger = logging.getLogger(__name__)
#: People who are erased in one run; the rest follow a minute later.
BATCH = 50


def erase_old(now: datetime) -> int:
    """The clock's job: drafts after 7 days, forms whose address was not confirmed when their link expires, mails to
    addresses that are nobody's after 7 days, refused people after 30; how many rows and people went."""
    forms = SignUp.objects.filter(state=SignUp.State.DRAFT, changed_at__lte=now - drafts.KEPT)
    unconfirmed = SignUp.objects.filter(state=SignUp.State.SENT, expires_at__lte=now)
    mails = OutboxMail.objects.filter(
        kind__in=[letters.CONFIRM, letters.KNOWN], created_at__lte=now - drafts.KEPT
    )
    gone = sum(rows.delete()[0] for rows in (forms, unconfirmed, mails))
    return gone + erase_refused(now)


def erase_refused(now: datetime) -> int:
    """Whom the staff brought back meanwhile stays."""
    refused = Practitioner.objects.filter(
        state=State.HIDDEN,
        sign_up__state=SignUp.State.REJECTED,
        sign_up__decided_at__lte=now - moderation.ERASED_AFTER,
    ).select_related("locale")
    gone = 0
    for person in refused[:BATCH]:
        try:
            services.erase(practitioner=person, now=now)
        except ValidationError:
            logger.exception("a refused person could not be erased: %s", person.public_id)
        else:
            gone += 1
    return gone
