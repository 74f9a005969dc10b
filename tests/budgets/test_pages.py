from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.charts import ticks
from budgets.display.stages import stage_status
from budgets.models import BudgetEditionPage, BudgetProject, BudgetStage
from budgets.providers import editions_in
from home.models import HomePage
from tests.budgets.test_results import OLSZOW
from tests.factories import (
    BudgetEditionPageFactory,
    BudgetIndexPageFactory,
    BudgetPotFactory,
    BudgetProjectFactory,
    MunicipalityFactory,
)


@pytest.fixture
def index(home: HomePage) -> Any:
    return BudgetIndexPageFactory(parent=home)


@pytest.fixture
def olszow(index: Any) -> BudgetEditionPage:
    page = BudgetEditionPageFactory(
        parent=index,
        title="Olszów: budżet obywatelski 2027",
        municipality=MunicipalityFactory(name="Olszów"),
        amount=2_430_000,
        expenditure=467_300_000,
        expenditure_year=2025,
        voters=8412,
        eligible=54870,
        voters_of="mieszkanek i mieszkańców",
    )
    for number, (name, cost, votes, selected) in enumerate(OLSZOW):
        BudgetProjectFactory(
            edition=page, project_id=f"{number:02d}", name=name, cost=cost, votes=votes, selected=selected
        )
    return page


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode().replace("\xa0", " "), "html.parser")


def test_the_edition_says_the_figures_and_why(client: Client, olszow: BudgetEditionPage) -> None:
    shown = soup(client, olszow.url)
    why = shown.find(class_="why")
    assert why is not None
    assert "„Park” zebrał 1 511 głosów i nie został wybrany, a „Kino” z wynikiem 1 377 już tak" in why.text
    assert "zostało już tylko 236 000 zł" in why.text
    figures = {figure.dt.text: figure.dd.text for figure in shown.select(".bignums > div")}
    assert figures["pula do podziału"] == "2,43 mln zł"
    assert figures["wydatków gminy (sprawozdanie za 2025 r.)"] == "0,52 %"
    assert figures["głosowało z 54 870 mieszkanek i mieszkańców"] == "15,3 %"
    assert [h3.text for h3 in shown.select(".projects h3")][:2] == ["Cień", "Przejścia"]


def test_the_chart_has_its_table_and_no_inline_style(client: Client, olszow: BudgetEditionPage) -> None:
    shown = soup(client, olszow.url)
    row = shown.select_one(".bars tbody tr")
    assert row is not None
    assert [cell.text for cell in row.find_all(["th", "td"])][-2:] == ["15 029", "7 z 9"]
    assert shown.select_one("svg.plot") is not None
    assert not shown.find_all(style=True)
    assert "style=" not in str(shown.find_all("svg"))


def test_a_withdrawn_project_is_shown_and_not_summed(client: Client, olszow: BudgetEditionPage) -> None:
    BudgetProjectFactory(edition=olszow, name="Wycofana fontanna", cost=999_999_999, votes=None)
    shown = soup(client, olszow.url)
    row = next(li for li in shown.select(".projects > li") if "Wycofana fontanna" in li.text)
    assert "wycofany" in row.text
    assert "999 999 999" not in shown.text
    assert "wybranych projektów z 9" in shown.text


def test_before_the_vote_nobody_has_lost(client: Client, index: Any) -> None:
    page = BudgetEditionPageFactory(parent=index)
    BudgetProjectFactory(edition=page, votes=None)
    shown = soup(client, page.url)
    assert "niewybrany" not in shown.text
    assert "Co jest na karcie" in shown.text
    assert shown.find(class_="why") is None


def test_a_bare_edition_is_still_a_page(client: Client, index: Any) -> None:
    assert soup(client, BudgetEditionPageFactory(parent=index).url).find("h1") is not None


def test_each_pot_has_its_own_money(client: Client, index: Any) -> None:
    page = BudgetEditionPageFactory(parent=index, amount=300)
    north, south = (BudgetPotFactory(page=page, name=name, amount=150) for name in ("Północ", "Południe"))
    BudgetProjectFactory(edition=page, pot=north, name="Duży", cost=150, votes=9, selected=1)
    BudgetProjectFactory(edition=page, pot=south, name="Za drogi", cost=151, votes=8)
    BudgetProjectFactory(edition=page, pot=south, name="Mały", cost=100, votes=2, selected=1)
    shown = soup(client, page.url)
    cells = [[cell.text for cell in row.find_all(["th", "td"])] for row in shown.select(".scroll tbody tr")]
    assert cells == [
        ["Północ", "150 zł", "1 z 1", "150 zł", "0 zł"],
        ["Południe", "150 zł", "1 z 2", "100 zł", "50 zł"],
    ]
    why = shown.find(class_="why")
    assert why is not None
    assert "w puli „Południe” zostało już tylko 150 zł" in why.text
    only = soup(client, f"{page.url}?pula={north.pk}")
    assert [h3.text for h3 in only.select(".projects h3")] == ["Duży"]


def test_projects_in_the_asked_order(client: Client, olszow: BudgetEditionPage) -> None:
    costs = soup(client, f"{olszow.url}?kolejnosc=koszt")
    assert costs.select_one(".projects h3").text == "Ścieżka"
    wrong = soup(client, f"{olszow.url}?kolejnosc=wzrost&pula=9&strona=x")
    assert "Nie ma takiej kolejności" in wrong.text
    assert wrong.select_one(".projects h3").text == "Cień"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12))
def test_no_address_breaks_the_edition(
    client: Client, olszow: BudgetEditionPage, order: str, pot: str, page: str
) -> None:
    asked = client.get(olszow.url, {"kolejnosc": order, "pula": pot, "strona": page})
    assert asked.status_code == 200


def test_five_hundred_projects_are_light_and_ask_no_more(client: Client, index: Any) -> None:
    page = BudgetEditionPageFactory(parent=index, amount=5_000_000)
    pots = [BudgetPotFactory(page=page, name=f"Dzielnica {n}", amount=500_000) for n in range(10)]

    def add(numbers: range) -> None:
        BudgetProject.objects.bulk_create(
            BudgetProject(
                edition=page,
                pot=pots[n % 10],
                project_id=f"{n:04d}",
                name=f"Zielony skwer z ławkami i wodą dla wszystkich, część {n}",
                category="urban greenery",
                cost=Decimal(10_000 + 137 * n),
                votes=3000 - n * 5,
                selected=int(n % 3 == 0),
            )
            for n in numbers
        )

    add(range(20))
    client.get(page.url)
    with CaptureQueriesContext(connection) as few:
        client.get(page.url)
    add(range(20, 500))
    with CaptureQueriesContext(connection) as many:
        response = client.get(page.url)
    assert len(many) == len(few)
    assert len(many) <= 20
    assert len(response.content) <= 300_000
    assert len(BeautifulSoup(response.content, "html.parser").select(".fold tbody tr")) == 500


def test_the_index_groups_editions_by_municipality(client: Client, index: Any) -> None:
    town = MunicipalityFactory(name="Karpiniec")
    for year in (2025, 2026):
        page = BudgetEditionPageFactory(
            parent=index, title=f"Karpiniec {year}", municipality=town, fiscal_year=year, amount=640_000
        )
        BudgetProjectFactory(edition=page, selected=1, votes=3)
    BudgetEditionPageFactory(parent=index, title="Szkic", live=False)
    shown = soup(client, index.url)
    assert [h3.text for h3 in shown.select("h3")] == ["Karpiniec"]
    assert [h4.text for h4 in shown.select("h4")] == ["Karpiniec 2026", "Karpiniec 2025"]
    assert "640 tys. zł · 1 projekt · 1 wybrany" in shown.text
    assert "Szkic" not in shown.text


def test_the_index_asks_a_constant_number_of_times(client: Client, index: Any) -> None:
    BudgetEditionPageFactory(parent=index)
    client.get(index.url)
    with CaptureQueriesContext(connection) as few:
        client.get(index.url)
    for _ in range(15):
        BudgetProjectFactory(edition=BudgetEditionPageFactory(parent=index))
    client.get(index.url)
    with CaptureQueriesContext(connection) as many:
        client.get(index.url)
    assert len(many) == len(few) <= 20


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 1), ("part", "Zgłaszanie od 2 marca 2026")),
        (date(2026, 3, 2), ("open", "Zgłaszanie do 10 marca 2026")),
        (date(2026, 3, 10), ("open", "Zgłaszanie do 10 marca 2026")),
        (date(2026, 3, 11), ("part", "Głosowanie od 1 października 2026")),
        (date(2026, 10, 15), ("done", "Zakończona")),
    ],
)
def test_the_stage_follows_the_clock(today: date, expected: tuple[str, str]) -> None:
    stages = [
        BudgetStage(name="Głosowanie", start=date(2026, 10, 1), end=date(2026, 10, 14)),
        BudgetStage(name="Zgłaszanie", start=date(2026, 3, 2), end=date(2026, 3, 10)),
    ]
    assert stage_status(stages, today) == expected


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"eligible": 100}, "voters_of"),
        ({"eligible": 100, "voters": 101, "voters_of": "mieszkańców"}, "voters"),
        ({"expenditure": 100}, "expenditure_year"),
    ],
)
def test_numbers_without_their_meaning_are_refused(index: Any, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        BudgetEditionPageFactory(parent=index, **fields)
    assert wrong in caught.value.message_dict


def test_a_municipality_lists_its_editions(olszow: BudgetEditionPage) -> None:
    section = editions_in(olszow.municipality)
    assert section is not None
    assert [card.title for card in section.cards] == [olszow.title]
    assert editions_in(MunicipalityFactory()) is None


@given(st.decimals(0, 10**9, places=2))
def test_ticks_are_few_and_reach_the_largest(most: Decimal) -> None:
    marks = ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 7
