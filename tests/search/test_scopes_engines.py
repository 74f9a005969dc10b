"""Who is hidden is in no total and no count, on every engine."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from directory.models import Consent, Practitioner
from directory.services import change_state, record_consent, withdraw_consent
from search.faceted import faceted
from tests.search.conftest import Engine

# A transaction a test, inside the one that holds the collection for the whole module.
pytestmark = pytest.mark.django_db

FACETS = ("voivodeship_slugs", "sector")


def people() -> Any:
    return Practitioner.objects.visible("pl")


def test_totals_and_counts_forget_who_is_hidden(engine: Engine) -> None:
    before = engine.ask("mediacje ", facets=FACETS)
    person = before.hits[0].object
    change_state(practitioner=person, state="hidden", reason="próba", now=timezone.now())
    between = engine.ask("mediacje ", facets=FACETS)
    assert person.public_id not in [hit.object.public_id for hit in between.hits]
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    after = engine.ask("mediacje ", facets=FACETS)
    assert after.total == before.total - 1
    counted = {value.value: value.count for value in before.facets["sector"]}
    counted[person.sector] -= 1
    assert {value.value: value.count for value in after.facets["sector"]} == {
        value: count for value, count in counted.items() if count
    }
    change_state(practitioner=person, state="live", now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("mediacje ").total == before.total


def test_totals_forget_whose_consent_is_withdrawn(engine: Engine) -> None:
    before = engine.ask("", facets=FACETS)
    person = before.hits[0].object
    withdraw_consent(practitioner=person, kind=Consent.Kind.PUBLIC_PROFILE, now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("", facets=FACETS).total == before.total - 1
    record_consent(practitioner=person, now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("", facets=FACETS).total == before.total


def test_a_narrower_queryset_is_narrower_in_the_index_too(engine: Engine) -> None:
    whole, some = people(), people().filter(voivodeship="lodzkie")
    assert faceted(some, "").total == some.count() < faceted(whole, "").total
