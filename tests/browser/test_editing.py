"""What an editor does: writes and publishes an article by clicking, and a reader sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from blog.models import ArticleIndexPage
from directory.models import Practitioner
from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_an_editor_publishes_an_article_and_a_reader_sees_it(open_tab: Callable[..., Tab]) -> None:
    desk = open_tab(1280, staff=True, answered=True)
    page = desk.open(f"/admin/pages/add/blog/articlepage/{ArticleIndexPage.objects.get(slug='artykuly').pk}/")
    page.fill("#id_title", "Narada o suchych latach")
    page.fill("#id_summary", "Jak trzy wsie ułożyły plan na suche lata.")

    page.get_by_role("button", name="Dodaj blok").first.click()
    page.get_by_role("option", name="Śródtytuł").click()
    page.fill("[name=body-0-value-text]", "Skąd ten pomysł")

    page.get_by_role("tab", name="Autorzy i tematy").click()
    page.locator("[data-people-choose]").click()
    rows = page.locator(".modal-body tbody tr")
    expect(rows.first).to_be_visible()
    page.fill(".modal-body [name=q]", "Osoba-7")
    expect(rows).to_have_count(1)
    rows.first.get_by_role("checkbox").check()
    page.locator(".modal-body [type=submit]").last.click()
    person = Practitioner.objects.get(name="Anna Osoba-7")
    expect(page.locator("[data-people] li")).to_contain_text(["Anna Osoba-7 (koordynatorka, Urząd Miasta"])
    page.get_by_label("panel obywatelski").check()

    page.get_by_role("button", name="Więcej akcji").last.click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Narada o suchych latach")

    read = open_tab(360, answered=True)
    shown = read.open("/artykuly/narada-o-suchych-latach/")
    expect(shown.locator("h1")).to_contain_text("Narada")
    expect(shown.locator(".prose h2")).to_contain_text(["Skąd ten pomysł"])
    expect(shown.locator(f"main a[href='{person.get_absolute_url()}']").first).to_be_visible()
    expect(shown.locator(".margin .tags")).to_contain_text("panel obywatelski")
    assert not read.troubles
    assert not [said for said in desk.troubles if "Content Security Policy" in said]
