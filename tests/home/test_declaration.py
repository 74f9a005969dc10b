"""The accessibility declaration carries what monitoring robots look for."""

import re

import pytest

from home.blocks.declaration import DeclarationBlock

REQUIRED = [
    "wstep", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "data-sporzadzenie", "kontakt",
    "osoba", "email", "telefon", "procedura", "architektura", "aplikacje",
]  # fmt: skip


def rendered(**changes: str) -> str:
    block = DeclarationBlock()
    return str(block.render(block.to_python({**block.meta.preview_value, **changes})))


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_id_is_there_once(name: str) -> None:
    assert rendered().count(f'id="a11y-{name}"') == 1


def test_dates_are_written_for_machines() -> None:
    assert re.search(r'id="a11y-data-publikacja" datetime="2026-11-22"', rendered())


def test_what_does_not_apply_is_left_out() -> None:
    assert "a11y-ocena" not in rendered()
    assert "a11y-audytor" not in rendered()
    assert 'id="a11y-audytor">Pracownia Oko' in rendered(auditor="Pracownia Oko")


def test_status_stands_in_a_sentence() -> None:
    assert '<strong id="a11y-status">częściowo zgodna</strong>' in rendered()
