"""Who looks after an entry, and whose it is. Each is one transaction and leaves a trace in the entry's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.models import FreshnessStep, Practitioner
from home.models.mail import OutboxMail

from . import links, mails

GUARDIAN_ACTION = "directory.guardian"
HAND_OVER_ACTION = "directory.hand_over"


@transaction.atomic
def set_guardian(*, practitioner: Practitioner, guardian: Any, now: datetime, user: Any) -> bool:
    """Whether it is another than before. `guardian`: a user, or None."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    if source.guardian == guardian:
        return False
    source.guardian = guardian
    source.save(update_fields=["guardian"])
    log(
        source,
        GUARDIAN_ACTION,
        user=user,
        timestamp=now,
        data={"guardian": guardian.pk if guardian else None},
    )
    return True


@transaction.atomic
def hand_over(*, practitioner: Practitioner, address: str, reason: str, now: datetime, user: Any) -> None:
    """Another address on file: from now on whoever reads its mail keeps the entry.

    Visits and links of before end, drafts hold the new address too, and the yearly question begins anew. The former
    address is told, without the new one, which gets a link. Raises ValidationError when the address is the present one.
    """
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    former = source.email
    if address.casefold() == former.casefold():
        raise ValidationError(_("To jest już adres tego wpisu."), code="same")
    links.end_all(source, now)
    FreshnessStep.objects.filter(practitioner=source).delete()
    waiting = OutboxMail.objects.filter(state=OutboxMail.State.WAITING)
    waiting.filter(key__startswith=f"entry:{source.public_id}:").delete()
    source.email = address
    source.save(update_fields=["email"])
    for revision in revisions_of(source):
        content = revision.content | {"email": address}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(source, HAND_OVER_ACTION, user=user, timestamp=now, data={"reason": reason})
    mails.send_hand_over(person=source, former=former, now=now)


def revisions_of(person: Practitioner) -> Any:
    kind = ContentType.objects.get_for_model(Practitioner, for_concrete_model=False)
    return Revision.objects.filter(base_content_type=kind, object_id=str(person.pk))
