"""The base in English: people who wrote only in Polish are found, and every part says which language it is in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from directory.models import DirectoryPage, Method, Municipality, Practitioner

from .contact_form import page_of

pytestmark = pytest.mark.django_db
BASE = "/en/baza-praktykow/"
Add = Callable[..., Practitioner]


@pytest.fixture
def in_lublin(add: Add, english_base: DirectoryPage) -> Practitioner:
    """Somebody of Lublin with a method that has an English name, and nothing else in English."""
    lublin = Municipality.objects.get(name="Lublin", kind="urban")
    person = add(
        "Łucja Ćwik",
        headline="moderatorka rozmów",
        experience="Prowadziłam panel o wodzie.",
        methods="panel obywatelski",
        municipality=lublin,
        voivodeship="lubelskie",
        is_mentor=True,
    )
    method = Method.objects.get(slug="panel-obywatelski")
    Method.objects.create(
        locale=english_base.locale, translation_key=method.translation_key, slug=method.slug,
        name="citizens' assembly", synonyms="mini-public",
    )  # fmt: skip
    person.save()
    return person


def cards(client: Client, question: str) -> dict[str, BeautifulSoup]:
    page = page_of(client.get(BASE, {"q": question}))
    assert page.html["lang"] == "en"
    return {card.h3.get_text(): card for card in page.select("ol.results > li")}


@pytest.mark.parametrize(
    "question",
    [
        "citizens' assembly Lublin",
        "citizens’ assembly lublin",
        "Citizens assembly",
        "mini-public",
        "assembly in Lublin",
    ],
)
def test_english_words_of_the_vocabulary_find_who_wrote_in_polish(
    client: Client, in_lublin: Practitioner, add: Add, question: str
) -> None:
    add("Jan Kos", methods="mediacja", headline="mediator", voivodeship="opolskie")
    assert list(cards(client, question)) == ["Łucja Ćwik"]


def test_an_english_word_that_nobody_has_finds_nobody(client: Client, in_lublin: Practitioner) -> None:
    assert cards(client, "spaceship") == {}


def test_a_card_marks_what_is_polish_and_nothing_else(client: Client, in_lublin: Practitioner) -> None:
    card = cards(client, "citizens' assembly")["Łucja Ćwik"]
    assert card.find(string=re.compile("^Entry in Polish$"))
    polish = [part.get_text(" ", strip=True) for part in card.select("[lang=pl]")]
    assert polish == ["moderatorka rozmów", "Prowadziłam panel o wodzie."]
    assert not card.find_parents(attrs={"lang": "pl"})
    assert card.get("lang") is None
    assert card.select_one(".tags").get_text().strip() == "citizens' assembly"
    assert card.select_one("a")["href"] == f"{BASE}lucja-cwik/"


def test_polish_cards_mark_nothing(client: Client, in_lublin: Practitioner) -> None:
    page = page_of(client.get("/baza-praktykow/"))
    assert not page.select("ol.results [lang]")
    assert "Wpis po polsku" not in page.get_text()


def test_a_profile_marks_what_is_polish_too(client: Client, in_lublin: Practitioner) -> None:
    page = page_of(client.get(f"{BASE}lucja-cwik/"))
    for selector in (".title .lead", ".prose"):
        assert page.select_one(selector)["lang"] == "pl"
    assert {heading["lang"] for heading in page.select(".prose h2")} == {"en"}
    assert "in Polish only" in page.select_one(".profile-head").get_text()
    facts = page.select_one("aside")
    assert "citizens' assembly" in facts.get_text()
    assert not facts.find_parents(attrs={"lang": "pl"})


def test_pages_of_places_and_methods_mark_it_too(client: Client, in_lublin: Practitioner) -> None:
    place = in_lublin.municipality
    assert place
    for url in (place.get_absolute_url(), "/metody/panel-obywatelski/"):
        card = page_of(client.get(f"/en{url}")).select_one("ol.results > li")
        assert card.select_one("[lang=pl]").get_text() == "moderatorka rozmów"
        assert "Entry in Polish" in card.get_text()
        assert not page_of(client.get(url)).select("ol.results [lang]")


def test_a_person_is_translated_in_the_admin_and_appears_in_english(
    admin_client: Client, client: Client, in_lublin: Practitioner, django_capture_on_commit_callbacks: Any
) -> None:
    english = Locale.objects.get(language_code="en")
    submit = reverse(
        "wagtail_localize:submit_snippet_translation", args=["directory", "practitioner", in_lublin.pk]
    )
    assert admin_client.get(submit).status_code == 200
    admin_client.post(submit, {"locales": [english.pk]})
    translation = Translation.objects.get(target_locale=english, source__object=in_lublin.translation_key)
    segments = StringSegment.objects.filter(source=translation.source)
    told = {
        segment.context.path: segment.string.data for segment in segments.select_related("string", "context")
    }
    assert {*told} == {"headline", "experience"}, (
        "neither name, address, state nor e-mail is anybody's to translate"
    )
    assert "headline" in told
    assert "Entry in Polish" in cards(client, "citizens' assembly")["Łucja Ćwik"].get_text(), (
        "a draft shows nothing"
    )
    for segment in segments:
        StringTranslation.objects.create(
            translation_of=segment.string, locale=english, context=segment.context,
            data={"headline": "facilitator"}.get(segment.context.path, "I ran an assembly on water."),
        )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    (card,) = cards(client, "facilitator").values()
    assert "facilitator" in card.get_text()
    assert "Entry in Polish" not in card.get_text()
    assert not card.select("[lang]")
    page = page_of(client.get(f"{BASE}lucja-cwik/"))
    assert page.select_one(".prose").get("lang") is None
    assert "I ran an assembly on water." in page.get_text()
    assert "moderatorka" in client.get("/baza-praktykow/lucja-cwik/").content.decode()
    assert len(cards(client, "citizens' assembly")) == 1, "one person is one card"


def test_whoever_is_paused_leaves_both_languages(client: Client, in_lublin: Practitioner) -> None:
    translation = in_lublin.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.headline, translation.live = "facilitator", True
    translation.save()
    assert list(cards(client, "facilitator")) == ["Łucja Ćwik"]
    in_lublin.state = "paused"
    in_lublin.save()
    assert cards(client, "facilitator") == {}
    assert client.get(f"{BASE}lucja-cwik/").status_code == 404
