"""Long forms on a phone, by keyboard, with a script and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from directory.models import Practitioner
from tests.browser.conftest import Tab
from tests.browser.test_pages import jumps, violations
from tests.browser.test_suggestions import type_and_wait
from tests.directory.own_entry import issued

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HIDDEN = """() => {
  const here = document.activeElement, bar = document.querySelector(".actions--stuck");
  const box = here.getBoundingClientRect(), over = bar.getBoundingClientRect();
  const hidden = box.top + 20 > over.top && box.top < over.bottom;
  return !bar.contains(here) && hidden ? here.id || here.outerHTML : "";
}"""


def own_entry(tab: Tab) -> Page:
    person = Practitioner.objects.get(slug="anna-osoba-1", locale__language_code="pl")
    page = tab.open(issued(person))
    page.locator("main form button[type=submit]").first.click()
    return tab.open("/moj-wpis/zmien/")


@pytest.mark.parametrize("script", [True, False])
def test_ones_own_entry_is_short_enough_for_a_phone(open_tab: Callable[..., Tab], script: bool) -> None:
    tab = open_tab(360, answered=True, java_script_enabled=script)
    page = own_entry(tab)
    box = page.locator("main").bounding_box()
    assert box
    assert box["height"] < 5000
    bar = page.locator(".actions--stuck")
    expect(bar).to_be_in_viewport()
    expect(page.locator("#id_methods .facet-rest > summary")).to_contain_text("wybrane: 1")
    expect(page.locator("#id_methods > .opt input")).to_be_checked()
    if script:
        assert violations(tab) == []
        assert jumps(tab) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not tab.troubles


def test_the_bar_never_hides_what_has_focus(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True, reduced_motion="reduce")
    page = own_entry(tab)
    page.locator("#id_name").focus()
    met = 0
    while not page.evaluate("Boolean(document.activeElement.closest('.actions--stuck'))"):
        assert page.evaluate(HIDDEN) == ""
        page.keyboard.press("Tab")
        met += 1
        assert met < 100
    assert met > 15


def test_a_word_is_found_in_a_long_list_by_its_letters(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True)
    page = own_entry(tab)
    languages = page.locator("#id_languages")
    rest = languages.locator(".facet-rest")
    assert rest.get_attribute("open") is None
    languages.locator(".facet-find").fill("kaszub")
    expect(rest.get_by_label("kaszubski")).to_be_visible()
    expect(rest.get_by_label("angielski")).to_be_hidden()
    before = int(rest.locator("[data-chosen]").inner_text())
    rest.get_by_label("kaszubski").check()
    expect(rest.locator("[data-chosen]")).to_have_text(str(before + 1))
    languages.locator(".facet-find").fill("xyz")
    expect(languages.get_by_role("status")).to_have_text("Nic tak się nie nazywa.")
    assert not tab.troubles


def test_a_suggested_municipality_fills_the_field_and_sends_nothing(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True)
    page = own_entry(tab)
    page.evaluate("window.stayed = true")
    field = page.locator("#id_place")
    type_and_wait(page, field, "brzeziny")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Brzeziny (miejska), pow. brzeziński")
    assert page.evaluate("window.stayed === true")
    assert not tab.troubles


def test_namesakes_are_chosen_without_a_script(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True, java_script_enabled=False)
    page = own_entry(tab)
    page.locator("#id_place").fill("Brzeziny")
    page.locator("#id_organisation").fill("To zostaje")
    page.get_by_role("button", name="Zobacz podgląd").click()
    expect(page.locator("#id_place")).to_have_value("Brzeziny")
    expect(page.locator("#id_organisation")).to_have_value("To zostaje")
    page.get_by_label("pow. kaliski").check()
    page.get_by_role("button", name="Zobacz podgląd").click()
    expect(page.locator("main")).to_contain_text("Brzeziny, woj. wielkopolskie")
