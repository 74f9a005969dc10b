"""The one field in which readers' forms ask for a municipality."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Municipality
from directory.municipality_field import MunicipalityField
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


class PlaceForm(forms.Form):
    place = MunicipalityField(label="Gmina", required=False)


def sent(place: str, code: str = "") -> PlaceForm:
    data = QueryDict(mutable=True)
    data.update({"place": place, "place_code": code})
    return PlaceForm(data)


def parsed(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form["place"]).replace("\u00a0", " "), "html.parser")


def options(form: forms.Form) -> dict[str, str]:
    return {
        one.input["value"]: one.get_text(" ", strip=True) for one in parsed(form).select("fieldset label")
    }


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Łódź", "Łódź"),
        ("lodz", "Łódź"),
        ("  gmina   Kutno ,  wiejska ", "Kutno"),
        ("Brzeziny, kaliski", "Brzeziny"),
        ("1061011", "Łódź"),
        ("", None),
        ("   ", None),
    ],
)
def test_a_name_that_is_one_place_is_taken(typed: str, name: str | None) -> None:
    form = sent(typed)
    assert form.is_valid(), form.errors
    found = form.cleaned_data["place"]
    assert (found.name if found else None) == name
    assert not options(form)


def test_every_municipality_of_the_register_comes_back_as_it_was_shown() -> None:
    for place in Municipality.objects.all()[::40]:
        shown = PlaceForm(initial={"place": place})
        form = sent(parsed(shown).input["value"])
        assert form.is_valid(), place
        assert form.cleaned_data["place"] == place


def test_namesakes_are_listed_with_their_counties_and_one_is_chosen() -> None:
    form = sent("Brzeziny")
    assert "Jest kilka takich gmin" in str(form.errors)
    listed = options(form)
    assert len(listed) == 3
    assert "Brzeziny gmina wiejska, pow. kaliski, woj. wielkopolskie" in listed.values()
    assert parsed(form).input["value"] == "Brzeziny"
    chosen = sent("Brzeziny", "3007022")
    assert chosen.is_valid()
    assert chosen.cleaned_data["place"].county == "kaliski"
    assert parsed(chosen).select_one("input[checked]")["value"] == "3007022", "and it stays chosen"


def test_a_choice_of_before_gives_way_to_another_name() -> None:
    form = sent("Łódź", "3007022")
    assert form.is_valid()
    assert form.cleaned_data["place"].name == "Łódź"
    assert not sent("Brzeziny", "1061011").is_valid(), "none of that name"


def test_a_slip_offers_what_is_spelled_so_nearly() -> None:
    form = sent("Kutmo")
    assert "Wybierz jedną z podobnych" in str(form.errors)
    assert any(words.startswith("Kutno") for words in options(form).values())
    assert sent("Kutmo", next(iter(options(form)))).is_valid()


def test_a_place_without_a_position_can_be_named_too() -> None:
    place = MunicipalityFactory(name="Bezmapów", latitude=None, longitude=None)
    form = sent("bezmapow")
    assert form.is_valid()
    assert form.cleaned_data["place"] == place


@given(st.text(max_size=300), st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_kept_and_told_about(text: str, code: str) -> None:
    form = sent(text, code)
    if not form.is_valid():
        assert len(form.errors["place"]) == 1
    field: Any = form["place"]
    assert field.value().text == text
    html = str(field)
    assert "<script" not in html
    assert form["place"].as_hidden().count('type="hidden"') == 2


def test_it_speaks_english() -> None:
    with translation.override("en"):
        assert "/en/gminy/podpowiedzi/" in str(PlaceForm()["place"])
