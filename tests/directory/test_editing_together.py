"""A change decided and sent by many at the same moment on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from directory.models import EntryChange, Practitioner
from directory.self_service import editing, ownership
from directory.self_service.differences import fingerprint
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .standing import NOW
from .test_self_service_together import at_once, polish  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def outcome(work: Callable[[], object]) -> str:
    try:
        work()
    except (ValidationError, editing.Conflict) as error:
        return type(error).__name__
    return "done"


def sent(person: Practitioner, headline: str) -> object:
    draft = editing.start(person)
    made_from = fingerprint(draft)
    draft.headline = headline
    return editing.send(person=person, draft=draft, made_from=made_from, now=NOW)


def test_of_many_moderators_one_publishes() -> None:
    person = PractitionerFactory(email="halina@example.org")
    sent(person, "nowa")
    seen: Any = Practitioner.objects.get().latest_revision_id
    answers = at_once(
        lambda: outcome(lambda: editing.publish(person=person, seen=seen, now=NOW, user=None)), times=5
    )
    assert sorted(map(str, answers)) == ["ValidationError"] * 4 + ["done"]
    assert Practitioner.objects.get().headline == "nowa"
    assert OutboxMail.objects.count() == 1


def test_of_two_tabs_at_once_the_second_is_told() -> None:
    person = PractitionerFactory(email="halina@example.org")
    begun = fingerprint(editing.start(person))

    def send() -> object:
        draft = editing.start(Practitioner.objects.get())
        draft.headline = "nowa"
        return editing.send(person=person, draft=draft, made_from=begun, now=NOW)

    answers = at_once(lambda: outcome(send), times=5)
    assert sorted(map(str, answers)) == ["Conflict"] * 4 + ["done"]
    assert EntryChange.objects.count() == Revision.objects.count() == 1


def test_of_many_hand_overs_one_acts() -> None:
    person = PractitionerFactory(email="halina@example.org")
    answers = at_once(
        lambda: outcome(
            lambda: ownership.hand_over(
                practitioner=person, address="nowa@example.org", reason="x", now=NOW, user=None
            )
        ),
        times=5,
    )
    assert sorted(map(str, answers)) == ["ValidationError"] * 4 + ["done"]
    assert OutboxMail.objects.count() == 2
