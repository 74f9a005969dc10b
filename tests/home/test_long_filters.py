"""A filter with many values shows a few, and the others when asked for."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from home.listing import BEGINNING, LONG, Choice, Filter, filter_of


def a_filter(number: int, *chosen: str) -> Filter:
    choice = Choice.of({"metoda": chosen})
    names = {f"m{place}": f"Metoda {place:02d}" for place in range(number)}
    return filter_of("metoda", "Metoda", [(slug, 1) for slug in names], names, choice)


def drawn(found: Filter) -> BeautifulSoup:
    html = render_to_string("components/filters.html", {"filters": [found], "keep": [], "action": "/x/"})
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("number", [0, 1, BEGINNING, LONG])
def test_a_short_filter_is_whole(number: int) -> None:
    found = a_filter(number)
    assert (len(found.first), found.rest) == (number, [])
    assert not drawn(found).select(".facet-rest")


def test_a_long_filter_unfolds_and_says_how_many_there_are() -> None:
    found = a_filter(41)
    page = drawn(found)
    assert page.select_one(".facet-rest summary").get_text() == "Pokaż wszystkie (41)"
    assert len(page.select(".facet-rest input")) == 41 - BEGINNING
    assert len(page.select("input[name=metoda]")) == 41, "all of them without a script, each once"


def test_what_is_chosen_is_never_folded_away() -> None:
    found = a_filter(41, "m40")
    assert [option.value for option in found.first][-1] == "m40"
    assert len(found.first) + len(found.rest) == 41
    [box] = drawn(found).select("input[checked]")
    assert not box.find_parent(class_="facet-rest")
