"""People as rows: order, translations, what the index holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.models import Method, Practitioner
from directory.names import sort_key
from search.faceted import faceted
from tests.factories import PractitionerFactory


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def polish(db: None) -> Locale:
    return Locale.objects.get(language_code="pl")


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def test_names_stand_in_polish_order() -> None:
    names = [
        "Zofia Adamska",
        "Anna Ćwik",
        "Jan Cyz",
        "Ewa Lis",
        "Adam Lyszcz",
        "Ida Łoś",
        "Ola Nowak",
        "Anna Nowak-Kos",
        "Ala Nowakowska",
        "Piotr Zyzak",
        "Jan Źdźbło",
        "Jan Żak",
    ]
    expected = [
        "Zofia Adamska", "Jan Cyz", "Anna Ćwik", "Ewa Lis", "Adam Lyszcz", "Ida Łoś", "Anna Nowak-Kos", "Ola Nowak",
        "Ala Nowakowska", "Piotr Zyzak", "Jan Źdźbło", "Jan Żak",
    ]  # fmt: skip
    ordered = sorted(names, key=sort_key)
    assert [name for name in ordered if "Nowak" not in name] == [n for n in expected if "Nowak" not in n]
    assert ordered.index("Ola Nowak") < ordered.index("Ala Nowakowska")


@given(st.text(max_size=90))
def test_a_sort_key_is_plain_and_short_for_any_name(name: str) -> None:
    key = sort_key(name)
    assert len(key) <= 200
    assert not key or (key.isascii() and key.isalnum())


def test_a_translation_carries_no_address_and_no_state(polish: Locale, english: Locale) -> None:
    method = Method.objects.create(locale=polish, name="panel", slug="panel")
    person = PractitionerFactory(name="Anna Nowak", email="anna@example.org", methods=[method])
    copy = person.copy_for_translation(english)
    copy.headline = "facilitator"
    copy.save()
    copy = Practitioner.objects.get(pk=copy.pk)
    assert (copy.email, copy.slug, copy.public_id) == ("", person.slug, person.public_id)
    assert copy.source == person
    assert not copy.methods.exists()
    assert copy.method_slugs() == ["panel"]


def test_an_english_word_of_the_vocabulary_finds_a_polish_profile(
    polish: Locale, english: Locale, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        method = Method.objects.create(locale=polish, name="spacer badawczy", slug="spacer-badawczy")
        Method.objects.create(
            locale=english, translation_key=method.translation_key, name="jane's walkabout", slug=method.slug
        )
        person = PractitionerFactory(name="Anna Nowak", methods=[method])
    assert [hit.object for hit in faceted(Practitioner.objects.visible(), "walkabout").hits] == [person]


def test_no_field_of_the_index_holds_an_address(polish: Locale) -> None:
    person = PractitionerFactory(name="Anna Nowak", email="tajny.adres@example.org")
    for field in Practitioner.get_search_fields():
        assert "tajny" not in str(field.get_value(person))


def test_a_rebuild_asks_no_more_for_more_people(polish: Locale, django_assert_max_num_queries: Any) -> None:
    method = Method.objects.create(locale=polish, name="panel", slug="panel")
    PractitionerFactory.create_batch(12, methods=[method])
    fields = [field for field in Practitioner.get_search_fields() if field.field_name != "municipality"]
    with django_assert_max_num_queries(8):
        for person in Practitioner.get_indexed_objects():
            for field in fields:
                field.get_value(person)
