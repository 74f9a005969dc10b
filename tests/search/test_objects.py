"""Statements that are built once: the objects of a page, and the reading rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Practitioner
from directory.services import change_state
from home.models import HomePage
from search.objects import in_bulk
from tests.factories import MunicipalityFactory, PractitionerFactory, polish_home

pytestmark = pytest.mark.django_db


def people() -> Any:
    return Practitioner.objects.visible("pl").for_cards()


def test_the_same_objects_come_as_django_reads_them() -> None:
    ones: list[Any] = [
        PractitionerFactory(name="Hanna Czapla", languages=["pl", "uk"]),
        PractitionerFactory(name="Iga Wrona", is_mentor=True),
        PractitionerFactory(name="Ola Sowa"),
    ]
    for keys in ([one.pk for one in ones], [ones[2].pk], [ones[1].pk, ones[0].pk]):
        with CaptureQueriesContext(connection) as statements:
            found = in_bulk(people(), keys)
            shown = {(one.municipality and one.municipality.name, one.photo) for one in found.values()}
        assert len(statements) == 1, shown
        expected = people().in_bulk(keys)
        assert found == expected
        assert [columns(found[key]) for key in keys] == [columns(expected[key]) for key in keys]


def columns(one: Any) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def test_who_is_hidden_meanwhile_does_not_come() -> None:
    stays: Any = PractitionerFactory(name="Hanna Czapla")
    leaves: Any = PractitionerFactory(name="Iga Wrona")
    keys = [stays.pk, leaves.pk]
    assert in_bulk(people(), keys).keys() == {*keys}
    change_state(practitioner=leaves, state="hidden", reason="Na prośbę.", now=timezone.now())
    assert in_bulk(people(), keys).keys() == {stays.pk}


@pytest.mark.parametrize("number", [0, 32, 33, 128, 129])
def test_any_number_of_keys_will_do(number: int) -> None:
    keys = [PractitionerFactory(name="Hanna Czapla").pk, PractitionerFactory(name="Iga Wrona").pk]
    asked = [*keys, *range(10**6, 10**6 + number)][:number]
    assert in_bulk(people(), asked).keys() == {*asked[:2]}


def test_what_narrows_the_rows_still_does() -> None:
    mentor: Any = PractitionerFactory(name="Hanna Czapla", is_mentor=True)
    other: Any = PractitionerFactory(name="Iga Wrona")
    keys = [mentor.pk, other.pk]
    assert in_bulk(people(), keys).keys() == {*keys}
    assert in_bulk(people().filter(is_mentor=True), keys).keys() == {mentor.pk}
    assert in_bulk(people().none(), keys) == {}
    names = in_bulk(Practitioner.objects.visible("pl").only("name"), [mentor.pk])
    assert "biography" in names[mentor.pk].get_deferred_fields()


def test_pages_are_read_too() -> None:
    home = polish_home()
    rows: QuerySet[Any] = HomePage.objects.visible("pl")
    assert in_bulk(rows, [home.pk]).keys() == {home.pk}


def test_a_rule_that_was_built_once_does_not_reach_beyond_its_rows() -> None:
    """The rule for the whole table is remembered; people of one place are asked for by a rule of their own."""
    place = MunicipalityFactory()
    here: Any = PractitionerFactory(name="Hanna Czapla", municipality=place)
    PractitionerFactory(name="Iga Wrona")
    assert Practitioner.objects.visible("pl").count() == 2
    assert [one.pk for one in place.practitioners.visible("pl")] == [here.pk]
    assert [one.pk for one in Practitioner.objects.filter(pk=here.pk).visible("pl")] == [here.pk]
    assert [one.pk for one in Practitioner.objects.order_by("-name").visible("pl")][-1] == here.pk
    assert Practitioner.objects.using("default").visible("pl").count() == 2
    assert Practitioner.objects.visible("pl").filter(pk=here.pk).count() == 1
    assert Practitioner.objects.visible("pl").count() == 2, "the remembered rows are nobody's to narrow"
