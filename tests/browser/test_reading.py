"""What a reader does: with the keyboard, without JavaScript, with filters, films and cookies."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FOREIGN = re.compile(r"^https?://(?!localhost)")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def ring(page: Page) -> bool:
    """The focused element shows it: an outline of its own, or of the box that holds it (the search field)."""
    return page.evaluate(
        "(() => { for (let e = document.activeElement, n = 0; e && n < 2; e = e.parentElement, n++) {"
        " const s = getComputedStyle(e); if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) return true }"
        " return document.activeElement.matches('.map a') })()"
    )


def test_the_first_tab_skips_to_the_content(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True).open("/artykuly/")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tresc"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_meets_menu_then_facets_and_always_shows_where_it_is(
    open_tab: Callable[..., Tab],
) -> None:
    page = open_tab(1280, answered=True).open("/artykuly/")
    met: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "(e => e.closest('#menu') ? 'menu' : e.closest('.filters') ? 'facets' : e.closest('.card') ? 'cards' : 'other')"
            "(document.activeElement)"
        )
        assert ring(page), focused(page)
        if not met or met[-1] != where:
            met.append(where)
        if where == "cards":
            break
    assert [where for where in met if where != "other"] == ["menu", "facets", "cards"]


def test_a_facet_can_be_chosen_by_keyboard(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True).open("/artykuly/")
    summary = page.locator(".filters summary", has_text="Metoda")
    if not page.locator("input[name=metoda]").first.is_visible():
        summary.focus()
        page.keyboard.press("Enter")
    page.locator("input[name=metoda]").first.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**metoda=**")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "metoda", "the focus stays where the reader was"


@pytest.mark.parametrize(
    ("path", "field", "total"),
    [("/artykuly/", "rok", "15"), ("/mentoring/", "tryb", "3"), ("/dialogi/", "temat", "2")],
)
def test_results_change_in_place_and_back_restores_them(
    open_tab: Callable[..., Tab], path: str, field: str, total: str
) -> None:
    tab = open_tab(1280, answered=True)
    page = tab.open(path)
    page.evaluate("window.stayed = true")
    expect(page.locator("[data-count]")).to_contain_text(total)
    page.locator(f"input[name={field}]").first.check()
    page.wait_for_url(f"**{field}=**")
    expect(page.locator(".chip")).to_have_count(1)
    assert page.evaluate("window.stayed === true"), "the page was not loaded anew"
    assert page.locator("#results-voice").text_content()
    page.go_back()
    page.wait_for_url(f"**{path}")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("[data-count]")).to_contain_text(total)
    expect(page.locator(f"input[name={field}]").first).not_to_be_checked()
    assert page.evaluate("window.stayed === true")
    assert not tab.troubles


def test_the_base_answers_in_place_and_keeps_the_question(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280, answered=True)
    page = tab.open("/baza-praktykow/")
    page.evaluate("window.stayed = true")
    page.locator("main input[name=q]").fill("paneli obywatelskich")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=panel**")
    expect(page.locator("[data-count]")).to_contain_text("paneli obywatelskich")
    page.locator(".pager a", has_text="Następna").click()
    page.wait_for_url("**strona=2**")
    expect(page.locator(".results > li")).to_have_count(4)
    assert page.evaluate("window.stayed === true")
    page.go_back()
    expect(page.locator(".results > li")).to_have_count(20)
    assert not tab.troubles


def test_the_filters_of_a_phone_open_and_close_by_keyboard(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, answered=True).open("/artykuly/")
    sheet = page.locator("#filtry")
    expect(sheet).not_to_be_visible()
    page.locator(".sheet-btn").focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(page.locator(".sheet-btn")).to_be_focused()


def test_closing_the_filters_after_a_choice_leads_back_to_their_button(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, answered=True).open("/baza-praktykow/")
    page.locator(".sheet-btn").press("Enter")
    box = page.locator("#filtry [name=metoda]").first
    if not box.is_visible():
        page.locator("#filtry summary").first.press("Enter")
    box.press("Space")
    page.wait_for_url("**metoda=**")
    expect(page.locator("#filtry")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#filtry")).not_to_be_visible()
    expect(page.locator(".sheet-btn")).to_be_focused()


def test_a_phone_shows_the_map_until_something_is_asked(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, answered=True).open("/baza-praktykow/")
    expect(page.locator(".map")).to_be_visible()
    page.goto(page.url + "?q=panel")
    expect(page.locator(".map")).not_to_be_visible()


# Without JavaScript


def test_the_menu_works_without_javascript(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, answered=True, java_script_enabled=False).open("/")
    page.locator(".masthead .menu-btn", has_text="Menu").click()
    page.locator("#menu a", has_text="Dialogi").click()
    page.wait_for_url("**/dialogi/")
    expect(page.locator("h1")).to_contain_text("Dialogi")


def test_filters_work_without_javascript(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True, java_script_enabled=False).open("/mentoring/")
    page.locator("input[name=tryb][value=online]").check()
    page.locator(".filters button", has_text="Zastosuj").click()
    page.wait_for_url("**tryb=online**")
    expect(page.locator(".results > li")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".results > li")).to_have_count(3)


def test_search_works_without_javascript(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, answered=True, java_script_enabled=False).open("/")
    page.locator("#quick-q").fill("długi")
    page.locator(".quick button").click()
    page.wait_for_url("**/szukaj/?q=**")
    expect(page.locator("main")).to_contain_text("Długi tekst")


def test_the_cookie_notice_goes_without_javascript(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(360, java_script_enabled=False).open("/artykuly/?strona=2")
    expect(page.locator(".cookies")).to_be_visible()
    page.locator(".cookies button", has_text="Tylko niezbędne").click()
    page.wait_for_url("**/artykuly/?strona=2")
    expect(page.locator(".cookies")).to_have_count(0)


# Cookies and films


def test_the_choice_is_kept_and_changed_from_the_footer(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280)
    page = tab.open("/dialogi/")
    with page.expect_response("**/ustawienia-cookies/"):
        page.locator(".cookies button", has_text="Tylko niezbędne").click()
    expect(page.locator(".cookies")).to_have_count(0)
    page.reload()
    expect(page.locator(".cookies")).to_have_count(0)
    page.locator("footer a", has_text="Ustawienia cookies").click()
    expect(page.locator("input[name=purpose][value='']")).to_be_checked()
    page.locator("input[name=purpose][value=film]").check()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/dialogi/")
    page.locator("footer a", has_text="Ustawienia cookies").click()
    expect(page.locator("input[name=purpose][value=film]")).to_be_checked()
    assert not tab.troubles


def test_a_film_asks_nobody_until_the_reader_agrees(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280, answered=True)
    asked: list[str] = []

    def stop(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>film</title>")

    tab.context.route(FOREIGN, stop)
    page = tab.open("/artykuly/dlugi/")
    film = page.locator("[data-video]")
    film.locator(".video-go").click()
    expect(film.locator("[data-once]")).to_be_focused()
    assert tab.hosts == tab.own, "a click on the film only asks the reader"
    film.locator("[data-no]").click()
    expect(film.locator(".video-go")).to_be_focused()
    film.locator(".video-go").click()
    page.keyboard.press("Escape")
    expect(film.locator(".video-go")).to_be_focused()
    film.locator(".video-go").click()
    film.locator("[data-once]").click()
    expect(film.locator("iframe")).to_have_count(1)
    page.wait_for_timeout(300)
    assert asked
    assert all(url.startswith("https://www.youtube-nocookie.com/embed/abcdefghijk") for url in asked)
    assert not tab.troubles
