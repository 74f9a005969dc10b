"""Orders by rank and filters of many values: what nearness asks of every engine."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Practitioner
from search.orders import ByRank
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db

FACETS = ("method_slugs", "voivodeship_slugs", "sector", "municipality_kind", "place_codes")
TEXTS = ("", "konsultacje", "obywatelski", '"budżet obywatelski"', "mediacja xyzzyk")


def everyone(engine: Engine, text: str) -> list[Practitioner]:
    return [hit.object for hit in engine.ask(text, page_size=100, order="sort_name").hits]


def values_of(person: Practitioner, facet: str) -> list[str]:
    value = getattr(person, facet)
    value = value() if callable(value) else value
    return list(value) if isinstance(value, list) else [value] if value else []


@pytest.fixture
def codes(engine: Engine) -> list[str]:
    """Of everybody's municipality; beside them there is somebody who named none."""
    engine.wrote(PractitionerFactory(name="Bez Gminy", headline="konsultacje społeczne"))
    return sorted({person.municipality_id for person in Practitioner.objects.all() if person.municipality_id})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_hits_counts_and_order_are_those_of_plain_python(
    engine: Engine, codes: list[str], data: st.DataObject
) -> None:
    """Any words, any set of places, any ranks, any page: the same as counting by hand."""
    text = data.draw(st.sampled_from(TEXTS))
    near = data.draw(
        st.lists(st.sampled_from([*codes, "lodzkie", "9999999"]), min_size=1, max_size=12, unique=True)
    )
    sector = data.draw(st.sampled_from([[], ["organizacja-pozarzadowa"], ["uczelnia", "firma"]]))
    # Few ranks, so that many are equal.
    ranks = {code: data.draw(st.integers(0, 5)) for code in data.draw(st.sets(st.sampled_from(codes)))}
    size, page = data.draw(st.integers(1, 15)), data.draw(st.integers(1, 3))
    chosen = {"place_codes": near} | ({"sector": sector} if sector else {})

    people = everyone(engine, text)
    found = [
        person
        for person in people
        if all({*values} & {*values_of(person, name)} for name, values in chosen.items())
    ]
    found.sort(key=lambda one: (ranks.get(one.municipality_id, 99), one.sort_name(), one.pk))
    answer = engine.ask(
        text,
        filters=chosen,
        facets=FACETS,
        order=ByRank("place_codes", ranks, "sort_name"),
        page=page,
        page_size=size,
    )
    assert answer.total == len(found)
    assert [hit.object.pk for hit in answer.hits] == [
        one.pk for one in found[(page - 1) * size : page * size]
    ]
    for facet in FACETS:
        others = {name: values for name, values in chosen.items() if name != facet}
        counted: dict[str, int] = {}
        for person in people:
            if all({*values} & {*values_of(person, name)} for name, values in others.items()):
                for value in values_of(person, facet):
                    counted[value] = counted.get(value, 0) + 1
        assert {one.value: one.count for one in answer.facets[facet] if one.count} == counted, facet


def test_seven_hundred_ranks_and_as_many_values_are_asked_at_once(engine: Engine, codes: list[str]) -> None:
    """As many as there are kilometres across Poland, and more places than lie within a hundred of any."""
    ranks = {f"{number:07d}": number for number in range(700)} | dict.fromkeys(codes, 700)
    nearest = max(codes)
    ranks[nearest] = 0
    answer: Any = engine.ask(
        "konsultacje obywatelskie", order=ByRank("place_codes", ranks, "sort_name"), page_size=50
    )
    assert answer.engine == ("elasticsearch" if engine.name == "elasticsearch" else "database")
    many = engine.ask(filters={"place_codes": [*(f"{number:07d}" for number in range(600)), nearest]})
    assert [hit.object.municipality_id for hit in many.hits] == [nearest] * many.total
    assert many.total


def test_who_has_no_rank_comes_last_by_name(engine: Engine) -> None:
    answer = engine.ask(order=ByRank("place_codes", {}, "sort_name"), page_size=50)
    assert [hit.object.pk for hit in answer.hits] == [one.pk for one in everyone(engine, "")]


@pytest.mark.parametrize("text", ["", "konsultacje"])
@pytest.mark.parametrize("size", [2, 5, 50])
def test_more_ranks_than_are_asked_for_at_first_make_the_same_order(
    engine: Engine, codes: list[str], text: str, size: int
) -> None:
    """A few people lie within the first ranks, the others far behind, and some nowhere."""
    ranks = {f"{number:07d}": number for number in range(400)}
    ranks |= {code: 10 * place + (300 if place > 3 else 0) for place, code in enumerate(codes[:-2])}
    people = everyone(engine, text)
    people.sort(key=lambda one: (ranks.get(one.municipality_id, 9999), one.sort_name(), one.pk))
    for page in (1, 2):
        answer = engine.ask(
            text, facets=FACETS, order=ByRank("place_codes", ranks, "sort_name"), page=page, page_size=size
        )
        assert answer.total == len(people)
        shown = people[(page - 1) * size : page * size]
        assert [hit.object.pk for hit in answer.hits][: len(shown)] == [one.pk for one in shown]
