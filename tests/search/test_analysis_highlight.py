"""Highlighting marks what was found, in any inflection, and never lets markup through."""

from django.utils.safestring import SafeString

from search.analysis import highlight, parse

TEXT = "Prowadzę budżety obywatelskie w Świdnicy i uczę sołtysów."


def test_inflected_forms_are_marked_where_they_stand() -> None:
    found = highlight(TEXT, parse("budżet świdnica"))
    assert found == ("Prowadzę <mark>budżety</mark> obywatelskie w <mark>Świdnicy</mark> i uczę sołtysów.")
    assert isinstance(found, SafeString)


def test_without_diacritics_and_by_prefix() -> None:
    assert "<mark>Świdnicy</mark>" in highlight(TEXT, parse("swidnica"))
    assert "<mark>obywatelskie</mark>" in highlight(TEXT, parse("budżet obyw"))
    assert "<mark>obywatelskie</mark>" not in highlight(TEXT, parse("obyw "))


def test_stop_words_are_marked_in_a_phrase_only() -> None:
    text = "Strefa bez samochodów, a nie bez ludzi"
    assert highlight(text, parse("strefa bez samochodów ")).count("<mark>") == 2
    assert highlight(text, parse('"strefa bez samochodów"')).count("<mark>") == 3


def test_synonyms_are_marked() -> None:
    assert "<mark>BO</mark>" in highlight("Liczymy głosy w BO, bo lubimy", parse("budżet obywatelski"))
    assert "<mark>bo</mark>" not in highlight("Liczymy głosy w BO, bo lubimy", parse("budżet obywatelski"))


def test_diacritics_typed_are_respected() -> None:
    assert "<mark>" not in highlight("stary sad", parse("sąd "))


def test_markup_is_escaped() -> None:
    text = '<script>alert("budżet")</script> & <b>budżet</b>'
    found = highlight(text, parse("budżet script"))
    assert "<script" not in found
    assert found.count("<mark>") == found.count("</mark>") == 4


def test_a_snippet_is_the_part_that_answers_most() -> None:
    text = "budżet " + "słowo " * 50 + "budżet i panel w gminie " + "słowo " * 50
    found = highlight(text, parse("budżet panel"), words=10)
    assert found.startswith("…")
    assert found.endswith("…")
    assert "<mark>panel</mark>" in found
    assert len(found.replace("<mark>", "").replace("</mark>", "").strip("…").split()) == 10


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    assert highlight("Jeden panel", parse("panel"), words=30) == "Jeden <mark>panel</mark>"


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert highlight("raz dwa trzy cztery", parse("panel"), words=2) == "raz dwa…"
