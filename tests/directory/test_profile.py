"""What a reader of one person's page notices."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale

from directory.addresses import base_url
from directory.models import DirectoryPage, FormerSlug, Method, Practitioner, PractitionerLink
from directory.profiles import confirmed_words
from home import frame, registry
from home.cards import Card
from home.registry import Section

pytestmark = pytest.mark.usefixtures("base")
RAFAL = "/baza-praktykow/rafal-smolen/"


@pytest.fixture
def rafal(add: Callable[..., Practitioner]) -> Practitioner:
    person = add(
        "Rafał Smoleń",
        headline="koordynator klimatyczny",
        organisation="Związek Gmin Chrzanowskich",
        sector="administracja-publiczna",
        methods="panel obywatelski; konsultacje społeczne",
        topics="klimat i środowisko",
        audiences="młodzież",
        voivodeship="malopolskie",
        works_in=["slaskie"],
        languages=["pl", "pjm"],
        biography="Zaczynam od wymiany zdań.\n\nDopiero potem kotły.",
        experience="Współorganizowałem panel o cieple.",
        confirmed_at="2026-11-03",
    )
    PractitionerLink.objects.create(practitioner=person, url="https://example.org/panel/")
    return Practitioner.objects.get(pk=person.pk)


def read(client: Any, url: str = RAFAL) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def test_a_profile_tells_who_where_and_how_lately(client: Any, rafal: Practitioner) -> None:
    page = read(client)
    assert page.h1.get_text() == "Rafał Smoleń"
    assert page.title.get_text().startswith("Rafał Smoleń")
    facts = {row.dt.get_text(): row.dd.get_text() for row in page.select("aside dl.facts div")}
    assert facts == {
        "Miejsce": "woj. małopolskie",
        "Pracuje też w": "śląskie",
        "Organizacja": "Związek Gmin Chrzanowskich, administracja publiczna",
        "Metody": "konsultacje społeczne, panel obywatelski",
        "Tematy": "klimat i środowisko",
        "Z kim pracuje": "młodzież",
        "Języki": "polski, polski język migowy",
        "W sieci": "example.org/panel",
        "Aktualność": "potwierdzono w listopadzie 2026",
    }
    assert page.select_one("aside a[href='/metody/panel-obywatelski/']")
    assert "nofollow" in page.select_one("aside a[href^='https://example.org']")["rel"]
    assert "Dopiero potem kotły." in page.select_one(".prose").get_text()
    assert [crumb.get_text() for crumb in page.select(".crumbs a")] == ["Strona główna", "Baza praktyków"]


def test_structured_data_is_a_person_without_mail(client: Any, rafal: Practitioner) -> None:
    html = client.get(RAFAL).content.decode()
    assert "poczta" not in html
    assert "example.org" in html
    data = json.loads(BeautifulSoup(html, "html.parser").find("script", type="application/ld+json").string)
    assert data["@type"] == "Person"
    assert data["name"] == "Rafał Smoleń"
    assert data["jobTitle"] == "koordynator klimatyczny"
    assert data["knowsAbout"] == ["konsultacje społeczne", "panel obywatelski", "klimat i środowisko"]
    assert "email" not in data


def test_parts_of_the_programme_add_their_sections(
    client: Any, rafal: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = registry.Registry[Any]()
    found.register("mentoring", lambda person: Section("Oferta", [Card(person.name + " radzi", "/oferta/")]))
    found.register("articles", lambda person: Section("Artykuły", []))
    monkeypatch.setattr(registry, "profile_sections", found)
    page = read(client)
    assert page.select_one("section#mentoring a[href='/oferta/']").get_text() == "Rafał Smoleń radzi"
    assert not page.select_one("section#articles")


@pytest.mark.parametrize(
    ("state", "status"), [("paused", 404), ("hidden", 404), ("moderation", 404), ("withdrawn", 410)]
)
def test_who_is_not_in_the_base_has_no_page(
    client: Any, rafal: Practitioner, state: str, status: int
) -> None:
    rafal.state, rafal.state_reason = state, "na prośbę"
    rafal.save()
    response = client.get(RAFAL)
    html = response.content.decode()
    assert response.status_code == status
    assert "Smoleń" not in html
    assert "na prośbę" not in html
    if status == 410:
        assert "Tego profilu już nie ma" in html
        assert 'content="noindex"' in html


def test_without_consent_or_published_there_is_no_page(client: Any, rafal: Practitioner) -> None:
    rafal.consents.all().delete()
    assert client.get(RAFAL).status_code == 404
    assert client.get("/baza-praktykow/nie-ma-takiej/").status_code == 404


def test_a_renamed_person_is_found_at_the_old_address(
    client: Any,
    rafal: Practitioner,
    add: Callable[..., Practitioner],
) -> None:
    rafal.name = "Rafał Sosna"
    rafal.save()
    assert rafal.slug == "rafal-sosna"
    response = client.get(RAFAL)
    assert (response.status_code, response.headers["Location"]) == (301, "/baza-praktykow/rafal-sosna/")
    # nobody else gets the address that leads to this person
    assert add("Rafał Smoleń").slug == "rafal-smolen-2"
    rafal.name = "Rafał Smoleń"
    rafal.save()
    assert rafal.slug == "rafal-smolen"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["rafal-sosna"]


def test_an_address_that_an_editor_chose_stays_when_the_name_changes(rafal: Practitioner) -> None:
    rafal.slug = "smolen-klimat"
    rafal.save()
    rafal.name = "Rafał Sosna"
    rafal.save()
    assert rafal.slug == "smolen-klimat"
    assert FormerSlug.objects.get().slug == "rafal-smolen"


def test_an_old_address_of_somebody_hidden_tells_nothing(client: Any, rafal: Practitioner) -> None:
    rafal.name = "Rafał Sosna"
    rafal.save()
    rafal.state, rafal.state_reason = "hidden", "spór"
    rafal.save()
    assert client.get(RAFAL).status_code == 404
    rafal.state = "withdrawn"
    rafal.save()
    assert client.get(RAFAL).status_code == 410


def test_polish_text_on_an_english_page_says_so(
    client: Any,
    rafal: Practitioner,
    english_base: DirectoryPage,
) -> None:
    page = read(client, f"/en{RAFAL}")
    assert page.html["lang"] == "en"
    assert page.select_one(".prose")["lang"] == "pl"
    assert page.find("link", rel="canonical")["href"] == f"http://testserver{RAFAL}"
    assert "noindex" in page.find("meta", {"name": "robots"})["content"]
    assert page.find("link", hreflang=True) is None
    assert page.select_one(".utility a[hreflang=pl]")["href"] == RAFAL


def test_a_translated_profile_has_two_addresses_that_know_each_other(
    client: Any,
    rafal: Practitioner,
    english_base: DirectoryPage,
) -> None:
    english = Locale.objects.get(language_code="en")
    translation = rafal.copy_for_translation(english)
    translation.headline, translation.live, translation.slug = "climate coordinator", True, "other"
    translation.save()
    page = read(client, f"/en{RAFAL}")
    assert "climate coordinator" in page.select_one(".lead").get_text()
    assert page.select_one(".prose").get("lang") is None
    assert "Lesser Poland" in page.select_one("aside dl.facts").get_text()
    for url in (RAFAL, f"/en{RAFAL}"):
        page = read(client, url)
        assert page.find("link", rel="canonical")["href"] == f"http://testserver{url}"
        alternates = {link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)}
        assert alternates == {"pl": f"http://testserver{RAFAL}", "en": f"http://testserver/en{RAFAL}"}
    rafal.name = "Rafał Sosna"
    rafal.save()
    translation.refresh_from_db()
    assert translation.slug == "rafal-sosna"


def test_addresses_follow_the_reader_and_the_page(
    rafal: Practitioner,
    english_base: DirectoryPage,
    base: DirectoryPage,
) -> None:
    with override("pl"):
        assert rafal.get_absolute_url() == RAFAL
    with override("en"):
        assert rafal.get_absolute_url() == f"/en{RAFAL}"
        english_base.refresh_from_db()
        english_base.unpublish()
        assert rafal.get_absolute_url() == RAFAL
    base.slug = "ludzie"
    base.save()
    with override("pl"):
        assert rafal.get_absolute_url() == "/ludzie/rafal-smolen/"
        base.unpublish()
        assert (base_url(), rafal.get_absolute_url()) == ("", "")


def test_a_list_of_people_asks_for_the_address_once(
    client: Any,
    add: Callable[..., Practitioner],
    english_base: DirectoryPage,
) -> None:
    english = Locale.objects.get(language_code="en")
    for number in range(12):
        translation = add(f"Osoba {number}", voivodeship="slaskie").copy_for_translation(english)
        translation.live = True
        translation.save()
    frame.forget()
    with override("en"), CaptureQueriesContext(connection) as captured:
        cards = [person.card() for person in Practitioner.objects.visible().for_cards()]
    assert {card.meta for card in cards} == {"Silesia"}
    assert all(card.url.startswith("/en/baza-praktykow/osoba-") for card in cards)
    # The rows, their sources, the languages, and the address.
    assert len(captured) <= 7


def test_the_number_of_queries_is_bounded(client: Any, rafal: Practitioner) -> None:
    client.get(RAFAL)
    with CaptureQueriesContext(connection) as captured:
        client.get(RAFAL)
    assert len(captured) <= 12


def test_the_sitemap_has_everybody_visible_in_both_languages(
    client: Any,
    rafal: Practitioner,
    add: Callable[..., Practitioner],
    english_base: DirectoryPage,
) -> None:
    add("Ukryta Osoba", state="paused")
    polish_only = add("Łucja Ćwik")
    translation = rafal.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.live = True
    translation.save()
    xml = client.get("/sitemap.xml").content.decode()
    assert f"{RAFAL}</loc>" in xml
    assert f"/en{RAFAL}</loc>" in xml
    assert "/lucja-cwik/</loc>" in xml
    assert f"/en/baza-praktykow/{polish_only.slug}/" not in xml
    assert "ukryta" not in xml
    assert 'hreflang="en"' in xml


@pytest.mark.parametrize("mode", ["", "card"])
def test_editors_preview_the_page_and_the_card(rafal: Practitioner, mode: str) -> None:
    request = RequestFactory().get("/")
    html = rafal.make_preview_request(request, mode).rendered_content
    assert "Rafał" in html
    assert "koordynator klimatyczny" in html
    assert "poczta" not in html


def test_a_person_not_saved_yet_can_be_previewed(polish: Locale) -> None:
    person = Practitioner(name="Nowa Osoba", locale=polish)
    assert "Nowa Osoba" in person.make_preview_request(RequestFactory().get("/"), "").rendered_content


def test_english_terms_stand_in_an_english_profile(
    client: Any,
    rafal: Practitioner,
    english_base: DirectoryPage,
) -> None:
    method = Method.objects.get(slug="panel-obywatelski")
    Method.objects.create(
        locale=english_base.locale,
        translation_key=method.translation_key,
        name="citizens' assembly",
        slug=method.slug,
    )
    page = read(client, f"/en{RAFAL}")
    link = page.select_one("aside a[href='/en/metody/panel-obywatelski/']")
    assert link.get_text() == "citizens' assembly"


def test_months_after_w_have_their_form() -> None:
    assert confirmed_words(9, 2026) == "potwierdzono we wrześniu 2026"
    assert len({confirmed_words(month, 2026) for month in range(1, 13)}) == 12
