"""What is forgotten of a message, and of whoever left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import Locale

from directory import services
from directory.contact import refusing, retention, sending
from directory.models import ContactCount, ContactLog, ContactRefusal, PendingContact, Practitioner
from home.mail import outbox
from home.models import OutboxMail

from .contact_form import (
    FORM,
    HERS,
    TEXT,
    kinds,
    link_in,
    write,
)
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db]
State = ContactLog.State


def test_the_log_is_forgotten_after_ninety_days_and_mails_after_one(
    client: Any, rafal: Practitioner, clock: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(client, clock)
    sent = clock.now
    retention.erase_old(sent + timedelta(hours=23))
    assert OutboxMail.objects.filter(text__contains=TEXT).exists()
    retention.erase_old(sent + timedelta(hours=25))
    assert not OutboxMail.objects.exists()
    assert not ContactCount.objects.exists()
    retention.erase_old(sent + timedelta(days=89))
    assert ContactLog.objects.count() == 1
    retention.erase_old(sent + timedelta(days=91))
    assert not ContactLog.objects.exists()


def test_a_mail_that_has_not_gone_is_not_forgotten(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock)
    retention.erase_old(NOW + timedelta(days=5))
    assert kinds() == ["contact-copy", "contact-message"]


def test_an_erased_person_is_in_no_log_and_no_mail(client: Any, rafal: Practitioner, clock: Clock) -> None:
    write(client, clock)
    write(client, clock, solution="")
    refusing.decide(person=rafal, refuse=True, now=NOW)
    bystander = outbox.put(now=NOW, kind="other", recipient=HERS, subject="x", text="x")
    assert ContactCount.objects.filter(key__contains=rafal.public_id).exists()
    services.erase(practitioner=rafal, now=NOW)
    assert not ContactCount.objects.filter(key__contains=rafal.public_id).exists()
    assert list(OutboxMail.objects.values_list("pk", flat=True)) == [bystander.pk]
    assert not PendingContact.objects.exists()
    assert not ContactRefusal.objects.exists()
    log = ContactLog.objects.first()
    assert (ContactLog.objects.count(), log.practitioner, log.person) == (2, None, "usunięta osoba")


def test_a_translation_is_written_to_at_its_source(
    rafal: Practitioner, english_base: Any, client: Any, clock: Clock
) -> None:
    copy = rafal.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.save()
    assert write(client, clock, f"/en{FORM}").status_code == 302
    assert ContactLog.objects.get().practitioner == rafal


def test_confirming_a_message_whose_person_is_gone_says_so(
    client: Any, rafal: Practitioner, clock: Clock
) -> None:
    write(client, clock, solution="")
    confirm = link_in("contact-confirm")
    services.erase(practitioner=rafal, now=NOW)
    assert client.post(confirm).status_code == 410
    assert sending.log_of("zmyślone") is None
