"""Writing to somebody in the base, with the work done by the browser and without any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from directory.contact import challenge
from directory.models import Practitioner
from home.models import OutboxMail
from tests.browser.conftest import Place, Tab
from tests.browser.test_pages import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FORM = "/baza-praktykow/anna-osoba-0/kontakt/"


@pytest.fixture(autouse=True)
def _anna(place: Place, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A script types faster than people, and the mails of a test are no other's."""
    monkeypatch.setattr(challenge, "SOONEST", challenge.timedelta(0))
    anna = Practitioner.objects.filter(slug="anna-osoba-0")
    anna.update(email="anna@example.org")
    yield
    anna.update(email="")
    OutboxMail.objects.all().delete()


def fill(page: Page, text: str) -> None:
    page.get_by_label("Twoje imię i nazwisko").fill("Ewa Nadawczyni")
    page.get_by_label("Twój adres e-mail").fill("ewa.nadawczyni@example.com")
    page.get_by_label("Wiadomość", exact=True).fill(text)
    page.get_by_label("Zgadzam się").check()


@pytest.mark.parametrize("worker", [True, False])
def test_the_browser_does_the_work_and_the_message_goes(open_tab: Callable[..., Tab], worker: bool) -> None:
    """Under the strict policy of the site; where no worker can be had, in slices."""
    tab = open_tab(360, answered=True)
    if not worker:
        tab.page.add_init_script("delete window.Worker")
    with override_settings(CONTACT_CHALLENGE_BITS=14):
        page = tab.open("/baza-praktykow/anna-osoba-0/")
        page.get_by_role("link", name="Napisz wiadomość").click()
        page.wait_for_url(f"**{FORM}")
        assert not violations(tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert not page.locator("[name=website]").is_visible()
        assert not page.get_by_text("nie uruchamia skryptów").is_visible()
        text = f"Szukamy kogoś do panelu obywatelskiego, {worker}."
        fill(page, text)
        page.get_by_role("button", name="Wyślij wiadomość").click()
        page.wait_for_url(f"**{FORM}wyslano/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiadomość przekazana")
    assert OutboxMail.objects.filter(kind="contact-message", text__contains=text).count() == 1
    assert not tab.troubles
    assert tab.hosts == tab.own


def test_hard_work_leaves_the_page_responsive(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(1280, answered=True)
    with override_settings(CONTACT_CHALLENGE_BITS=60):
        page = tab.open(FORM)
        fill(page, "Treść, która nigdy nie pójdzie.")
        page.get_by_role("button", name="Wyślij wiadomość").click()
    expect(page.locator("[data-proof-status]")).to_contain_text("To potrwa chwilę")
    frames = page.evaluate(
        "new Promise((done) => { let n = 0; const end = performance.now() + 1000;"
        " const step = () => performance.now() < end ? (n++, requestAnimationFrame(step)) : done(n);"
        " requestAnimationFrame(step); })"
    )
    assert frames >= 10
    page.get_by_label("Twoje imię i nazwisko").fill("Ktoś inny")
    assert not OutboxMail.objects.exists()


def test_without_scripts_the_sender_confirms_by_mail(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, answered=True, java_script_enabled=False)
    page = tab.open(FORM)
    expect(page.get_by_text("nie uruchamia skryptów")).to_be_visible()
    fill(page, "Piszę z przeglądarki bez skryptów.")
    page.get_by_role("button", name="Wyślij wiadomość").click()
    page.wait_for_url(f"**{FORM}sprawdz-poczte/")
    found = re.search(r"https?://[^/\s]+(/\S+)", OutboxMail.objects.get(kind="contact-confirm").text)
    assert found
    page = tab.open(found[1])
    page.get_by_role("button", name="Wyślij", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiadomość przekazana")
    assert OutboxMail.objects.filter(kind="contact-message").count() == 1
