"""Reading rules that the indexes know by name: when they hold, and that every change of them reaches the index."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from directory.models import Consent, Practitioner
from directory.services import change_state, record_consent
from search import scopes
from search.faceted import faceted
from search.indexing import flush
from search.models import Entry
from tests.factories import MunicipalityFactory, PractitionerFactory, polish_home

pytestmark = pytest.mark.django_db


def people() -> Any:
    return Practitioner.objects.visible("pl")


def test_a_rule_is_known_as_long_as_nothing_narrows_it() -> None:
    assert scopes.scope_of(people()) == "visible-pl:directory.practitioner"
    assert scopes.scope_of(Practitioner.objects.visible("en")) == "visible-en:directory.practitioner"
    assert scopes.scope_of(people().for_cards().order_by("name").select_related("photo"))
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


def scopes_in_index(obj: Any) -> list[str]:
    flush("default")
    found = str(Entry.objects.get(kind=scopes_kind(obj), object_id=str(obj.pk)).scopes)
    return [name.partition(":")[0] for name in found.split()]


def scopes_kind(obj: Any) -> str:
    return "wagtailcore.page" if isinstance(obj, Page) else obj._meta.label_lower


def test_an_index_from_before_scopes_answers_as_it_did() -> None:
    person = PractitionerFactory(name="Zenobia Rzadka")
    hidden = PractitionerFactory(name="Zenobia Ukryta", consented=False)
    assert (scopes_in_index(person), scopes_in_index(hidden)) == (["visible-pl", "visible-en"], [])
    Entry.objects.update(scopes="")
    assert [hit.object for hit in faceted(people(), "Zenobia").hits] == [person]
    assert faceted(people(), "Zenobia").total == 1


def test_a_translation_takes_the_place_of_the_polish_row() -> None:
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


def test_a_rule_that_was_built_once_does_not_reach_beyond_its_rows() -> None:
    """The rule for the whole table is remembered; people of one place are asked for by a rule of their own."""
    place = MunicipalityFactory()
    here: Any = PractitionerFactory(name="Hanna Czapla", municipality=place)
    PractitionerFactory(name="Iga Wrona")
    assert Practitioner.objects.visible("pl").count() == 2
    assert [one.pk for one in place.practitioners.visible("pl")] == [here.pk]
    assert [one.pk for one in Practitioner.objects.filter(pk=here.pk).visible("pl")] == [here.pk]
    assert [one.pk for one in Practitioner.objects.order_by("-name").visible("pl")][-1] == here.pk
    assert Practitioner.objects.using("default").visible("pl").count() == 2
    assert Practitioner.objects.visible("pl").filter(pk=here.pk).count() == 1
    assert Practitioner.objects.visible("pl").count() == 2, "the remembered rows are nobody's to narrow"
