"""Each type of page, on a phone and on a desk: accessible, in its width, silent, asking no other host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "home": "/",
    "articles": "/artykuly/",
    "article": "/artykuly/dlugi/",
    "cases": "/przyklady-dzialan/",
    "case": "/przyklady-dzialan/susza/",
    "events": "/wydarzenia/",
    "month of events": "/wydarzenia/?widok=miesiac",
    "forum": "/wydarzenia/forum/",
    "registration": "/zapisy/forum/",
    "base": "/baza-praktykow/",
    "base, found": "/baza-praktykow/?q=panel+obywatelski&metoda=panel-obywatelski",
    "base, near": "/baza-praktykow/?blisko=1061011&km=100",
    "base, which municipality": "/baza-praktykow/?q=panel&blisko=brzeziny",
    "base, nothing": "/baza-praktykow/?q=xyzzyq",
    "news of people": "/powiadomienia/?q=panel&metoda=panel-obywatelski",
    "profile": "/baza-praktykow/anna-osoba-1/",
    "outdated data": "/baza-praktykow/anna-osoba-1/nieaktualne/",
    "describe a need": "/baza-praktykow/opisz/",
    "people from A to Z": "/baza-praktykow/a-z/",
    "people under a letter": "/baza-praktykow/a-z/o/",
    "municipalities": "/gminy/",
    "municipality": "/gminy/0219011-swidnica/",
    "methods": "/metody/",
    "method": "/metody/panel-obywatelski/",
    "budgets": "/budzety-obywatelskie/",
    "budget": "/budzety-obywatelskie/olszow-2027/",
    "joining": "/dolacz/",
    "mentoring": "/mentoring/",
    "mentoring edition": "/mentoring/2026-27/",
    "dialogues": "/dialogi/",
    "held dialogue": "/dialogi/las/",
    "search": "/szukaj/",
    "search, found": "/szukaj/?q=panel",
    "search, nothing": "/szukaj/?q=xyzzyq",
    "section": "/o-programie/",
    "content": "/o-programie/finansowanie/",
    "declaration": "/deklaracja-dostepnosci/",
    "cookie settings": "/ustawienia-cookies/",
    "not found": "/nie-ma-takiej-strony/",
    "English without a translation": "/en/artykuly/",
}


def violations(tab: Tab) -> list[str]:
    """What axe finds, as "rule: element". Its script comes from the test, past the page's own policy."""
    tab.page.evaluate(AXE)
    found = tab.page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.flatMap("
        "v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`)))",
        RULES,
    )
    return list(found)


def jumps(tab: Tab) -> list[str]:
    """Headings that skip a level, and a number of first headings other than one."""
    levels = tab.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    main = tab.page.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])"
    )
    wrong = [f"h{a} then h{b}" for a, b in zip(main, main[1:], strict=False) if b > a + 1]
    return wrong + ([] if levels.count(1) == 1 else [f"{levels.count(1)} h1"])


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_holds_up_at_both_widths(open_tab: Callable[..., Tab], path: str) -> None:
    tab = open_tab(360)
    page = tab.open(path)
    status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    assert status == (404 if "nie-ma" in path else 200)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not violations(tab), f"axe at {width} px"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{over} px too wide at {width} px"
    assert not jumps(tab)
    assert tab.hosts == tab.own
    expected = ["404 (Not Found)"] if status == 404 else []
    assert [said for said in tab.troubles if not any(words in said for words in expected)] == []


def test_the_style_guide_holds_up(open_tab: Callable[..., Tab]) -> None:
    """Every component at once, as staff see it."""
    tab = open_tab(360, staff=True, answered=True)
    tab.open("/styl/")
    assert tab.page.locator("h1").count() == 1
    for width in (360, 1280):
        tab.page.set_viewport_size({"width": width, "height": 800})
        # Samples stand side by side that one page never has twice.
        found = [
            line for line in violations(tab) if not line.startswith(("landmark-", "region", "heading-order"))
        ]
        assert not [line for line in found if "wagtail-userbar" not in line], f"axe at {width} px"
        assert tab.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    assert tab.hosts == tab.own


@pytest.mark.parametrize(
    "path", ["/", "/baza-praktykow/?q=panel", "/dialogi/las/", "/budzety-obywatelskie/olszow-2027/"]
)
def test_the_dark_palette_keeps_its_contrast(open_tab: Callable[..., Tab], path: str) -> None:
    tab = open_tab(1280, color_scheme="dark")
    tab.open(path)
    assert tab.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 19, 15)"
    assert not violations(tab)


@pytest.mark.parametrize(
    "path", ["/artykuly/dlugi/", "/wydarzenia/forum/", "/budzety-obywatelskie/olszow-2027/"]
)
def test_paper_gets_the_text_and_the_funder_without_the_controls(
    open_tab: Callable[..., Tab], path: str
) -> None:
    tab = open_tab(760)
    page = tab.open(path)
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert page.locator("#finansowanie").is_visible()
    for control in (".nav", ".cookies", ".utility", ".foot-nav", ".totop"):
        assert not any(found.is_visible() for found in page.locator(control).all()), control
    ink: Any = page.evaluate("getComputedStyle(document.querySelector('main h1')).color")
    assert ink == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
