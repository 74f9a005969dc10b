"""Reading rules that the indexes know by name: who is hidden is in no total and no count, on every engine."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from directory.models import Consent, Practitioner
from directory.services import change_state, record_consent, withdraw_consent
from search import scopes
from search.faceted import faceted
from search.indexing import flush
from search.models import Entry
from tests.factories import PractitionerFactory, polish_home
from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db

FACETS = ("voivodeship_slugs", "sector")


def people() -> Any:
    return Practitioner.objects.visible("pl")


def test_a_rule_is_known_as_long_as_nothing_narrows_it() -> None:
    assert scopes.scope_of(people()) == "visible-pl"
    assert scopes.scope_of(Practitioner.objects.visible("en")) == "visible-en"
    assert scopes.scope_of(people().for_cards().order_by("name").select_related("photo")) == "visible-pl"
    narrower = [
        Practitioner.objects.all(),
        people().filter(is_mentor=True),
        people().exclude(is_mentor=True),
        people() & Practitioner.objects.filter(is_mentor=True),
        people() | Practitioner.objects.filter(is_mentor=True),
        people().union(Practitioner.objects.none()),
        people().distinct(),
        people()[:5],
        people().none(),
        Practitioner.objects.filter(is_mentor=True).visible("pl"),
        Practitioner.objects.visible("de"),
    ]
    assert [scopes.scope_of(rows) for rows in narrower] == [None] * len(narrower)


def test_totals_and_counts_forget_who_is_hidden(engine: Engine) -> None:
    before = engine.ask("mediacje ", facets=FACETS)
    person = before.hits[0].object
    change_state(practitioner=person, state="hidden", reason="próba", now=timezone.now())
    between = engine.ask("mediacje ", facets=FACETS)
    assert person.public_id not in [hit.object.public_id for hit in between.hits]
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    after = engine.ask("mediacje ", facets=FACETS)
    assert after.total == before.total - 1
    counted = {value.value: value.count for value in before.facets["sector"]}
    counted[person.sector] -= 1
    assert {value.value: value.count for value in after.facets["sector"]} == {
        value: count for value, count in counted.items() if count
    }
    change_state(practitioner=person, state="live", now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("mediacje ").total == before.total


def test_totals_forget_whose_consent_is_withdrawn(engine: Engine) -> None:
    before = engine.ask("", facets=FACETS)
    person = before.hits[0].object
    withdraw_consent(practitioner=person, kind=Consent.Kind.PUBLIC_PROFILE, now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("", facets=FACETS).total == before.total - 1
    record_consent(practitioner=person, now=timezone.now())
    engine.wrote(Practitioner.objects.get(pk=person.pk))
    assert engine.ask("", facets=FACETS).total == before.total


def test_a_narrower_queryset_is_narrower_in_the_index_too(engine: Engine) -> None:
    whole, some = people(), people().filter(voivodeship="lodzkie")
    assert faceted(some, "").total == some.count() < faceted(whole, "").total


def scopes_in_index(obj: Any) -> list[str]:
    flush("default")
    return str(Entry.objects.get(kind=scopes_kind(obj), object_id=str(obj.pk)).scopes).split()


def scopes_kind(obj: Any) -> str:
    return "wagtailcore.page" if isinstance(obj, Page) else obj._meta.label_lower


def test_an_index_from_before_scopes_answers_as_it_did() -> None:
    person = PractitionerFactory(name="Zenobia Rzadka")
    hidden = PractitionerFactory(name="Zenobia Ukryta", consented=False)
    assert (scopes_in_index(person), scopes_in_index(hidden)) == (["visible-pl", "visible-en"], [])
    Entry.objects.update(scopes="")
    assert [hit.object for hit in faceted(people(), "Zenobia").hits] == [person]
    assert faceted(people(), "Zenobia").total == 1


def test_a_translation_takes_the_place_of_the_polish_row(django_assert_num_queries: Any) -> None:
    from wagtail.models import Locale

    person = PractitionerFactory(name="Zenobia Rzadka")
    english = person.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    english.live = True
    english.save()
    assert scopes_in_index(person) == ["visible-pl"]
    assert scopes_in_index(english) == ["visible-en"]
    english.delete()
    assert scopes_in_index(person) == ["visible-pl", "visible-en"]


def test_a_mentors_consent_reaches_the_offer() -> None:
    from mentoring.models import MentoringOffer

    person = PractitionerFactory()
    offer = MentoringOffer.objects.create(practitioner=person, locale=person.locale, title="Pomogę")
    assert scopes_in_index(offer) == []
    record_consent(practitioner=person, kind=Consent.Kind.MENTORING, now=timezone.now())
    assert "visible-pl" in scopes_in_index(offer)
    change_state(practitioner=person, state="hidden", reason="próba", now=timezone.now())
    assert scopes_in_index(offer) == []


def test_a_restriction_and_a_move_reach_every_page_below() -> None:
    from home.models import ContentPage, SectionPage

    home = polish_home()
    section = home.add_child(instance=SectionPage(title="Dział", slug="dzial", locale=home.locale))
    page = section.add_child(instance=ContentPage(title="Tekst", slug="tekst", locale=home.locale))
    assert "visible-pl" in scopes_in_index(page)
    restriction = PageViewRestriction.objects.create(
        page=section, restriction_type="password", password="tajne"
    )
    assert scopes_in_index(page) == []
    Page.objects.get(pk=page.pk).move(home, pos="last-child")
    assert "visible-pl" in scopes_in_index(page)
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=section.pk), pos="last-child")
    assert scopes_in_index(page) == []
    restriction.delete()
    assert "visible-pl" in scopes_in_index(page)
