"""What every engine must do, the same on SQLite, PostgreSQL and a real Elasticsearch."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import Boost, Fuzzy, Phrase, PlainText

from benchmarks.relevance import ndcg, rows
from directory.models import Practitioner
from search.documents import document
from search.faceted import faceted
from tests.factories import PractitionerFactory
from tests.search.conftest import COLLECTION, Engine

# A transaction a test, inside the one that holds the collection for the whole module.
pytestmark = pytest.mark.django_db

FACETS = ("method_slugs", "topic_slugs", "audience_slugs", "voivodeship_slugs", "sector", "mentor_codes")


# ---- what a searcher types


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mediacjom", {"c04", "c28", "c37"}),
        ("Orła", {"c22"}),
        ("w Bytomiu", {"c26"}),
        ("geoankiet", {"c05", "c35"}),
    ],
)
def test_inflected_words_find_their_people(engine: Engine, text: str, first: set[str]) -> None:
    assert set(engine.ids(text)[: len(first)]) == first


def test_words_without_diacritics_find_words_with_them_and_the_other_way_round(engine: Engine) -> None:
    """Stock defect 2: `Lodz` did not find `Łódź`, `budżet` not `budżetów`."""
    assert set(engine.ids("Lodz")[:2]) == {"c01", "c02"}
    assert set(engine.ids("budzetu obywatelskiego")[:5]) == {"c02", "c22", "c23", "c29", "c33"}
    assert engine.ids("swidnica mlodziez")[0] == "c03"


def test_autocomplete_folds_diacritics_in_questions_as_in_texts(engine: Engine) -> None:
    """Stock defect 2: autocomplete folded when it indexed and not when it was asked."""
    people = Practitioner.objects.all()
    for text in ("Żub", "zub", "ZUB"):
        assert [person.name for person in people.autocomplete(text)] == ["Dobrosław Żubr"]
    assert [person.name for person in people.autocomplete("dob żub")] == ["Dobrosław Żubr"]
    assert list(people.autocomplete("ubr")) == []


@pytest.mark.parametrize("text", ["mediacaj", "geoankeita", "rewitalziacja"])
def test_a_slip_is_read_as_the_nearest_word_and_said(engine: Engine, text: str) -> None:
    found = engine.ask(text)
    assert found.total
    assert found.corrected[0][0] == text


def test_words_written_as_one_are_read_as_two(engine: Engine) -> None:
    found = engine.ask("budżetobywatelski ")
    assert found.corrected == (("budżetobywatelski", "budżet obywatelski"),)
    assert {hit.object.public_id for hit in found.hits[:5]} == {"c02", "c22", "c23", "c29", "c33"}


def test_words_spelled_by_ear_and_what_stands_for_them(engine: Engine) -> None:
    assert engine.ask("medjacja").corrected == (("medjacja", "mediacja"),)
    heard = engine.ids("mlodzierz ")
    assert heard
    assert set(heard[:3]) <= set(engine.ids("młodzież "))


def test_a_word_that_stands_nowhere_is_said_and_left_out(engine: Engine) -> None:
    found = engine.ask("mediacja qwertyuiopas")
    assert found.unknown == ("qwertyuiopas",)
    assert {hit.object.public_id for hit in found.hits} >= {"c04", "c28", "c37"}
    assert engine.ask("qwertyuiopas").total == 0


def test_a_quoted_phrase_wants_its_words_side_by_side(engine: Engine) -> None:
    assert engine.ids('"projekt uchwały"') == ["c11"]
    turned = engine.ask('"uchwały projekt"')
    assert turned.loosened  # nobody has it: shown are those who have its words
    assert [hit.object.public_id for hit in turned.hits] == ["c11"]
    assert engine.ids('"projektem uchwały"') == ["c11"]


def test_where_no_text_holds_both_words_those_with_one_are_found_and_counted(engine: Engine) -> None:
    found = engine.ask("poldery płoty", facets=["voivodeship_slugs"])
    assert found.loosened
    assert (found.total, {hit.object.public_id for hit in found.hits}) == (2, {"c04", "c10"})
    assert found.counts("voivodeship_slugs") == [("mazowieckie", 1), ("opolskie", 1)]
    by_name = engine.ask("poldery płoty", order="sort_name")
    assert [hit.object.public_id for hit in by_name.hits] == ["c04", "c10"]
    # Who chose a facet is told that nothing is there, and not shown something else.
    narrowed = engine.ask("poldery płoty", filters={"voivodeship_slugs": ["opolskie"]})
    assert (narrowed.total, narrowed.loosened) == (0, False)
    searched = Practitioner.objects.visible("pl").search("poldery płoty")
    assert (searched.count(), {person.public_id for person in searched}) == (2, {"c04", "c10"})
    assert searched.facet("voivodeship_slugs") == {"mazowieckie": 1, "opolskie": 1}
    assert not Practitioner.objects.visible("pl").search("poldery płoty", operator="and")


def test_the_last_word_is_also_a_beginning(engine: Engine) -> None:
    assert set(engine.ids("facyl")) == {"c01", "c13", "c37"}
    assert engine.ids("facyl ") == []


def test_alternatives_of_the_thesaurus_are_asked_at_a_lower_weight(engine: Engine) -> None:
    assert set(engine.ids("kawiarenka obywatelska")[:2]) == {"c09", "c31"}
    assert set(engine.ids("citizens' assembly")[:3]) == {"c01", "c25", "c40"}
    assert engine.ids("głusi")[0] == "c07"


def test_more_of_the_words_met_comes_first_and_a_name_counts_more_than_a_biography(engine: Engine) -> None:
    assert engine.ids("budżet obywatelski seniorzy")[0] == "c02"
    PractitionerFactory(public_id="z1", name="Jan Inny", biography="Wrona siedziała na płocie.")
    engine.wrote(Practitioner.objects.get(public_id="z1"))
    assert engine.ids("Wrona") == ["c01", "z1"]


# ---- what must never break


@pytest.mark.parametrize("text", ['"', 'a"b', '"""', "a\0b", "\0", "%", "_", "'", "\\", "NEAR(a b)", "a AND"])
def test_quotes_nul_and_operators_are_text(engine: Engine, text: str) -> None:
    """Stock defect 1: `"` was an OperationalError on SQLite, NUL one on SQLite and PostgreSQL; in the admin too."""
    engine.ask(text)
    people = Practitioner.objects.all()
    for results in (people.search(text), people.autocomplete(text), people.search(text, fields=["name"])):
        assert results.count() == len(list(results))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=60),
    values=st.lists(st.one_of(st.text(max_size=20), st.sampled_from(["mediacja", "lodzkie"])), max_size=3),
    page=st.integers(-3, 10**9),
    order=st.sampled_from(["relevance", "sort_name", "-confirmed_at", "confirmed_at"]),
)
def test_nothing_typed_breaks_a_search(
    engine: Engine, text: str, values: list[str], page: int, order: str
) -> None:
    found = engine.ask(
        text,
        filters={"method_slugs": values, "voivodeship_slugs": values},
        facets=FACETS,
        order=order,
        page=page,
    )
    assert len(found.hits) <= min(found.total, 20)
    assert set(found.facets) == set(FACETS)
    assert not found.degraded


# ---- facets


def brute_force(texts: set[str], chosen: dict[str, set[str]], facet: str) -> dict[str, int]:
    """Counts of a facet over people found by text, narrowed by every other facet; by plain Python."""
    counted: Counter[str] = Counter()
    for person in Practitioner.objects.visible("pl").filter(public_id__in=texts):
        if all(
            values & set(values_of(person, name))
            for name, values in chosen.items()
            if name != facet and values
        ):
            counted.update(values_of(person, facet))
    return dict(counted)


def values_of(person: Practitioner, facet: str) -> list[str]:
    value = getattr(person, facet)
    value = value() if callable(value) else value
    return list(value) if isinstance(value, list) else [value] if value else []


@pytest.mark.parametrize("text", ["", "konsultacje", "obywatelski"])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"voivodeship_slugs": {"lodzkie", "slaskie"}},
        {
            "method_slugs": {"konsultacje-spoleczne", "panel-obywatelski"},
            "sector": {"organizacja-pozarzadowa", "uczelnia"},
        },
        {"method_slugs": {"mediacja"}, "voivodeship_slugs": {"podlaskie"}, "mentor_codes": {"tak"}},
    ],
)
def test_facet_counts_are_those_of_brute_force(
    engine: Engine, text: str, chosen: dict[str, set[str]]
) -> None:
    """OR inside a facet, AND between; a facet's own choice does not narrow its own counts."""
    everyone = set(engine.ids(text, page_size=100))
    found = engine.ask(text, filters=chosen, facets=FACETS, page_size=100)
    for facet in FACETS:
        counts = {value.value: value.count for value in found.facets[facet] if value.count}
        assert counts == brute_force(everyone, chosen, facet), facet
        assert {value.value for value in found.facets[facet] if value.selected} == chosen.get(facet, set())
    assert found.total == len(found.hits)


def test_every_value_is_counted_and_not_only_ten(engine: Engine) -> None:
    """Stock defect 3: ten of sixteen voivodeships came back, a request each."""
    regions = engine.ask(facets=["voivodeship_slugs"]).facets["voivodeship_slugs"]
    assert len(regions) == 16
    assert sum(region.count for region in regions) == 40
    assert len(Practitioner.objects.all().search("polski").facet("voivodeship_slugs")) == 16


def test_hits_total_and_facets_take_a_constant_number_of_statements(engine: Engine) -> None:
    """Stock defect 3: one request a facet. Here it is one statement, or one request of the server."""
    engine.ask("konsultacje", facets=FACETS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        engine.ask("konsultacje społeczne", facets=FACETS, filters={"sector": ["organizacja-pozarzadowa"]})
    assert len(queries) <= 4  # vocabulary, (prefix,) the one question, the objects
    if engine.name == "elasticsearch":
        assert not any("search_entry" in query["sql"] for query in queries)


# ---- what is seen


def test_drafts_and_hidden_people_are_never_found_nor_counted(engine: Engine) -> None:
    hidden = [
        PractitionerFactory(name="Ukryta Pierwsza", state="hidden", state_reason="na prośbę"),
        PractitionerFactory(name="Ukryta Druga", live=False),
        PractitionerFactory(name="Ukryta Trzecia", consented=False),
    ]
    shown = PractitionerFactory(name="Ukryta Czwarta")
    engine.wrote(*hidden, shown)
    found = engine.ask("Ukryta", facets=["voivodeship_slugs"])
    assert [hit.object.name for hit in found.hits] == ["Ukryta Czwarta"]
    assert found.total == 1
    assert [(value.value, value.count) for value in found.facets["voivodeship_slugs"]] == [("lubelskie", 1)]


def test_an_address_of_a_person_is_not_in_the_index(engine: Engine) -> None:
    person = Practitioner.objects.get(public_id="c04")
    assert person.email == "c04@example.org"
    assert not {"c04", "example", "org"} & document(person).words()
    assert "c04" not in engine.ids("c04@example.org")


def test_someone_hidden_after_indexing_is_gone_at_once(engine: Engine) -> None:
    assert engine.ids("Orła") == ["c22"]
    Practitioner.objects.filter(public_id="c22").update(state="hidden", state_reason="na prośbę")
    assert engine.ids("Orła") == []


# ---- order and pages


def test_pages_hold_everyone_once_and_far_pages_are_empty(engine: Engine) -> None:
    pages = [engine.ids("", page=number, page_size=7) for number in range(1, 8)]
    everyone = [one for page in pages for one in page]
    assert len(everyone) == len(set(everyone)) == 40
    assert pages[6] == []
    ranked = [one for number in range(1, 5) for one in engine.ids("obywatelski", page=number, page_size=3)]
    assert ranked == engine.ids("obywatelski", page_size=12)


def test_browsing_keeps_the_order_of_the_queryset(engine: Engine) -> None:
    found = engine.ask(page_size=3)
    # Further on the order of ł differs: a database may order by bytes, Elasticsearch has Polish keys.
    assert [hit.object.name for hit in found.hits] == ["Adela Kuna", "Albin Kukułka", "Aurelia Pszczoła"]


def test_hits_can_be_ordered_by_a_field(engine: Engine) -> None:
    some = {"filters": {"voivodeship_slugs": ["slaskie"]}, "page_size": 10}
    surnames = ["c26", "c07", "c16", "c40"]  # Bóbr, Kłos, Kret, Kruk
    up, down = engine.ids(order="sort_name", **some), engine.ids(order="-sort_name", **some)
    assert down == up[::-1]
    assert [one for one in up if one != "c07"] == [one for one in surnames if one != "c07"]


@pytest.mark.parametrize("order", ["confirmed_at", "-confirmed_at"])
@pytest.mark.parametrize("text", ["", "mediacja"])
def test_whoever_has_no_date_comes_last_whichever_way_dates_go(engine: Engine, text: str, order: str) -> None:
    days = {"c04": date(2026, 1, 1), "c28": None, "c37": date(2026, 5, 1)}
    for key, day in days.items():
        person = Practitioner.objects.get(public_id=key)
        person.confirmed_at = day
        person.save()
        engine.wrote(person)
    found = [key for key in engine.ids(text, order=order, page_size=50) if key in days]
    assert found == (["c37", "c04", "c28"] if order.startswith("-") else ["c04", "c37", "c28"])


# ---- modelsearch's own interface, which the Wagtail admin uses


def names(rows: Any) -> set[str]:
    return {person.public_id for person in rows}


def test_queries_of_modelsearch_are_understood(engine: Engine) -> None:
    """Stock defect 8: `Fuzzy` and `Boost` raised NotImplementedError on SQLite."""
    people: QuerySet[Practitioner] = Practitioner.objects.all()
    assert names(people.search(Fuzzy("mediacaj"))) == {"c04", "c28", "c37"}
    both = Boost(PlainText("mediacja"), 3.0) | PlainText("geoankieta")
    assert names(people.search(both)) == {"c04", "c28", "c37", "c05", "c35"}
    assert names(people.search(PlainText("mediacja") & ~PlainText("facylitacja"))) == {"c04", "c28"}
    assert names(people.search(Phrase("rada seniorów"))) == {"c14"}
    assert "c14" not in names(people.search(Phrase("seniorów rada")))


def test_operators_fields_filters_and_slices(engine: Engine) -> None:
    people: QuerySet[Practitioner] = Practitioner.objects.all()
    assert names(people.search("mediacja geoankieta", operator="and")) == set()
    either = people.search("mediacja geoankieta", operator="or")
    assert names(either) == {"c04", "c28", "c37", "c05", "c35"}
    assert either.count() == 5
    assert len(list(either[1:3])) == 2
    assert names(people.search("Sęk", fields=["name"])) == {"c04"}
    assert names(people.search("Sęk", fields=["biography"])) == set()
    assert names(people.filter(sector="organizacja-pozarzadowa").search("mediacja")) == {"c28", "c37"}
    assert names(people.none().search("mediacja")) == set()
    ordered = people.order_by("name").search("mediacja", order_by_relevance=False)
    assert [person.public_id for person in ordered] == ["c04", "c28", "c37"]
    scored = list(people.search("mediacja").annotate_score("score"))
    assert [person.score for person in scored] == sorted((person.score for person in scored), reverse=True)
    assert scored[0].score > 0


# ---- how good it is


FLOOR = 0.85


def test_relevance_of_the_collection_keeps_its_floor(engine: Engine) -> None:
    """nDCG@10 by the page's own code over forty judged questions of all categories."""
    grades: dict[str, dict[str, int]] = {}
    for qid, one, grade in rows(COLLECTION / "qrels.tsv", 3):
        grades.setdefault(qid, {})[one] = int(grade)
    scores = {
        (category, text): ndcg(engine.ids(text, page_size=50), grades[qid])
        for qid, category, text in rows(COLLECTION / "queries.tsv", 3)
    }
    mean = sum(scores.values()) / len(scores)
    worst = sorted((round(score, 2), text) for (_category, text), score in scores.items())[:8]
    print(f"nDCG@10 {mean:.3f} on {engine.name}", file=sys.stderr)  # noqa: T201
    assert mean >= FLOOR, worst


def test_an_unsaved_question_asks_for_nothing_it_may_not(engine: Engine) -> None:
    """A queryset that only some rows are in narrows hits, total and facets alike."""
    some = Practitioner.objects.visible("pl").filter(public_id__in=["c04", "c05"])
    found = faceted(some, "mediacja", facets=["method_slugs"])
    assert [hit.object.public_id for hit in found.hits] == ["c04"]
    assert found.total == 1
    assert [value.value for value in found.facets["method_slugs"]] == ["mediacja"]
