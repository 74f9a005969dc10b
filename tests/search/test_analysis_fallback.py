"""Where morfeusz2 has no wheel the analysis still works, and says that it is weaker."""

import logging
import sys
from collections.abc import Iterator

import pytest

from search.analysis import exact_keys, fingerprint, folded_map, highlight, parse, problem, reset
from search.checks import dictionary_present


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "morfeusz2", None)
    reset()
    yield
    monkeypatch.undo()
    reset()


@pytest.mark.usefixtures("no_dictionary")
def test_forms_still_meet() -> None:
    for word, form in [
        ("budżet", "budżetów"),
        ("obywatelski", "obywatelskich"),
        ("konsultacja", "konsultacjami"),
        ("Świdnica", "Świdnicy"),
        ("facylitatorka", "facylitatorek"),
        ("mieszkaniec", "mieszkańców"),
    ]:
        assert set(exact_keys(word).split()) & set(exact_keys(form).split()), word


@pytest.mark.usefixtures("no_dictionary")
def test_it_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="search.analysis.lemmas"):
        assert problem() is not None
    assert "morfeusz2" in caplog.text
    assert fingerprint().startswith("pystemmer")


@pytest.mark.usefixtures("no_dictionary")
def test_questions_and_highlighting_work_without_it() -> None:
    query = parse("budzet obywatelski", vocabulary=folded_map(["budżet"]))
    assert "budżet" in query.words[0].exact
    assert "<mark>obywatelskiego</mark>" in highlight("konsultacje budżetu obywatelskiego", query)


@pytest.mark.usefixtures("no_dictionary")
def test_the_system_check_warns() -> None:
    assert [message.id for message in dictionary_present()] == ["search.W001"]


def test_the_system_check_is_silent_where_the_dictionary_is() -> None:
    assert dictionary_present() == []
