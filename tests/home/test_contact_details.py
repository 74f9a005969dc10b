"""What counts as an address or a number in a public text, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.privacy.contact_details import has_contact_details


@pytest.mark.parametrize(
    "text",
    [
        "Piszcie: anna.nowak@example.org!",
        "anna (at) example.org",
        "anna[małpa]example[kropka]org",
        "tel. 600 700 800",
        "600-700-800",
        "600700800",
        "+48 600 700 800",
        "0048600700800",
        "(22) 000 00 00",
        "22 000 00 00",
        "dzwoń:\u00a0600\u00a0700\u00a0800.",
    ],
)
def test_an_address_or_a_number_is_seen(text: str) -> None:
    assert has_contact_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "W latach 2019–2021 i 2023 prowadziłam 120 narad.",
        "budżet 120 000 000 zł",
        "budżet 1 200 300 zł",
        "KRS 0000123456, REGON 123456789, NIP 525-000-00-00",
        "rachunek 61 1090 1014 0000 0712 1981 2874",
        "na Twitterze jestem @anna_nowak",
        "spotkanie o 18.00, pokój 305, 25.11.2026",
        "kod TERYT 1465011",
        "art. 5a ust. 1 ustawy (Dz.U. 2024 poz. 1465)",
        "ISBN 978-83-000-0000-1",
        "100, 200, 300 osób",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert not has_contact_details(text)


@given(
    st.integers(0, 999),
    st.integers(0, 999),
    st.integers(0, 999),
    st.sampled_from([" ", "-", "", "\u00a0", "."]),
)
def test_nine_digits_in_threes_are_a_number(one: int, two: int, three: int, gap: str) -> None:
    assert has_contact_details(f"Telefon {one:03}{gap}{two:03}{gap}{three:03}, po południu")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert has_contact_details(text) in (True, False)
