"""What editors do by clicking: write, send to a colleague, accept, schedule, publish; and what a reader sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import ArticleIndexPage
from directory.models import Practitioner
from mentoring.models import MentoringOffer
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


def test_a_writer_sends_a_text_and_a_colleague_schedules_it(
    open_tab: Callable[..., Tab], monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter(name: str, group: str) -> Page:
        person = get_user_model().objects.create_user(name, f"{name}@example.org", "dobre-haslo-7")
        person.groups.add(Group.objects.get(name=group))
        page = open_tab(1280, answered=True).open("/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", "dobre-haslo-7")
        page.get_by_role("button", name="Zaloguj się").click()
        page.wait_for_url("**/admin/")
        return page

    writer = enter("piszaca", "Redakcja: piszący")
    index = ArticleIndexPage.objects.get(slug="artykuly")
    writer.goto(writer.url + f"pages/add/blog/articlepage/{index.pk}/")
    writer.fill("#id_title", "Narada o mokrych latach")
    writer.fill("#id_summary", "Jak trzy wsie ułożyły plan na mokre lata.")
    writer.get_by_role("button", name="Więcej akcji").last.click()
    expect(writer.get_by_role("button", name="Opublikuj", exact=True)).to_have_count(0)
    writer.get_by_role("button", name="Wyślij: Akceptacja redakcji").click()
    expect(writer.locator(".messages")).to_contain_text("przekazana do")

    editor = enter("prowadzaca", "Redakcja: prowadzący")
    editor.get_by_role("link", name="Narada o mokrych latach").first.click()
    editor.get_by_role("button", name="Status").first.click()
    editor.get_by_role("button", name="Ustaw plan").click()
    day = timezone.localtime() + timedelta(days=3)
    editor.fill("#id_go_live_at", day.strftime("%Y-%m-%d 08:00"))
    # By keyboard: the calendar that opens over the button closes when it feels like it.
    editor.get_by_role("dialog").get_by_role("button", name="Zapisz plan").press("Enter")
    expect(editor.locator(".messages")).to_contain_text("zaktualizowana")
    editor.get_by_role("button", name="Więcej akcji").last.click()
    editor.get_by_role("button", name="Akceptuj i opublikuj").click()
    expect(editor.locator(".messages")).to_contain_text("Narada o mokrych latach")

    reader = open_tab(360, answered=True)
    call_command("tick")
    assert "Narada" not in reader.open("/artykuly/narada-o-mokrych-latach/").locator("h1").inner_text()
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: day + timedelta(days=1))
        call_command("tick")
    expect(reader.open("/artykuly/narada-o-mokrych-latach/").locator("h1")).to_contain_text("Narada")


def test_saving_while_the_draft_saves_itself_makes_one_offer(open_tab: Callable[..., Tab]) -> None:
    page = open_tab(1280, staff=True, answered=True).open("/admin/snippets/mentoring/mentoringoffer/add/")
    page.get_by_role("button", name="Wybierz: praktyk").click()
    page.fill(".modal-content [name=q]", "Osoba-1")
    page.locator(".modal-content tbody a", has_text="Anna Osoba-1").first.click()
    expect(page.locator(".modal-content")).to_have_count(0)
    page.fill("[name=title]", "Łąki, torfowiska i rozmowa")
    page.fill("textarea[name=description]", "Rozmowy o zabagnionych łąkach.")
    page.locator("footer [type=submit]").first.dblclick()
    expect(page.locator(".messages")).to_contain_text("zapisano")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Więcej akcji").last.click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("opublikowano")

    assert MentoringOffer.objects.filter(title="Łąki, torfowiska i rozmowa").count() == 1
    read = open_tab(360, answered=True)
    shown = read.open("/mentoring/?q=torfowiskami")
    expect(shown.locator(".results")).to_contain_text("torfowiska i")
    assert not read.troubles
