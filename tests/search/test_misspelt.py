"""What misspelt words are read as, over an index of a few words."""

from __future__ import annotations

import pytest

from search.analysis import parse
from search.misspelt import Speller, put_right
from search.slips import cost, dictionary
from search.vocabulary import Held, Vocabulary

WORDS = "bezdomnosc geoankieta zubr zubrow wroclaw wroclawia kozla mediacja medium polska police petycja mlodziez spacer badawczy"


@pytest.fixture
def speller() -> Speller:
    vocabulary = Vocabulary("default", "test", False, (0, ""))
    vocabulary.__dict__["held"] = Held().changed((0, ""), WORDS.split())
    return Speller(vocabulary)


def read(speller: Speller, text: str, *lost: int) -> str:
    query = parse(text)
    return put_right(query, speller.parts(query, lost), {}).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bezdonmi", "bezdomni"),  # the index holds only what the thesaurus puts in its place
        ("rzubry", "zubry"),  # by ear, in a form that is not written there
        ("petyjce", "petycje"),
        ("mlodzierz", "mlodziez"),
        ("Kozłaa", "Kozła"),
        ("wrolawiem", "wroclawiem"),  # without diacritics the dictionary can't be asked
        ("spacerbadawczy", "spacer badawczy"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(speller: Speller, typed: str, meant: str) -> None:
    assert read(speller, typed, 0) == meant


def test_a_word_cut_in_two_is_joined_and_the_rest_left_as_it_was(speller: Speller) -> None:
    assert read(speller, "media cja, sąsiedzka!", 0, 1) == "mediacja, sąsiedzka!"
    assert read(speller, '"media cja"', 0, 1).startswith('"')


def test_places_of_a_question_put_right_lead_back_to_what_was_typed(speller: Speller) -> None:
    query = parse("media cja spacerbadawczy ")
    right = put_right(query, speller.parts(query, (0, 1, 2)), {})
    assert right.text == "mediacja spacer badawczy "
    assert right.typed_at == {0: 0, 1: 2, 2: 2}
    assert right.pairs == [("media cja", "mediacja"), ("spacerbadawczy", "spacer badawczy")]


def test_a_word_that_nothing_answers_has_no_rivals(speller: Speller) -> None:
    """Else a question would be held to hold a word that some text has, and be read as one that none meets whole."""
    query = parse("mediacje Kwiczoły")
    assert not any(put_right(query, speller.parts(query, [1]), {}).rivals.values())
    query = parse("mediacje wroclawa")
    assert any(put_right(query, speller.parts(query, [1]), {}).rivals.values())


def test_nonsense_and_short_words_are_left_alone(speller: Speller) -> None:
    for text in ("xqzzvkw", "ab", "123456", "zwadogodzenie"):
        assert read(speller, text, 0) == text


def test_easy_slips_cost_less_than_strange_ones() -> None:
    assert cost("medaicja", "mediacja") < cost("medilcja", "mediacja")
    assert cost("mediacka", "mediacja") < cost("mediacba", "mediacja")
    assert cost("mlodzierz", "mlodziez") < cost("mlodziet", "mlodziez")
    assert cost("tediacja", "mediacja") > cost("meddacja", "mediacja")


def test_the_dictionary_knows_real_words_alone() -> None:
    assert "bezdomni" in dictionary("bezdonmi")
    assert dictionary("x" * 200) == ()
