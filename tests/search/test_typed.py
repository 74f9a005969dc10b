"""What is typed into an address is bounded, whatever it is."""

import pytest

from search.typed import LONGEST_QUESTION, page_number, question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  panel\n obywatelski ", "panel obywatelski"),
        ("a\0b", "a b"),
        ("a\u202eb\ud800", "a b"),
        ("zażółć „gęślą” 🙂", "zażółć „gęślą” 🙂"),
        ("\t\n", ""),
    ],
)
def test_a_question_is_one_readable_line(typed: str, asked: str) -> None:
    assert question(typed) == asked


def test_a_question_is_never_long() -> None:
    assert len(question("słowo " * 10_000)) <= LONGEST_QUESTION


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("0", 1), ("-1", 1), ("", 1), ("x", 1), ("²", 1), ("٣", 1), ("99999", 99999), ("9" * 9, 1)],
)
def test_a_page_is_a_number_from_one(typed: str, number: int) -> None:
    assert page_number(typed) == number
