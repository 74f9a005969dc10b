"""The editors' rules at work: on every engine, in every process, at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Practitioner
from search import rereading, rules
from search.analysis import lexicon, thesaurus
from search.models import LexiconEntry, RulesStamp, ThesaurusGroup
from search.seeding import seed
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db


def teach(*terms: str, **more: Any) -> ThesaurusGroup:
    group = ThesaurusGroup(terms="\n".join(terms), **more)
    group.full_clean()
    group.save()
    return group


def test_a_synonym_added_live_finds_at_once_and_no_more_when_it_is_switched_off(engine: Engine) -> None:
    assert engine.ids("zwadogodzenie") == []
    group = teach("zwadogodzenie", "mediacja")
    assert {"c04", "c28", "c37"} <= set(engine.ids("zwadogodzenie"))
    group.active = False
    group.save()
    assert engine.ids("zwadogodzenie") == []
    group.active = True
    group.save()
    group.delete()
    assert engine.ids("zwadogodzenie") == []


def test_a_broader_term_finds_the_narrower(engine: Engine) -> None:
    teach("jednanie", kind="broader", answers="mediacja")
    assert {"c04", "c28", "c37"} <= set(engine.ids("jednanie "))


def test_english_names_of_methods_and_places_find_polish_profiles(engine: Engine) -> None:
    here = PractitionerFactory(
        public_id="e1",
        voivodeship="slaskie",
        headline="Katowice, śląskie",
        biography="Panele obywatelskie.",
    )
    there = PractitionerFactory(
        public_id="e2", voivodeship="dolnoslaskie", biography="Wrocław. Budżet obywatelski."
    )
    engine.wrote(here, there)
    assert {"c40", "e1"} <= set(engine.ids("citizens' assembly Silesia")[:3])
    assert "e2" in engine.ids("participatory budgeting Wrocław")[:2]


def test_another_process_sees_the_change_when_it_next_looks() -> None:
    """What this process holds is what another would: it learns of a change by the stamp alone."""
    rules.refresh()
    held = thesaurus.current()
    ThesaurusGroup.objects.bulk_create(
        [ThesaurusGroup(terms="gdyby\nkiedyby")]
    )  # no signal, as from elsewhere
    RulesStamp.objects.update(stamp="written elsewhere")
    rules.refresh()
    assert thesaurus.current() is held, "it looked again too soon"
    rules.forget()  # the seconds have passed
    rules.refresh()
    assert thesaurus.current() is not held
    assert any("kiedyby" in group.terms for group in thesaurus.current().groups)


def test_looking_costs_one_query_in_two_seconds_and_nothing_else() -> None:
    rules.refresh()
    rules.forget()
    with CaptureQueriesContext(connection) as queries:
        for _ in range(50):
            rules.refresh()
    assert len(queries) == 1


def test_seeding_again_changes_nothing_and_brings_nothing_back() -> None:
    gone, changed = ThesaurusGroup.objects.filter(origin="seed")[:2]
    gone.delete()
    changed.terms = "coś\ninnego"
    changed.save()
    count = ThesaurusGroup.objects.count()
    assert seed(ThesaurusGroup, LexiconEntry, RulesStamp) == 0
    assert ThesaurusGroup.objects.count() == count
    changed.refresh_from_db()
    assert changed.terms == "coś\ninnego"


def test_a_new_word_is_read_anew_in_the_texts_that_hold_it_and_in_no_other(
    engine: Engine, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = PractitionerFactory(public_id="w1", biography="Uczy w zulerniach i żulerni.")
    other = PractitionerFactory(public_id="w2", biography="Uczy w szkole.")
    engine.wrote(person, other)
    assert engine.ids("szulernioteka") == []
    noted: list[Any] = []
    note = rereading.note_keys
    monkeypatch.setattr(
        rereading, "note_keys", lambda alias, model, keys: (noted.extend(keys), note(alias, model, keys))
    )
    with django_capture_on_commit_callbacks(execute=True):
        entry = LexiconEntry(base="szulernioteka", forms="żulerni")
        entry.full_clean()
        entry.save()
    assert noted == [person.pk]
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ids("szulernioteka") == ["w1"]
    noted.clear()
    with django_capture_on_commit_callbacks(execute=True):
        entry.note = "nic nowego"
        entry.save()
    assert noted == []
    with django_capture_on_commit_callbacks(execute=True):
        entry.delete()
    assert noted == [person.pk]
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ids("szulernioteka") == []


def test_a_stamp_that_was_rolled_back_is_noticed() -> None:
    rules.refresh()
    before = thesaurus.current().groups
    RulesStamp.objects.update(stamp="never committed")
    ThesaurusGroup.objects.filter(origin="seed").delete()
    rules.forget()
    rules.refresh()
    assert len(thesaurus.current().groups) < len(before)


def test_words_are_checked() -> None:
    def told(**fields: str) -> dict[str, list[str]]:
        try:
            LexiconEntry(**fields).full_clean()
        except Exception as error:
            return error.message_dict  # type: ignore[attr-defined,no-any-return]
        return {}

    assert "jedno słowo" in told(base="dwa słowa", forms="dwu")["base"][0]
    assert "niczego nie zmieni" in told(base="prosument")["forms"][0]
    assert "nie zna tego wzoru" in told(base="prosument", like="żabka")["like"][0]
    assert "stoi już przy słowie „facylitator”" in told(base="prosument", forms="facylitatorem")["forms"][0]
    assert told(base="prosument", like="student") == {}
    assert told(base="budżet", forms="budgecik") == {}


def test_index_entries_are_found_by_the_words_they_hold(engine: Engine) -> None:
    held = dict(rereading.holding(["geoankieta", "geoankiete"]))
    assert 40 > len(held["directory.practitioner"]) > 0


def test_lexicon_is_held_as_the_database_has_it() -> None:
    LexiconEntry.objects.all().delete()
    rules.refresh()
    assert not lexicon.current().keys
    call_command("check", verbosity=0)
