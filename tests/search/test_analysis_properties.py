"""Whatever anybody types or writes, the analysis answers."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import analyze, exact_keys, folded_keys, highlight, parse

ODD = "budżet obywatelski „panel” BO NGO-sów Łódź zażółć gęślą lodz kto \0 \" % ' <b> & ✊🏽 ２０２６ ﬁ ß İ e\u0301 \u00ad"
ODD_WORDS = st.sampled_from(ODD.split(" "))
TEXTS = st.one_of(st.text(), st.lists(st.one_of(ODD_WORDS, st.text(max_size=8)), max_size=30).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_offsets_and_keys(text: str) -> None:
    for token in analyze(text):
        assert text[token.start : token.end] == token.surface
        assert all(key.isalnum() for key in (*token.exact, *token.folded))
    assert len(exact_keys(text).split()) == sum(len(token.exact) for token in analyze(text))
    assert "\0" not in exact_keys(text) + folded_keys(text)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_any_question_is_parsed(text: str) -> None:
    query = parse(text)
    assert "\0" not in query.text
    assert all(word.stop is False for word in query.words) or any(not word.stop for word in query.words)
    assert all(
        0 <= found.start < found.end <= len(query.words) and found.words for found in query.alternatives
    )


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS)
def test_highlighting_adds_marks_and_nothing_else(text: str, question: str) -> None:
    found = highlight(text, parse(question))
    assert re.sub("</?mark>", "", found) == escape(text)
    assert re.sub("</?mark>", "", highlight(text, parse(text))) == escape(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.integers(-1, 20))
def test_snippets_hold_no_markup_but_marks(text: str, question: str, words: int) -> None:
    rest = re.sub("</?mark>", "", highlight(text, parse(question), words=words))
    assert "<" not in rest
    assert rest.strip("…") in escape(text) or not analyze(text)


def test_lone_surrogates_do_no_harm() -> None:
    assert parse("\ud800 budżet").words[-1].surface == "budżet"
    assert [token.surface for token in analyze("\ud800budżet")] == ["budżet"]


def test_long_input_is_answered_in_time() -> None:
    started = time.monotonic()
    for text in (
        "ą" * 10_000,
        "z" * 10_000,
        "zażółć " * 1_500,
        '"' * 10_000,
        "zlcenosac " * 1_000,
        "a-" * 5_000,
    ):
        query = parse(text)
        assert len(query.words) <= 40
        highlight(text, query, words=30)
    assert time.monotonic() - started < 15


def test_threads_get_the_same_answers() -> None:
    texts = [f"facylitatorka{number} budżetów obywatelskich w Świdnicy" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(exact_keys, texts)) == [exact_keys(text) for text in texts]
