"""Looking for people near a municipality, with a script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab
from tests.browser.test_pages import violations
from tests.browser.test_suggestions import type_and_wait

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ŁÓDŹ = "1061011"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_suggested_municipality_is_taken_by_keyboard_and_kept(
    open_tab: Callable[..., Tab], width: int
) -> None:
    tab = open_tab(width, answered=True)
    page = tab.open("/baza-praktykow/")
    page.evaluate("window.stayed = true")
    field = page.locator("#blisko")
    type_and_wait(page, field, "lodz")
    expect(page.get_by_role("option").first).to_contain_text("Łódź miasto na prawach powiatu, woj. łódzkie")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**blisko={ŁÓDŹ}")
    expect(page.locator("[data-count]")).to_have_text("2 osoby")
    expect(field).to_have_value("Łódź")
    expect(page.locator(".distance")).to_have_text(["w tej gminie", "11 km stąd"])
    page.locator("#km").select_option("do 100 km")
    expect(page.locator("[data-count]")).to_have_text("3 osoby")
    assert asked(page) == {"blisko": [ŁÓDŹ], "km": ["100"]}, "short, and by the code"
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text("2 osoby")
    expect(page.locator("#km")).to_have_value("")
    page.locator(".chip").click()
    expect(page.locator("[data-count]")).to_have_text("24 osoby")
    expect(field).to_have_value("")
    assert asked(page) == {}
    assert page.evaluate("window.stayed === true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not tab.troubles


def test_filters_words_and_place_stay_together_and_emptied_fields_go(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280, answered=True)
    page = tab.open(f"/baza-praktykow/?q=panel&blisko={ŁÓDŹ}&km=100")
    page.locator("#filtry [value=spacer-badawczy]").check()
    page.wait_for_url("**metoda=**")
    assert {*asked(page)} == {"q", "blisko", "km", "metoda"}
    expect(page.locator(".chip")).to_have_count(2)
    page.locator("#blisko").fill("")
    page.locator("#blisko").press("Enter")
    page.wait_for_url(lambda url: "blisko" not in url)
    assert asked(page)["q"] == ["panel"]
    page.locator("#q").fill("")
    page.locator("#q").press("Enter")
    page.wait_for_url(lambda url: "q=" not in url)
    expect(page.locator("#filtry [value=spacer-badawczy]")).to_be_checked()
    assert not tab.troubles


def test_a_name_of_several_is_asked_back(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280, answered=True)
    page = tab.open("/baza-praktykow/")
    page.locator("#blisko").fill("brzeziny")
    page.locator("#blisko").press("Enter")
    said = page.locator("#blisko-said")
    expect(said).to_contain_text("Która gmina?")
    expect(page.locator("#blisko")).to_have_value("brzeziny")
    said.locator("a").first.click()
    page.wait_for_url("**blisko=1021011**")
    expect(page.locator("#blisko")).to_have_value("Brzeziny (miejska), pow. brzeziński")
    expect(said).to_have_text("")
    assert not tab.troubles


def test_without_a_script_the_server_reads_the_name_and_keeps_the_filters(
    open_tab: Callable[..., Tab],
) -> None:
    page = open_tab(360, answered=True, java_script_enabled=False).open(
        "/baza-praktykow/?metoda=spacer-badawczy"
    )
    page.locator("#blisko").fill("w Łodzi")
    page.locator("#km").select_option("do 100 km")
    page.locator("form.search button").click()
    page.wait_for_url("**blisko=**")
    assert asked(page)["metoda"] == ["spacer-badawczy"]
    expect(page.locator(".distance")).to_have_text(["w tej gminie", "51 km stąd"])


def test_a_value_of_a_long_filter_is_found_by_letters(open_tab: Callable[..., Tab], monkeypatch: Any) -> None:
    monkeypatch.setattr("home.listing.LONG", 1)
    monkeypatch.setattr("home.listing.BEGINNING", 1)
    tab = open_tab(1280, answered=True)
    page = tab.open("/baza-praktykow/")
    page.evaluate("window.stayed = true")
    expect(page.locator("#filtry [value=spacer-badawczy]")).not_to_be_visible()
    field = page.get_by_role("searchbox", name="Znajdź w filtrze: Metoda")
    field.press_sequentially("SPAC")
    expect(page.locator("#filtry [value=spacer-badawczy]")).to_be_visible()
    expect(page.locator("#filtry [value=panel-obywatelski]")).not_to_be_visible()
    field.press("Enter")
    page.get_by_role("link", name="ostatnio potwierdzone").click()
    page.wait_for_url("**kolejnosc=potwierdzone*")
    expect(field).to_have_value("SPAC")
    field.fill("xyz")
    expect(page.get_by_text("Nic tak się nie nazywa.").first).to_be_visible()
    assert not violations(tab)
    assert page.evaluate("window.stayed === true")
    assert not tab.troubles


@pytest.mark.parametrize("scripted", [True, False])
def test_a_voivodeship_of_the_map_leads_by_keyboard_to_its_results(
    open_tab: Callable[..., Tab], scripted: bool
) -> None:
    """With a script in place, without one by the address; either way reading goes on at the results."""
    tab = open_tab(1280, answered=True, java_script_enabled=scripted)
    page = tab.open("/baza-praktykow/")
    region = page.locator("[data-results-part=map] svg a").first
    address = region.get_attribute("href") or ""
    assert address.endswith("#wyniki")
    if scripted:
        page.evaluate("window.stayed = true")
    region.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address.partition('#')[0]}**")
    expect(page.locator(".chip")).to_have_count(1)
    # The script scrolls once the results are in their place.
    for _moment in range(50):
        top = page.locator("#wyniki").bounding_box()
        if top and -5 <= top["y"] <= 300:
            break
        page.wait_for_timeout(100)
    assert top
    assert -5 <= top["y"] <= 300, "the results stand where the reader looks"
    if scripted:
        expect(page.locator("#wyniki [data-count]")).to_be_focused()
        assert page.evaluate("window.stayed === true")
    page.keyboard.press("Tab")
    assert page.locator("#wyniki :focus").count() == 1
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert not tab.troubles
