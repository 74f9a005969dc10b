"""Decisions about people in the base. Each is one transaction and leaves a trace in the entry's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    TranslationSource,
)

from directory.contact import retention
from directory.models import Consent, EntryPhoto, Erased, Method, Practitioner, SignUp, State
from directory.models.choices import NEEDS_REASON, NEXT_STATES
from directory.models.consents import PROFILE_CONSENT_TEXT
from directory.models.imports import ImportRow
from directory.saved import retention as saved
from home.models.mail import OutboxMail

STATE_ACTION = "directory.state"
CONSENT_ACTION = "directory.consent"
ERASE_ACTION = "directory.erase"
CONFIRM_ACTION = "directory.confirm"
ASK_ACTION = "directory.ask"
METHOD_ACTION = "directory.method"
BY_PERSON = "person"
BY_CLOCK = "clock"


@transaction.atomic
def change_state(
    *,
    practitioner: Practitioner,
    state: str,
    reason: str = "",
    now: datetime,
    user: Any = None,
    by: str = "",
) -> Practitioner:
    """Move a person to another state, as NEXT_STATES allows. Acts on the Polish row, whichever is given.

    Raises ValidationError (in the reader's language) when the step is not allowed, the state is unknown, or a reason
    is needed and missing. The state is no part of a revision, so no draft undoes it. `by` says in the history who acted
    where that was no user: BY_PERSON or BY_CLOCK.
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
    if before == State.MODERATION:
        decided = SignUp.State.ACCEPTED if after == State.LIVE else SignUp.State.CLOSED
        SignUp.objects.waiting().filter(practitioner=source).update(state=decided, decided_at=now)
    log(
        source,
        STATE_ACTION,
        user=user,
        data={"before": before.value, "after": after.value, "reason": reason} | ({"by": by} if by else {}),
        timestamp=now,
    )
    return source


@transaction.atomic
def publish(*, practitioner: Practitioner, now: datetime, user: Any = None) -> None:
    """Publish the newest draft; whoever waited for the editors comes into the base. Raises ValidationError from another
    state: hidden, paused and withdrawn people come back by a decision about each."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    if source.state not in (State.LIVE, State.MODERATION):
        raise ValidationError("state", code="forbidden")
    if source.state == State.MODERATION:
        source = change_state(practitioner=source, state=State.LIVE, now=now, user=user)
    if source.has_unpublished_changes or not source.live:
        revision = source.latest_revision or source.save_revision(user=user)
        revision.publish(user=user)


@transaction.atomic
def add_method(*, practitioner: Practitioner, method: Method, now: datetime, user: Any = None) -> bool:
    """Give a person one more method, in the newest draft too; False when they have it."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    if source.methods.filter(pk=method.pk).exists():
        return False
    source.methods.add(method)
    source.save()
    if revision := source.latest_revision:
        held = revision.content.get("methods", [])
        content = revision.content | {"methods": list(dict.fromkeys([*held, method.pk]))}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(source, METHOD_ACTION, user=user, data={"method": method.name}, timestamp=now, content_changed=True)
    return True


@transaction.atomic
def record_consent(
    *,
    practitioner: Practitioner,
    kind: str = Consent.Kind.PUBLIC_PROFILE,
    now: datetime,
    user: Any = None,
    channel: str = Consent.Channel.STAFF,
    text_version: str = PROFILE_CONSENT_TEXT,
) -> Consent:
    """Note that the person agreed, by default that they told the staff; the consent that stands already, if there is
    one. `now` is when they agreed."""
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    if standing := source.consents.standing().filter(kind=kind).first():
        return standing
    consent = Consent.objects.create(
        practitioner=source,
        kind=kind,
        text_version=text_version,
        channel=channel,
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


@transaction.atomic
def erase(*, practitioner: Practitioner, now: datetime, user: Any = None) -> None:
    """Remove a person for good: every language, drafts, links, consents, history, what waits to be translated, the
    staged row of a file, mails about them, the photos nobody else uses, the index entry (after the transaction).

    What stays is a tombstone of hashes, so that no import brings the person back, and a line in the site's history that
    says when and by whom somebody was removed, without a name. Raises ValidationError when other data hold the person.
    """
    source = Practitioner.objects.select_for_update().get(pk=practitioner.source.pk)
    people = list(Practitioner.objects.filter(translation_key=source.translation_key))
    uploaded = EntryPhoto.objects.filter(practitioner__in=people).select_related("image")
    photos = {*(person.photo for person in people if person.photo), *(row.image for row in uploaded)}
    Erased.objects.remember(source.public_id, source.email)
    ImportRow.objects.filter(public_id=source.public_id).update(
        name="", notes=[], data={}, outcome=ImportRow.Outcome.REFUSED, stored=True
    )
    forget_translations(source)
    forget_history(people)
    mails_of(source).delete()
    SignUp.objects.with_address(source.email).delete()
    retention.forget(source)
    saved.forget(source)
    try:
        for person in people:
            person.delete()
    except models.ProtectedError as error:
        held = ", ".join(sorted({str(obj._meta.verbose_name) for obj in error.protected_objects}))
        raise ValidationError(
            _("Najpierw usuń to, co się do tej osoby odnosi: %(what)s.") % {"what": held}, code="protected"
        ) from error
    for photo in photos:
        if not ReferenceIndex.get_references_to(photo).exists():
            photo.delete()
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Practitioner, for_concrete_model=False),
        object_id=str(source.pk),
        label=_("usunięta osoba"),
        action=ERASE_ACTION,
        timestamp=now,
        user=user,
        deleted=True,
    )


def forget_translations(person: Practitioner) -> None:
    """What wagtail-localize holds of a person's texts; a sentence that other entries have too stays theirs."""
    held = TranslatableObject.objects.filter(translation_key=person.translation_key)
    segments = StringSegment.objects.filter(source__object__in=held)
    sentences = set(segments.values_list("string", flat=True))
    # In this order: what holds a text protects the place that the text had.
    TranslationSource.objects.filter(object__in=held).delete()
    StringTranslation.objects.filter(context__object__in=held).delete()
    others = StringSegment.objects.filter(string__in=sentences).values("string")
    String.objects.filter(pk__in=sentences).exclude(pk__in=others).delete()
    held.delete()


def mails_of(person: Practitioner) -> models.QuerySet[OutboxMail]:
    """Mails about the entry, and every mail to the person's address unless somebody else in the base has it too."""
    about = models.Q(key__startswith=f"entry:{person.public_id}:")
    if person.email:
        same = Practitioner.objects.with_address(person.email)
        if not same.exclude(translation_key=person.translation_key).exists():
            about |= models.Q(recipient__iexact=person.email) | models.Q(reply_to__iexact=person.email)
    return OutboxMail.objects.filter(about)


def forget_history(people: list[Practitioner]) -> None:
    """Entries of Wagtail's history name the person, also those of what goes with them, such as a mentoring offer."""
    gone: list[tuple[type[models.Model], list[Any]]] = [(Practitioner, [person.pk for person in people])]
    for relation in Practitioner._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            rows: Any = relation.related_model._base_manager
            keys = rows.filter(**{f"{relation.field.name}__in": people}).values_list("pk", flat=True)
            gone.append((relation.related_model, list(keys)))
    for model, pks in gone:
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        ModelLogEntry.objects.filter(
            content_type=content_type, object_id__in=[str(pk) for pk in pks]
        ).delete()
