"""What is forgotten of those who came, and when; by the clock, twice in a row with the same result."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.models.registration import Registration, RegistrationEvent, SupportNeeds

#: Diet and support are of no use after the event; a fortnight is for what was ordered and billed by them.
NEEDS_KEPT = timedelta(days=14)
#: For the survey, certificates and the report to the funder.
PEOPLE_KEPT = timedelta(days=365)


def erase_needs(now: datetime) -> int:
    done, _each = SupportNeeds.objects.filter(registration__page__ends_at__lt=now - NEEDS_KEPT).delete()
    return done


def erase_people(now: datetime) -> int:
    """Name, address and organisation go; state, municipality, sector and first time stay for the counts."""
    old = Registration.objects.filter(page__ends_at__lt=now - PEOPLE_KEPT).exclude(address_hash="")
    # A reason may name the person.
    RegistrationEvent.objects.filter(registration__in=old).update(reason="")
    return old.update(name="–", email="", organisation="", address_hash="")
