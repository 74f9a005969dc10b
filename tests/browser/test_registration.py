"""Somebody comes to an event and gives the place up again, by the pages and the link in the mail alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from events.models import Registration
from events.registration import links
from tests.browser.conftest import Tab
from tests.browser.test_pages import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("script", [True, False])
def test_a_place_is_taken_changed_given_up_and_waited_for(open_tab: Callable[..., Tab], script: bool) -> None:
    tab = open_tab(360, answered=True, java_script_enabled=script)
    address = f"ewa.{script}@example.org".lower()
    page = tab.open("/wydarzenia/forum/")
    page.get_by_role("link", name="Zapisz się").click()
    page.get_by_label("Imię i nazwisko").fill("Ewa Próbna")
    page.get_by_label("Adres e-mail").fill(address)
    page.get_by_label("Zgadzam się").check()
    if script:
        assert not violations(tab)
    page.get_by_role("button", name="Zapisz mnie").click()
    expect(page.get_by_role("heading", name="Mamy Twoje zgłoszenie")).to_be_visible()

    page = tab.open(links.path_of(Registration.objects.get(email=address)))
    expect(page.get_by_role("heading", name="Masz miejsce")).to_be_visible()
    if script:
        assert not violations(tab)
    page.get_by_text("Zmień swoje dane").click()
    page.get_by_label("Dieta").fill("bez orzechów")
    page.get_by_role("button", name="Zapisz zmiany").click()
    expect(page.get_by_text("Zapisane.")).to_be_visible()
    page.get_by_role("button", name="Rezygnuję").click()
    expect(page.get_by_role("heading", name="Rezygnacja przyjęta")).to_be_visible()
    page.get_by_role("button", name="Chcę wrócić").click()
    expect(page.get_by_role("heading", name="Jesteś na liście rezerwowej")).to_be_visible()
    assert not tab.troubles
