"""A profile as a vCard 4.0."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.models import DirectoryPage, Municipality, Practitioner
from directory.vcard import LONGEST_LINE, escaped, folded, written

RAFAL = "/baza-praktykow/rafal-smolen/"
CARD = f"{RAFAL}wizytowka.vcf"


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    card = written([("ORG", [text])])
    lines = card.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    assert card.endswith("END:VCARD\r\n")
    found = [line for line in unfolded(card).split("\r\n") if line.startswith("ORG:")]
    assert [unescaped(line.removeprefix("ORG:")) for line in found] == ([text] if text else [])


@given(st.text())
def test_no_text_breaks_a_card(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    card = written([("TITLE", [text]), ("N", [text, text])])
    lines = unfolded(card).split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert {line.partition(":")[0] for line in lines if line} <= {
        "BEGIN", "VERSION", "KIND", "TITLE", "N", "END",
    }  # fmt: skip
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\n\r]", card.replace("\r\n", ""))


def test_signs_of_the_format_are_escaped() -> None:
    assert escaped("a,b;c\\d\ne\r\nf\0") == "a\\,b\\;c\\\\d\\ne\\nf"
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 76) == "x" * 75 + "\r\n x"
    assert all(len(part.encode()) <= 75 for part in folded("ż" * 200).split("\r\n"))


@pytest.fixture
def rafal(add: Callable[..., Practitioner]) -> Practitioner:
    return add(
        "Rafał Jan Smoleń",
        slug="rafal-smolen",
        headline="koordynator; klimat, ciepło",
        organisation="Związek Gmin",
        voivodeship="dolnoslaskie",
        municipality=Municipality.objects.get(teryt="0219011"),
        biography="Pisz na skryta.poczta@example.org",
    )


def test_a_card_says_who_where_and_nothing_to_write_to(client: Any, rafal: Practitioner) -> None:
    response = client.get(CARD)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rafal-smolen.vcf"'
    assert response["X-Robots-Tag"] == "noindex"
    lines = unfolded(response.content.decode()).split("\r\n")
    assert lines == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "FN:Rafał Jan Smoleń",
        "N:Smoleń;Rafał Jan;;;",
        "TITLE:koordynator\\; klimat\\, ciepło",
        "ORG:Związek Gmin",
        "ADR:;;;Świdnica;dolnośląskie;;Polska",
        f"URL:http://testserver{RAFAL}",
        "END:VCARD",
        "",
    ]
    assert b"@" not in response.content
    assert f'href="{CARD}"' in client.get(RAFAL).content.decode()


@pytest.mark.parametrize(
    ("state", "status"), [("paused", 404), ("hidden", 404), ("moderation", 404), ("withdrawn", 410)]
)
def test_who_has_no_page_has_no_card(client: Any, rafal: Practitioner, state: str, status: int) -> None:
    rafal.state, rafal.state_reason = state, "na prośbę"
    rafal.save()
    response = client.get(CARD)
    assert response.status_code == status
    assert "Smoleń" not in response.content.decode()


def test_a_card_follows_its_person_and_stands_nowhere_else(
    client: Any, rafal: Practitioner, english_base: DirectoryPage
) -> None:
    assert client.get("/gdzies/rafal-smolen/wizytowka.vcf").status_code == 404
    assert client.get("/baza-praktykow/nikt/wizytowka.vcf").status_code == 404
    assert client.post(CARD).status_code == 405
    translation = rafal.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.headline, translation.live = "climate", True
    translation.save()
    english = client.get(f"/en{CARD}").content.decode()
    assert "TITLE:climate" in english
    assert f"URL:http://testserver/en{RAFAL}" in english
    rafal.slug = "smolen"
    rafal.save()
    moved = client.get(CARD)
    assert (moved.status_code, moved["Location"]) == (301, "/baza-praktykow/smolen/wizytowka.vcf")
