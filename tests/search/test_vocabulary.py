"""The vocabularies of a kind: which words stand in them, and what a process holds of them."""

from __future__ import annotations

import contextlib

import pytest
from django.db import transaction

from directory.models import Practitioner
from search import stamps, vocabulary
from search.documents import kind_of
from search.faceted import faceted
from search.models import Word
from tests.conftest import ON_POSTGRESQL
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
KIND = kind_of(Practitioner)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], autouse=True)
def database(request: pytest.FixtureRequest) -> None:
    if (request.param == "postgresql") != ON_POSTGRESQL:
        pytest.skip("belongs to the other database's run")


def test_words_of_the_deleted_are_forgotten() -> None:
    """A surname does not stay behind in the list that misspelt words are compared with."""
    PractitionerFactory(name="Hanna Czapla")
    gone = PractitionerFactory(name="Iga Brzęczyszczykiewicz")
    faceted(Practitioner.objects.visible("pl"), "x")
    assert Word.objects.filter(word="brzeczyszczykiewicz").exists()
    gone.delete()
    faceted(Practitioner.objects.visible("pl"), "x")
    assert not Word.objects.filter(word="brzeczyszczykiewicz").exists()
    assert Word.objects.filter(word="czapla").exists()


def test_a_word_that_only_hidden_people_hold_is_known_to_editors_alone() -> None:
    PractitionerFactory(name="Hanna Czapla")
    person = PractitionerFactory(name="Iga Brzęczyszczykiewicz")
    everybody, public = Practitioner.objects.all(), Practitioner.objects.visible("pl")
    assert not faceted(public, "Brzęczyszczykiewicz").unknown
    person.live = False
    person.save()
    for text in ("Brzęczyszczykiewicz", "brzeczysz", "Iga Brzęczyszczykiewicz "):
        assert faceted(everybody, text).total == 1, text
        assert not faceted(everybody, text).unknown, text
        assert text.split()[-1] in faceted(public, text).unknown, text
    assert faceted(public, "Brzeczyszczykiewiczz").suggestion is None
    assert faceted(everybody, "Brzeczyszczykiewiczz").corrected
    person.live = True
    person.save()
    assert faceted(public, "brzeczysz").total == 1


def test_what_a_process_holds_of_a_vocabulary_follows_its_words() -> None:
    """Words that come and go, those of a transaction that was rolled back included."""

    def holds(word: str) -> bool:
        last = stamps.read("default", KIND, shown=True).words
        held = vocabulary.held("default", KIND, True, last)
        lists = (held.words, held.lengths.get(len(word), []), held.sounds.get(vocabulary.heard(word), []))
        assert len({(word in words) for words in lists}) == 1
        assert held.words == sorted({*held.words})
        return word in held.words

    vocabulary.add("default", KIND, ["bobr", "zubr"], ["bobr"])
    assert holds("bobr")
    assert not holds("zubr")
    vocabulary.add("default", KIND, [], ["zubr"])
    assert holds("zubr")
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        vocabulary.add("default", KIND, ["rosomak"], ["rosomak"])
        assert holds("rosomak")
        raise ZeroDivisionError
    vocabulary.add("default", KIND, ["tygrys"], ["tygrys"])
    assert holds("tygrys")
    assert not holds("rosomak")
    for _twice in range(2):  # no document holds any of them
        vocabulary.forget("default", KIND, ["tygrys", "bobr"])
        assert not holds("tygrys")
        assert not holds("bobr")
        assert holds("zubr")
        vocabulary.add("default", KIND, ["tygrys"], ["tygrys"])
        assert holds("tygrys")
