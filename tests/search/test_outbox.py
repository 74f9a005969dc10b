"""Every change reaches the index, whatever goes wrong on the way. Stock defects 4 and 5."""

from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from directory.models import Consent, Method, Practitioner
from search import checking, follow, indexing, outbox, worker
from search.backends.database import index as database_index
from search.documents import kind_of
from search.faceted import faceted
from search.lease import lease
from search.models import Change, Entry, Lease
from tests.factories import PractitionerFactory

from .conftest import elasticsearch

pytestmark = pytest.mark.django_db(transaction=True)
KIND = kind_of(Practitioner)
PREFIX = f"outbox_{os.getpid()}_"
KINDS = [KIND, kind_of(Method)]


def names(text: str) -> list[str]:
    return [hit.object.name for hit in faceted(Practitioner.objects.visible("pl"), text).hits]


def equal() -> bool:
    return all(one.equal for one in checking.differences(KINDS))


class Undone(Exception):
    pass


# ---- what reaches the index


def test_a_rolled_back_save_leaves_nothing() -> None:
    def undo() -> None:
        with transaction.atomic():
            PractitionerFactory(name="Hanna Czapla")
            raise Undone

    with pytest.raises(Undone):
        undo()
    PractitionerFactory(name="Iga Wrona")  # whose commit works off what the connection still remembers
    assert names("Czapla") == []
    assert not Change.objects.pending().exists()
    assert equal()


def test_a_search_in_the_transaction_finds_what_was_just_saved_and_forgets_it_with_it() -> None:
    def undo() -> None:
        with transaction.atomic():
            PractitionerFactory(name="Hanna Czapla")
            assert names("czapla") == ["Hanna Czapla"]
            raise Undone

    with pytest.raises(Undone):
        undo()
    assert names("czapla") == []
    assert equal()


def test_rows_that_are_created_or_updated_in_bulk_are_indexed() -> None:
    person = PractitionerFactory(name="Hanna Czapla")
    Practitioner.objects.filter(pk=person.pk).update(biography="Bronię torfowisk.")
    assert names("torfowisko") == ["Hanna Czapla"]
    person.biography = "Bronię wydm."
    Practitioner.objects.bulk_update([person], ["biography"])
    assert (names("wydma"), names("torfowisko")) == (["Hanna Czapla"], [])
    terms = [Method(name=f"metoda {word}", slug=word, locale=person.locale) for word in ("latawiec", "balon")]
    Method._default_manager.bulk_create(terms)
    Practitioner.objects.bulk_create(
        Practitioner(
            name=f"Osoba {number}", slug=f"osoba-{number}", locale=person.locale, public_id=f"b{number}"
        )
        for number in range(3)
    )
    assert Entry.objects.filter(kind=KIND).count() == 4
    assert equal()


def test_more_rows_than_a_request_should_index_are_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Hanna Czapla", "Iga Wrona", "Ola Sowa"):
        PractitionerFactory(name=name)
    monkeypatch.setattr(indexing, "FEW", 2)
    monkeypatch.setattr(outbox, "call_worker", lambda alias: None)
    Practitioner.objects.update(biography="Bronię torfowisk.")
    assert names("torfowisko") == []
    assert Change.objects.pending().filter(written=False).count() == 3
    assert worker.drain() == 3
    assert len(names("torfowisko")) == 3


def test_a_renamed_term_is_found_by_its_new_name_in_everyone_who_has_it() -> None:
    person, other = PractitionerFactory(name="Hanna Czapla"), PractitionerFactory(name="Iga Wrona")
    method = Method.objects.create(name="wędrówka po gminie", slug="wedrowka", locale=person.locale)
    person.methods.add(method)
    person.save()
    assert names("wędrówki") == ["Hanna Czapla"]
    method.name = "pielgrzymka po gminie"
    method.save()
    assert (names("pielgrzymki"), names("wędrówki")) == (["Hanna Czapla"], [])
    assert other.name not in names("pielgrzymki")
    method.delete()
    assert names("pielgrzymki") == []
    assert equal()


def test_without_following_a_renamed_term_would_stay_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    person = PractitionerFactory(name="Hanna Czapla")
    method = Method.objects.create(name="wędrówka po gminie", slug="wedrowka", locale=person.locale)
    person.methods.add(method)
    person.save()
    monkeypatch.setattr(follow, "note_dependents", lambda rows: None)
    method.name = "pielgrzymka po gminie"
    method.save()
    assert names("pielgrzymki") == []
    assert not equal()


def test_whose_consent_is_withdrawn_in_bulk_is_indexed_anew() -> None:
    person = PractitionerFactory(name="Hanna Czapla")
    before = timezone.now()
    Consent.objects.filter(practitioner=person).update(withdrawn_at=before)
    assert names("czapla") == []
    assert Change.objects.filter(kind=KIND, object_id=str(person.pk), noted_at__gte=before).exists()


def test_what_is_deleted_is_forgotten() -> None:
    PractitionerFactory(name="Hanna Czapla").delete()
    Practitioner.objects.filter(pk=PractitionerFactory(name="Iga Wrona").pk).delete()
    assert not Entry.objects.filter(kind=KIND).exists()
    assert equal()


# ---- what goes wrong


def test_a_process_that_dies_after_the_commit_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "flush", lambda alias: None)
    PractitionerFactory(name="Hanna Czapla")
    assert not Entry.objects.filter(kind=KIND).exists()
    monkeypatch.undo()
    assert worker.drain() >= 1
    assert names("czapla") == ["Hanna Czapla"]


def overtake(monkeypatch: pytest.MonkeyPatch) -> Practitioner:
    """One process reads an object, another changes and indexes it, then the first writes what it has read."""
    person = PractitionerFactory(name="Hanna Czapla", biography="Bronię torfowisk.")
    read = indexing.look_up

    def slow(alias: str, model: Any, pks: Any) -> Any:
        for batch in read(alias, model, pks):
            monkeypatch.setattr(indexing, "look_up", read)
            Practitioner.objects.filter(pk=person.pk).update(biography="Bronię wydm.")
            yield batch

    monkeypatch.setattr(indexing, "look_up", slow)
    indexing.index_keys("default", Practitioner, [person.pk])
    return person


def test_an_older_state_never_takes_the_place_of_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    overtake(monkeypatch)
    assert (names("wydma"), names("torfowisko")) == (["Hanna Czapla"], [])
    assert equal()


def test_without_looking_again_an_older_state_would_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setattr(outbox, "noted_since", lambda *asked: set())
    overtake(monkeypatch)
    assert not equal()


def test_one_object_that_cannot_be_indexed_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    make = database_index.document

    def fails(obj: Any) -> Any:
        if getattr(obj, "name", "") == "Iga Wrona":
            raise ValueError("broken")
        return make(obj)

    monkeypatch.setattr(indexing, "flush", lambda alias: None)
    people = [PractitionerFactory(name=name) for name in ("Hanna Czapla", "Iga Wrona", "Ola Sowa")]
    monkeypatch.undo()
    monkeypatch.setattr(database_index, "document", fails)
    worker.drain()
    assert {names("czapla")[0], names("sowa")[0]} == {"Hanna Czapla", "Ola Sowa"}
    waiting = Change.objects.pending().filter(object_id=str(people[1].pk))
    assert "broken" in waiting.first().error
    for _attempt in range(worker.LAST_ATTEMPT):
        waiting.update(not_before=timezone.now())
        worker.drain()
    assert not waiting.exists()
    assert outbox.lag().refused >= 1
    assert not outbox.lag().behind


def test_two_workers_do_not_index_at_once() -> None:
    PractitionerFactory(name="Hanna Czapla")
    outbox.note(KIND, ["1"], "default")
    with lease("index") as held:
        assert held
        assert worker.drain() == 0
        with lease("index") as second:
            assert second is None
    assert worker.drain() == 1


def test_the_place_of_a_dead_worker_is_taken_and_a_slow_one_writes_again() -> None:
    with lease("index") as slow:
        assert slow
        Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
        with lease("index") as quick:
            assert quick
            assert not slow.renew()
    worker.note_again([Change(kind=KIND, object_id="7")], "default")
    assert Change.objects.pending().get().object_id == "7"


def test_what_is_done_is_forgotten_after_a_day() -> None:
    PractitionerFactory(name="Hanna Czapla")
    assert Change.objects.exists()
    assert outbox.erase_done(timezone.now()) == 0
    assert outbox.erase_done(timezone.now() + timedelta(hours=25)) > 0
    assert not Change.objects.exists()


# ---- an engine that is away


def test_what_changes_while_elasticsearch_is_away_waits(absent: str) -> None:
    PractitionerFactory(name="Hanna Czapla")
    lag = outbox.lag()
    assert lag.pending
    assert lag.behind
    assert lag.seconds(timezone.now() + timedelta(minutes=2)) >= 120
    assert names("czapla") == ["Hanna Czapla"]
    assert all("EngineAway" in error for error in Change.objects.pending().values_list("error", flat=True))


@pytest.fixture
def server(elasticsearch_url: str) -> Any:
    """A real server as the site's engine, with empty indexes."""
    backends = elasticsearch(elasticsearch_url, INDEX_PREFIX=PREFIX, TIMEOUT=60)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        call_command("update_index", backend_name="default", schema_only=True, verbosity=0)
        yield backends
        indexing.others()[0].remove_indices()


@pytest.mark.elasticsearch
def test_a_server_that_comes_back_catches_up(server: dict[str, Any], closed_port: str) -> None:
    with override_settings(WAGTAILSEARCH_BACKENDS=elasticsearch(closed_port, INDEX_PREFIX=PREFIX)):
        person = PractitionerFactory(name="Hanna Czapla")
        gone = PractitionerFactory(name="Iga Wrona")
        gone.delete()
        assert outbox.behind()
    assert not equal()
    assert faceted(Practitioner.objects.visible("pl"), "czapla").engine == "database"
    Change.objects.pending().update(not_before=timezone.now())
    worker.drain()
    assert not outbox.behind()
    assert equal()
    assert faceted(Practitioner.objects.visible("pl"), "czapla").engine == "elasticsearch"
    assert names("czapla") == [person.name]


def write_while_rebuilding(server: dict[str, Any]) -> None:
    changed, gone = PractitionerFactory(name="Hanna Czapla"), PractitionerFactory(name="Iga Wrona")
    backend = indexing.others()[0]
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Practitioner))
    new = rebuilder.start()
    read = list(Practitioner.objects.all())
    changed.biography = "Bronię wydm."
    changed.save()
    gone.delete()
    PractitionerFactory(name="Ola Sowa")
    new.add_items(Practitioner, read)
    rebuilder.finish()


@pytest.mark.elasticsearch
def test_a_rebuild_loses_no_write(server: dict[str, Any]) -> None:
    write_while_rebuilding(server)
    assert equal()


@pytest.mark.elasticsearch
def test_without_its_last_look_a_rebuild_would_lose_writes(
    server: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail."""
    from search.backends.elasticsearch import rebuilder

    monkeypatch.setattr(rebuilder, "changed_since", lambda kind, moment: (Practitioner, []))
    write_while_rebuilding(server)
    assert not equal()


# ---- the command


def check(**options: Any) -> str:
    out = StringIO()
    call_command("check_index", kind=KINDS, stdout=out, **options)
    return out.getvalue()


def test_check_index_tells_what_differs_and_mends_it() -> None:
    people = [PractitionerFactory(name=name) for name in ("Hanna Czapla", "Iga Wrona")]
    assert "Equal" in check()
    Entry.objects.filter(kind=KIND, object_id=str(people[0].pk)).update(object_id="99999")
    Entry.objects.filter(kind=KIND, object_id=str(people[1].pk)).update(digest="old")
    out = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("check_index", kind=KINDS, stdout=out)
    assert ended.value.returncode == 1
    assert f"missing: {people[0].pk}" in out.getvalue()
    assert "too many: 99999" in out.getvalue()
    assert f"differ: {people[1].pk}" in out.getvalue()
    assert not Change.objects.pending().exists()
    assert "Equal" in check(repair=True)
    assert names("czapla") == ["Hanna Czapla"]


def test_check_index_says_when_the_engine_is_away(absent: str) -> None:
    PractitionerFactory(name="Hanna Czapla")
    with pytest.raises(CommandError) as ended:
        check()
    assert ended.value.returncode == 2
