from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry as log_registry
from wagtail.models import Locale

from directory import services
from directory.models import Practitioner, State
from directory.models.choices import NEXT_STATES
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("before", State.values)
@pytest.mark.parametrize("after", State.values)
def test_only_the_allowed_steps_are_taken(before: str, after: str) -> None:
    reason = "powód" if before in ("hidden", "withdrawn") else ""
    person = PractitionerFactory(state=before, state_reason=reason)
    if after in NEXT_STATES[before]:
        services.change_state(practitioner=person, state=after, reason="skarga", now=NOW)
        person.refresh_from_db()
        assert (person.state, person.state_reason, person.state_changed_at) == (after, "skarga", NOW)
    else:
        with pytest.raises(ValidationError, match="nie można przejść"):
            services.change_state(practitioner=person, state=after, reason="skarga", now=NOW)


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        ("hidden", "  ", "Podaj powód"),
        ("hidden", "x" * 201, "200 znaków"),
        ("nonsens", "", "Nie ma takiego stanu"),
    ],
)
def test_a_wrong_step_says_why(state: str, reason: str, said: str) -> None:
    person = PractitionerFactory()
    with pytest.raises(ValidationError, match=said):
        services.change_state(practitioner=person, state=state, reason=reason, now=NOW)
    person.refresh_from_db()
    assert person.state == "live"


def test_the_polish_row_changes_and_the_profile_disappears_in_every_language() -> None:
    person = PractitionerFactory()
    translation = person.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    translation.save()
    assert Practitioner.objects.visible("en").count() == 1
    services.change_state(practitioner=translation, state="paused", now=NOW)
    person.refresh_from_db()
    assert person.state == "paused"
    assert not Practitioner.objects.visible("en").exists()


def test_an_old_draft_does_not_undo_the_state() -> None:
    person = PractitionerFactory()
    person.headline = "szkic"
    person.save_revision()
    services.change_state(practitioner=person, state="hidden", reason="skarga", now=NOW)
    Practitioner.objects.get().latest_revision.publish()
    person.refresh_from_db()
    assert (person.headline, person.state, person.state_changed_at) == ("szkic", "hidden", NOW)


def test_the_step_is_in_the_history() -> None:
    person = PractitionerFactory()
    services.change_state(practitioner=person, state="hidden", reason="skarga", now=NOW)
    (entry,) = log_registry.get_logs_for_instance(person)
    assert entry.message == "Zmieniono stan: z „w bazie” na „ukryty przez redakcję”"
    assert entry.comment == "skarga"


def test_consent_given_to_the_staff_is_recorded_once() -> None:
    person = PractitionerFactory(consented=False)
    first = services.record_consent(practitioner=person, now=NOW)
    assert services.record_consent(practitioner=person, now=NOW) == first
    assert first.channel == "staff"
    assert list(Practitioner.objects.visible()) == [person]
