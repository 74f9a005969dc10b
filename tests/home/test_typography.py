"""Polish lines end where they may."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from home.typography import NBSP, SHY, date_range, glue, reading_minutes, soften, thousands


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Spotkanie w domu", "Spotkanie w_domu"),
        ("I w domu, i z sąsiadami", "I_w_domu, i_z_sąsiadami"),
        ("28 listopada 2026 r.", "28_listopada 2026_r."),
        ("1 200 zł", "1_200_zł"),
        ("art. 5 ust. 2", "art._5_ust._2"),
        ("(a potem", "(a_potem"),
        ("mama ma", "mama ma"),
        ("10 minutowy", "10 minutowy"),
    ],
)
def test_glue(text: str, joined: str) -> None:
    assert glue(text).replace(NBSP, "_") == joined


def test_glue_leaves_tags_and_stays_safe() -> None:
    html = mark_safe('<a title="w domu" href="/a b/">w domu</a>')
    assert glue(html) == f'<a title="w domu" href="/a b/">w{NBSP}domu</a>'
    assert isinstance(glue(html), SafeString)


def test_glue_does_not_make_text_safe() -> None:
    assert not isinstance(glue("<b>w domu</b>"), SafeString)


def test_only_very_long_words_get_soft_hyphens() -> None:
    assert soften("osób z niepełnosprawnościami").replace(SHY, "-") == "osób z niepeł-nospraw-nościami"
    assert SHY not in soften("partycypacja w samorządowcach")
    assert (
        soften(mark_safe('<i class="niepelnosprawnosciamiitd">x</i>'))
        == '<i class="niepelnosprawnosciamiitd">x</i>'
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2027, 2, 4), date(2027, 2, 5), "4–5 lutego 2027"),
        (date(2027, 2, 28), date(2027, 3, 1), "28 lutego – 1 marca 2027"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 grudnia 2026 – 2 stycznia 2027"),
        (date(2026, 11, 28), None, "28 listopada 2026"),
        (date(2026, 11, 28), date(2026, 11, 28), "28 listopada 2026"),
    ],
)
def test_date_range(start: date, end: date | None, words: str) -> None:
    with translation.override("pl"):
        assert date_range(start, end) == words


def test_date_range_in_english() -> None:
    with translation.override("en"):
        assert date_range(date(2027, 2, 4), date(2027, 2, 5)) == "4–5 February 2027"


def test_numbers_and_reading_time() -> None:
    assert thousands(74600) == f"74{NBSP}600"
    assert thousands(999) == "999"
    assert reading_minutes("<p>krótko</p>") == 1
    assert reading_minutes("słowo " * 1800) == 10
