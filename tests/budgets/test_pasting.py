from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import BudgetProject
from budgets.pasting import paste
from home.models import HomePage
from tests.factories import (
    BudgetEditionPageFactory,
    BudgetIndexPageFactory,
    BudgetPotFactory,
    BudgetProjectFactory,
)

TABLE = """numer;nazwa;koszt;pula;kategoria;głosy;wybrany
01;Ławka „pod lipą”;12 500,50 zł;Północ;zieleń;1 204;tak
02;"Skwer; część II";3000;północ;sport;7;nie
"""


@pytest.fixture
def edition(home: HomePage) -> Any:
    page = BudgetEditionPageFactory(parent=BudgetIndexPageFactory(parent=home))
    BudgetPotFactory(page=page, name="Północ")
    return page


def test_a_table_is_checked_first_and_stored_when_asked(edition: Any) -> None:
    report = paste(edition, TABLE, store=False)
    assert (report.created, report.usable) == (2, True)
    assert not edition.projects.exists()
    paste(edition, TABLE, store=True)
    bench, square = edition.projects.order_by("project_id")
    assert (bench.name, str(bench.cost), bench.votes, bench.selected, bench.pot.name) == (
        "Ławka „pod lipą”", "12500.50", 1204, 1, "Północ",
    )  # fmt: skip
    assert (square.name, square.category) == ("Skwer; część II", "sport")


def test_pasting_twice_changes_nothing(edition: Any) -> None:
    paste(edition, TABLE, store=True)
    again = paste(edition, TABLE, store=True)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_an_empty_cell_keeps_what_is_there(edition: Any) -> None:
    paste(edition, TABLE, store=True)
    report = paste(edition, "numer\tnazwa\tkoszt\tgłosy\n01\tŁawka\t100\t", store=True)
    assert report.updated == 1
    assert edition.projects.get(project_id="01").votes == 1204


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("01;Ławka;dużo;;;;", "„dużo” to nie jest kwota."),
        ("01;Ławka;5;Południe;;;", "Ta edycja nie ma puli „Południe”."),
        ("01;Ławka;5;;magia;;", "Nie ma kategorii „magia”."),
        ("01;Ławka;5;;;-3;", "„-3” to nie jest liczba głosów."),
        ("01;Ławka;5;;;3;może", "„może” w kolumnie „wybrany”: wpisz tak albo nie."),
        ("01;;5;;;3;", "Brakuje wartości w kolumnie „nazwa”."),
        ("01;Ławka;-5;;;3;", "0"),
        ("01;Ławka;999999999;;;;tak", "Projekt wycofany nie może być wybrany."),
    ],
)
def test_a_mistake_is_named_with_its_line_and_nothing_is_stored(edition: Any, row: str, words: str) -> None:
    table = f"numer;nazwa;koszt;pula;kategoria;głosy;wybrany\n00;Dobry;5;;;;\n{row}\n"
    report = paste(edition, table, store=True)
    assert [line for line, _ in report.errors] == [3]
    assert words in report.errors[0][1]
    assert not BudgetProject.objects.exists()


def test_a_number_twice_and_missing_columns(edition: Any) -> None:
    twice = paste(edition, "numer;nazwa;koszt\n1;A;5\n1;B;5", store=True)
    assert "drugi raz" in twice.errors[0][1]
    assert paste(edition, "nazwa;kolor\nA;zielony", store=True).missing_columns == ["numer", "koszt"]
    assert paste(edition, "", store=True).missing_columns == ["numer", "nazwa", "koszt"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_report(edition: Any, text: str) -> None:
    paste(edition, text, store=False)
    paste(edition, f"numer;nazwa;koszt\n{text}", store=False)


def test_the_editors_page_keeps_what_was_pasted_and_says_what_is_wrong(
    admin_client: Client, edition: Any
) -> None:
    url = reverse("budget_paste_projects", args=[edition.pk])
    assert "Wklej projekty" in admin_client.get(url).content.decode()
    wrong = admin_client.post(
        url, {"table": "numer;nazwa;koszt\n1;Ławka;dużo", "store": "1"}
    ).content.decode()
    assert "Wiersz 2" in wrong
    assert "1;Ławka;dużo" in wrong
    checked = admin_client.post(url, {"table": TABLE}).content.decode()
    assert "nowych 2" in checked
    assert not edition.projects.exists()
    stored = admin_client.post(url, {"table": TABLE, "store": "1"})
    assert stored.status_code == 302
    assert edition.projects.count() == 2


def test_strangers_cannot_paste(client: Client, edition: Any) -> None:
    url = reverse("budget_paste_projects", args=[edition.pk])
    assert client.post(url, {"table": TABLE, "store": "1"}).status_code == 302
    assert not edition.projects.exists()


def test_projects_have_their_list_and_form_in_the_admin(admin_client: Client, edition: Any) -> None:
    project = BudgetProjectFactory(edition=edition, name="Ławka")
    assert "Ławka" in admin_client.get(reverse("budget_projects:index")).content.decode()
    url = reverse("budget_projects:edit", args=[project.pk])
    assert admin_client.get(url).status_code == 200
    sent = {
        "edition": edition.pk, "pot": "", "project_id": "7", "category": "sport", "name": "Huśtawka", "place": "",
        "cost": "50", "votes": "3", "selected": "1", "status": "",
    }  # fmt: skip
    assert admin_client.post(url, sent).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.selected) == ("Huśtawka", 1)


def test_the_edition_opens_in_the_admin_with_the_way_to_paste(admin_client: Client, edition: Any) -> None:
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[edition.pk])).content.decode()
    assert reverse("budget_paste_projects", args=[edition.pk]) in shown
