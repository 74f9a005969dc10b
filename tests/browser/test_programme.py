"""One's own way through a programme: with a script, without one, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FORUM = "/wydarzenia/forum/"


def test_my_programme_stays_in_the_browser(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True)
    page = tab.open(FORUM)
    sessions = page.locator(".session:visible")
    assert sessions.count() == 12
    for number in (0, 7):
        button = page.locator(".keep button").nth(number)
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
    page.get_by_label("Tylko mój program").check()
    assert sessions.count() == 2
    assert page.get_by_text("Sesje na liście: 2 z 12.").is_visible()
    page.reload()
    page.get_by_label("Tylko mój program (2)").check()
    assert sessions.count() == 2
    assert tab.hosts == tab.own
    assert tab.troubles == []


def test_a_browser_that_keeps_something_else_there_is_no_trouble(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True)
    page = tab.open(FORUM)
    key = page.locator("[data-programme]").get_attribute("data-programme")
    for rubbish in ("{", '{"a": 1}', "null", '["sesja-0", 7]'):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, rubbish])
        page.reload()
        page.locator(".keep button").first.click()
        page.get_by_label("Tylko mój program").check()
        assert page.locator(".session:visible").count() == 1, rubbish
    assert tab.troubles == []


def test_without_a_script_nothing_promises_what_it_cannot_do(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, answered=True, java_script_enabled=False).open(FORUM)
    assert page.locator(".session:visible").count() == 12
    for promise in (".keep button", "[data-mine]", "[data-print]"):
        assert not any(found.is_visible() for found in page.locator(promise).all())


def test_a_programme_is_printed_on_two_sides_at_most(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True).open(FORUM)
    # Forty-eight sessions with everything that a session has.
    page.evaluate(
        """() => {
          const slots = document.querySelectorAll(".slot");
          const list = slots[0].querySelector(".sessions");
          list.querySelectorAll(".meta").forEach((one) => (one.textContent = "Anna Kowalska, Jan Wiśniewski"));
          for (let n = 0; n < 6; n++) slots[0].parentElement.append(slots[0].cloneNode(true));
        }"""
    )
    assert page.locator(".session").count() == 48
    sides = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 1 <= sides <= 2
