"""A person's change of their own entry: sent, taken back, published or returned by the staff.

Each is one transaction with the person's row locked, so that of two at once one acts and the other is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from directory.models import DirectorySettings, EntryChange, Practitioner, State

from . import mails
from .differences import carry, changed, fingerprint

SEND_ACTION = "directory.change"
LIVE_ACTION = "directory.change_live"
TAKE_BACK_ACTION = "directory.change_taken_back"
RETURN_ACTION = "directory.change_returned"
#: How long a person may still correct what was returned.
RETURNED_KEPT = timedelta(days=90)


class Sent(StrEnum):
    WAITING = "waiting"
    LIVE = "live"
    SAME = "same"


class Conflict(Exception):
    """The entry is no longer what the form was made from; `now` is what it is."""

    def __init__(self, now: Practitioner) -> None:
        self.now = now


def locked(person: Practitioner) -> Practitioner:
    return Practitioner.objects.select_for_update().get(pk=person.pk)


def change_of(person: Practitioner) -> EntryChange | None:
    """What waits for the staff, or was returned and can be corrected."""
    changes = EntryChange.objects.filter(practitioner=person)
    returned = changes.filter(state=EntryChange.State.RETURNED)
    return changes.waiting().first() or returned.select_related("revision").first()


def waiting(person: Practitioner) -> EntryChange | None:
    return EntryChange.objects.filter(practitioner=person).waiting().first()


def may_edit(person: Practitioner) -> bool:
    return person.state != State.WITHDRAWN and not person.locked


def newest(person: Practitioner) -> Practitioner:
    """The newest draft, or what is published where there is none."""
    draft = person.latest_revision if person.has_unpublished_changes else None
    return cast(Practitioner, draft.as_object() if draft else Practitioner.objects.get(pk=person.pk))


def start(person: Practitioner) -> Practitioner:
    """What a form begins with: the newest draft, with what was returned to the person in it."""
    found = newest(person)
    change = change_of(person)
    if change and change.state == EntryChange.State.RETURNED:
        carry(cast(Practitioner, change.revision.as_object()), found)
    return found


@transaction.atomic
def send(*, person: Practitioner, draft: Practitioner, made_from: str, now: datetime) -> Sent:
    """Keep what the person wrote for the staff, or publish it where nothing but small changes were made.

    `draft` holds the fields a person may write; `made_from` is the fingerprint of what the form began with.
    Raises Conflict, and ValidationError when the entry may not be edited now.
    """
    entry = locked(person)
    if not may_edit(entry):
        raise ValidationError(
            _("Wpisu nie da się teraz zmienić: redakcja właśnie nad nim pracuje albo jest wycofany."),
            code="locked",
        )
    begun = start(entry)
    if fingerprint(begun) != made_from:
        raise Conflict(begun)
    fresh = newest(entry)
    carry(draft, fresh)
    held = EntryChange.objects.filter(practitioner=entry).select_related("revision").first()
    fields = changed(Practitioner.objects.get(pk=entry.pk), fresh)
    if not changed(begun, fresh) and not (held and held.state == EntryChange.State.RETURNED):
        return Sent.SAME
    at_once = {*fields} <= {*DirectorySettings.load().at_once} and entry.live
    if not fields and held and held.revision_id == entry.latest_revision_id:
        take_back(person=entry, now=now)
        return Sent.SAME
    if at_once and not entry.has_unpublished_changes and held is None:
        revision = fresh.save_revision()
        log(
            entry,
            LIVE_ACTION,
            revision=revision,
            timestamp=now,
            data={"fields": fields},
            content_changed=True,
        )
        revision.publish(log_action=False, skip_permission_checks=True)
        return Sent.LIVE
    cancel_workflow(entry)
    before = entry.latest_revision if entry.has_unpublished_changes else None
    mine = held and before and held.revision_id == before.pk
    revision = fresh.save_revision()
    EntryChange.objects.update_or_create(
        practitioner=entry,
        defaults={
            "revision": revision,
            "before": held.before if held and mine else before,
            "state": EntryChange.State.WAITING,
            "fields": fields,
            "reason": "",
            "sent_at": held.sent_at if held and mine else now,
            "decided_at": None,
        },
    )
    if held and (mine or held.state == EntryChange.State.RETURNED):
        forget_revision(held.revision)
    log(entry, SEND_ACTION, revision=revision, timestamp=now, data={"fields": fields}, content_changed=True)
    if workflow := fresh.get_workflow():
        workflow.start(fresh, user=None)
    return Sent.WAITING


@transaction.atomic
def take_back(*, person: Practitioner, now: datetime) -> None:
    """As if it had not been sent. Raises ValidationError when it does not wait any more or the staff work on it."""
    entry = locked(person)
    change = EntryChange.objects.select_related("revision").filter(practitioner=entry).first()
    if change is None:
        raise ValidationError(_("Nie ma już zmian, które można cofnąć."), code="gone")
    if change.state == EntryChange.State.WAITING:
        if waiting(entry) is None:
            raise ValidationError(_("Nie ma już zmian, które można cofnąć."), code="gone")
        if entry.latest_revision_id != change.revision_id:
            raise ValidationError(
                _("Redakcja już poprawia te zmiany. Napisz do nas, jeśli mają nie być opublikowane."),
                code="taken",
            )
        go_back(entry, change)
    change.delete()
    forget_revision(change.revision)
    log(entry, TAKE_BACK_ACTION, timestamp=now)


@transaction.atomic
def publish(*, person: Practitioner, seen: int, now: datetime, user: Any) -> None:
    """`seen`: the key of the draft that the moderator read. Raises ValidationError when it is another by now."""
    entry = locked(person)
    change = still_waiting(entry, seen)
    revision: Any = entry.latest_revision
    revision.publish(user=user, skip_permission_checks=True)
    change.delete()
    mails.send_decision(person=Practitioner.objects.get(pk=entry.pk), template="published", now=now)


@transaction.atomic
def send_back(*, person: Practitioner, seen: int, reason: str, now: datetime, user: Any) -> None:
    """The entry stays as it was; the person is told why, and finds what they wrote. Raises ValidationError."""
    entry = locked(person)
    change = still_waiting(entry, seen)
    go_back(entry, change)
    change.state, change.reason, change.decided_at = EntryChange.State.RETURNED, reason, now
    change.save(update_fields=["state", "reason", "decided_at"])
    log(entry, RETURN_ACTION, user=user, timestamp=now, data={"reason": reason})
    mails.send_decision(person=entry, template="returned", now=now, reason=reason)


def still_waiting(entry: Practitioner, seen: int) -> EntryChange:
    change = waiting(entry)
    if change is None:
        raise ValidationError(
            _("Tej zmiany już nie ma: ktoś z zespołu był szybszy albo osoba ją cofnęła."), code="gone"
        )
    if entry.latest_revision_id != seen:
        raise ValidationError(
            _("Zmiana jest już inna niż ta, którą przed chwilą było widać. Przejrzyj ją jeszcze raz."),
            code="newer",
        )
    return change


def go_back(entry: Practitioner, change: EntryChange) -> None:
    """The draft that there was before the person's change is the newest again, or nothing but what is published."""
    cancel_workflow(entry)
    before = change.before
    draft = before is not None and before.pk != entry.live_revision_id
    rows = Practitioner.objects.filter(pk=entry.pk)
    rows.update(latest_revision=before or entry.live_revision, has_unpublished_changes=draft)


def cancel_workflow(entry: Practitioner) -> None:
    if running := entry.current_workflow_state:
        running.cancel(user=None)


def forget_revision(revision: Revision) -> None:
    """A text that nobody may still need; what a workflow's history holds stays with the entry."""
    if not TaskState.objects.filter(revision=revision).exists():
        revision.delete()


def forget_returned(now: datetime) -> int:
    """Of long ago; and what was published otherwise. A job of home.clock."""
    changes = EntryChange.objects.select_related("revision", "practitioner")
    old = changes.filter(state=EntryChange.State.RETURNED, decided_at__lt=now - RETURNED_KEPT)
    gone = list(old)
    for change in gone:
        change.delete()
        forget_revision(change.revision)
    settled = changes.filter(state=EntryChange.State.WAITING).exclude(
        pk__in=EntryChange.objects.waiting().values("pk")
    )
    return len(gone) + settled.delete()[0]
