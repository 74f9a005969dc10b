"""Suggestions by keyboard, for eyes and ears."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import Tab
from tests.browser.test_pages import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def type_and_wait(page: Page, field: Locator, text: str) -> None:
    """A process that has answered nothing yet reads its word lists first: patience as for a page, not for a click."""

    def answers(response: Response) -> bool:
        return urlsplit(response.url).query == f"q={text}"

    with page.expect_response(answers) as answer:
        field.press_sequentially(text)
    assert answer.value.ok, answer.value.status


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_walks_through_suggestions(open_tab: Callable[..., Tab], width: int) -> None:
    tab = open_tab(width, answered=True)
    page = tab.open("/baza-praktykow/")
    field = page.locator("#q")
    type_and_wait(page, field, "pan")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.search [role=status]").filter(has_text="Podpowiedzi: ")).to_have_count(1)
    assert not violations(tab)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    def chosen() -> str | None:
        return field.get_attribute("aria-activedescendant")

    assert chosen() is None
    field.press("ArrowDown")
    first = chosen()
    assert page.locator(f"#{first}").get_attribute("aria-selected") == "true"
    field.press("End")
    field.press("Home")
    assert chosen() == first
    field.press("ArrowUp")
    assert chosen() is None, "above the first is the field itself"
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "pan"
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/baza-praktykow/?metoda=panel-obywatelski")
    assert not tab.troubles
    assert tab.hosts == tab.own


def test_enter_without_a_choice_asks_what_was_typed(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True).open("/")
    field = page.locator("#quick-q")
    type_and_wait(page, field, "panel")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/szukaj/?q=panel")
