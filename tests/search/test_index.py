"""The database's own index: when it is written, what it forgets, what it costs. Stock defects 5, 7 and 8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from directory.models import Method, Practitioner
from search import indexing, vocabulary, worker
from search.backends.compiling import PlanCompiler
from search.backends.database.index import engine as engine_of
from search.backends.database.statements import holds_for_nothing
from search.documents import kind_of
from search.faceted import faceted
from search.models import Beginning, Change, Entry, FacetValue
from search.plan import AtLeast, Everything, Except, Leaf
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
KIND = kind_of(Practitioner)


def everyone() -> Any:
    return Practitioner.objects.visible("pl")


def explained(sql: str, params: Sequence[Any]) -> str:
    """PostgreSQL's plan of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.postgresql
@pytest.mark.parametrize("typed", ["Żuraw", "Żuarw"])
def test_the_gin_index_comes_with_the_migrations_and_is_used(typed: str) -> None:
    """Stock defect 7: the index that the search needs was in no migration, and a misspelt word went through every row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'search_entry'")
        assert any("USING gin (vector)" in definition for (definition,) in cursor.fetchall())
        Entry.objects.bulk_create(Entry(kind=KIND, object_id=str(-number)) for number in range(1, 5001))
        cursor.execute("UPDATE search_entry SET vector = ('''key' || id || ''':1A')::tsvector")
        PractitionerFactory(name="Wanda Żuraw")
        found = faceted(everyone(), typed)
        assert [hit.object.name for hit in found.hits] == ["Wanda Żuraw"]
        assert bool(found.corrected) == (typed != "Żuraw")
        # In a table this small reading everything is cheaper: what is asked here is whether the index can serve.
        cursor.execute("ANALYZE search_entry")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("ALTER TABLE search_entry DROP CONSTRAINT one_entry_an_object")
        plan = PlanCompiler(everyone(), typed).plan
        sql, params = engine_of("default").hits(plan, KIND).sql("SELECT * FROM hits")
        assert "Index Scan on search_entry_vector" in explained(sql, params)


@pytest.mark.postgresql
def test_a_rare_word_reads_the_index_before_anything_was_analysed() -> None:
    """The planner sees the size of the table without its vectors, and read every vector for a rare word."""
    Entry.objects.bulk_create(Entry(kind=KIND, object_id=str(-number)) for number in range(1, 5001))
    PractitionerFactory(name="Wanda Żuraw")
    indexing.flush("default")
    plan = PlanCompiler(everyone(), "Żuraw ").plan
    sql, params = engine_of("default").hits(plan, KIND).sql("SELECT * FROM hits")
    assert "Index Scan on search_entry_vector" in explained(sql, params)


@pytest.mark.postgresql
def test_beginnings_are_read_in_order_and_follow_what_is_indexed() -> None:
    """Of vectors the planner may read all, however few begin so."""
    person = PractitionerFactory(name="Wanda Żuraw")
    indexing.flush("default")
    entry = Entry.objects.create(kind=KIND, object_id="-1")
    Beginning.objects.bulk_create(
        Beginning(entry=entry, object_id="-1", key=f"{KIND}^name.kowalski{number}") for number in range(5000)
    )
    sql, params = engine_of("default").beginning(KIND, ["^name.wanda"], "^name.zur", 2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_beginning")
        plan = explained(sql, params)
        assert "search_beginning_key" in plan
        assert "Seq Scan" not in plan

        def found() -> set[str]:
            cursor.execute(sql, params)
            return {key for (key,) in cursor.fetchall()}

        assert found() == {str(person.pk)}
        person.name = "Wanda Bocian"
        person.save()
        indexing.flush("default")
        assert found() == set()
        person.delete()
        indexing.flush("default")
    assert not Beginning.objects.exclude(entry=entry).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's full-text table")
def test_beginnings_are_a_range_of_terms() -> None:
    sql, params = engine_of("default").beginning(KIND, [], "^name.zur", 2000)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = [row[3] for row in cursor.fetchall()]
    # Bits of fts5vocab's plan: 2 is ">=", 4 is "<"; 0 would read every term.
    assert "SCAN t VIRTUAL TABLE INDEX 6:" in plan[0]
    assert not any("SCAN e" in step for step in plan)


def test_facets_stand_packed_beside_their_rows() -> None:
    person = PractitionerFactory(name="Wanda Żuraw")
    indexing.flush("default")
    entry = Entry.objects.get(kind=KIND, object_id=str(person.pk))
    rows = FacetValue.objects.filter(entry=entry).values_list("field", "value")
    assert sorted(entry.facets.split("\x1f")) == sorted(f"{field}={value}" for field, value in rows)
    assert "state=live" in entry.facets.split("\x1f")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's full-text table")
def test_finding_nothing_costs_no_more_in_a_table_ten_times_as_long() -> None:
    """Stock defect 8: SQLite read the whole table before it said that there is nothing."""

    def fill(first: int, last: int) -> None:
        with connection.cursor() as cursor:
            Entry.objects.bulk_create(
                Entry(pk=number, kind=KIND, object_id=str(-number)) for number in range(first, last)
            )
            cursor.executemany(
                "INSERT INTO search_fts (rowid, a, b, c, d, x) VALUES (%s, %s, '', '', %s, '')",
                [
                    (number, f"=slowo{number} slowo{number}", "gmina rada " * 20)
                    for number in range(first, last)
                ],
            )

    def steps() -> int:
        """Instructions of SQLite's own machine: steadier than time."""
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        faceted(everyone(), "nieobecnego")  # FTS5 first stores what was just inserted
        connection.connection.set_progress_handler(tick, 1)
        try:
            assert faceted(everyone(), "nieobecnego").total == 0
        finally:
            connection.connection.set_progress_handler(None, 0)
        return count

    # Known to both vocabularies, so that the table is asked.
    vocabulary.add("default", KIND, ["nieobecny"], ["nieobecny"])
    faceted(
        everyone(), "nieobecnego"
    )  # what waits on the connection takes its numbers before they are given out
    first = (Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    fill(first, first + 500)
    short = steps()
    fill(first + 500, first + 5000)
    assert steps() < 3 * short


def test_modelsearchs_handlers_which_write_inside_the_transaction_are_gone() -> None:
    """Stock defect 5: they left ghosts of what was rolled back."""
    for model in index.get_indexed_models():
        assert not post_save.disconnect(post_save_signal_handler, sender=model), model
        assert not post_delete.disconnect(post_delete_signal_handler, sender=model), model


def test_the_index_is_written_at_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        PractitionerFactory(name="Hanna Czapla")
        assert not Entry.objects.filter(kind=KIND).exists()
    assert callbacks
    indexing.flush("default")
    assert Entry.objects.filter(kind=KIND).count() == 1


def test_relations_are_indexed_too() -> None:
    person = PractitionerFactory(name="Hanna Czapla")
    assert faceted(everyone(), "wędrówka").total == 0
    person.methods.add(
        Method.objects.create(name="wędrówka po gminie", slug="wedrowka", locale=person.locale)
    )
    person.save()
    assert faceted(everyone(), "wędrówki").total == 1


# ---- how many words must be met


def test_a_sentence_is_read_loosely_and_a_list_of_words_strictly() -> None:
    both = PractitionerFactory(name="Hanna Czapla", biography="Bronię rzeki w czasie suszy.")
    PractitionerFactory(name="Iga Wrona", biography="Susza trwa.")
    PractitionerFactory(name="Ola Sowa", biography="Rzeka płynie.")
    assert [hit.object.name for hit in faceted(everyone(), "susza rzeka").hits] == [both.name]
    sentence = faceted(everyone(), "kto się zna na suszy i obroni nam rzekę")
    assert sentence.total == 3
    assert sentence.hits[0].object == both


def test_a_name_inside_a_sentence_must_be_met() -> None:
    PractitionerFactory(name="Hanna Czapla", biography="Prowadzę mediacje w Elblągu.")
    PractitionerFactory(name="Iga Wrona", biography="Prowadzę mediacje w Krośnie.")
    found = faceted(everyone(), "kto nam poprowadzi mediacje w Elblągu")
    assert [hit.object.name for hit in found.hits] == ["Hanna Czapla"]
    assert faceted(everyone(), "kto nam poprowadzi mediacje w elblągu").total == 2


def test_a_beginning_gives_way_to_what_the_thesaurus_knows() -> None:
    PractitionerFactory(name="Bogna Bobrowska", biography="Lubię bobry.")
    PractitionerFactory(name="Hanna Czapla", biography="Prowadzę budżet obywatelski.")
    assert [hit.object.name for hit in faceted(everyone(), "BO").hits] == ["Hanna Czapla"]


def test_what_meets_no_word_is_a_hit_only_where_the_rule_says_so() -> None:
    assert not holds_for_nothing(AtLeast((Leaf(0), Leaf(1)), 2))
    assert holds_for_nothing(Except(Leaf(0)))
    assert holds_for_nothing(AtLeast((Leaf(0), Everything()), 1))
    assert not holds_for_nothing(AtLeast((Leaf(0), Everything()), 2))


@pytest.mark.parametrize("_database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_mass_change_is_noted_with_one_statement(
    _database: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    people = [PractitionerFactory(name=name) for name in ("Hanna Czapla", "Iga Wrona", "Ola Sowa")]
    Change.objects.all().delete()
    monkeypatch.setattr(indexing, "FEW", 2)
    with django_assert_num_queries(2):  # one looks how many they are
        indexing.note_rows(Practitioner.objects.order_by("name"))
    rows = Change.objects.pending().filter(kind=KIND, written=False, attempts=0)
    assert {row.object_id for row in rows} == {str(person.pk) for person in people}
    indexing.note_rows(Practitioner.objects.none())
    assert Change.objects.count() == 3
    assert worker.drain() == 3
    assert not Change.objects.pending().exists()
