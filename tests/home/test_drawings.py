"""Drawings: the same for the same words, safe, and silent to assistive technology."""

import re
from xml.etree import ElementTree

import pytest

from home.drawings import (
    TOPICS,
    Bench,
    Region,
    Spot,
    benches,
    cover,
    cover_file,
    logo,
    poland_map,
    portrait,
    project,
    round_hall,
    seat_mark,
)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_cover_is_stable_varied_and_has_a_free_seat(topic: str) -> None:
    assert cover(topic, "a") == cover(topic, "a")
    assert cover(topic, "a") != cover(topic, "b")
    assert cover(topic, "a").count('class="k-free') == 1


def test_any_word_is_a_topic() -> None:
    assert 'class="cover"' in cover("", "x")
    assert 'class="cover"' in cover('"><script>', "x")
    assert "<script>" not in cover('"><script>', "x")


@pytest.mark.parametrize(
    "drawing", [cover("panel", "1"), portrait("s001"), logo(), round_hall(), seat_mark(3)]
)
def test_drawings_are_decoration_without_inline_colour(drawing: str) -> None:
    ElementTree.fromstring(drawing)
    assert 'aria-hidden="true"' in drawing
    assert "style" not in drawing
    assert "fill=" not in drawing


def test_cover_file_stands_alone_and_escapes_its_label() -> None:
    document = cover_file("panel", "1", 'Sala "A" <b>')
    ElementTree.fromstring(document)
    assert "#1a3cc0" in document


def test_portraits_differ_between_people() -> None:
    assert len({portrait(f"s{number:03}") for number in range(60)}) == 60


def test_benches_have_a_seat_a_meeting() -> None:
    hall = benches([Bench(1, 0, 0), Bench(4, 2, 1)])
    assert hall.count("<path") == 5
    assert hall.count("b-done") == 2
    assert hall.count("b-dated") == 1
    assert hall.count("b-open") == 2


def test_map_links_only_regions_with_something_in_them() -> None:
    drawn = poland_map(
        [
            Region("slaskie", 3, "śląskie: 3 osoby", "?w=slaskie"),
            Region("lubuskie", 0, "lubuskie: 0", "?w=lubuskie"),
        ],
        label="Osoby",
    )
    assert drawn.count("<path") == 16
    assert re.findall(r'href="([^"]+)"', drawn) == ["?w=slaskie"]
    assert 'aria-label="śląskie: 3 osoby"' in drawn


def test_map_escapes_what_it_is_given() -> None:
    drawn = poland_map([], [Spot(52.2, 21.0, '"><script>', "/x")], label='"<i>')
    assert "<script>" not in drawn
    assert "<i>" not in drawn


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(54.83, 18.3), (49.0, 22.86), (52.85, 14.12), (50.87, 24.15), (52.23, 21.01)]
)
def test_places_of_poland_are_on_the_map(latitude: float, longitude: float) -> None:
    x, y = project(latitude, longitude)
    assert 0 < x < 400
    assert 0 < y < 390
