from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory import importing
from directory.models import Practitioner
from directory.models.imports import ImportRun

from .people_files import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "osoby.csv"
    path.write_bytes(people({"methods": "nieznana"}, {"id": ""}, {}).getvalue())
    return path


def command(*args: Any) -> str:
    out = io.StringIO()
    call_command("import_practitioners", *map(str, args), stdout=out, stderr=out)
    return out.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_dry_run_reports_and_stores_nothing(file: Path) -> None:
    said = command(file, "--dry-run")
    assert "+ 2: t1 Osoba 1 (nowa osoba) Nieznane słowo (metoda): „nieznana”." in said
    assert "! 3:  Osoba 2 (odrzucony) Brak identyfikatora." in said
    assert "Nowe osoby: 2, zmiany: 0, bez zmian: 0, odrzucone: 1." in said
    assert not Practitioner.objects.exists()
    assert not ImportRun.objects.exists()


def test_yes_stores_at_once(file: Path) -> None:
    assert "Zapisano." in command(file, "--yes")
    assert Practitioner.objects.count() == 2


def test_without_a_terminal_it_only_reports_and_exits_with_2(file: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        command(file)
    assert stopped.value.code == 2
    assert not Practitioner.objects.exists()


@pytest.mark.parametrize(("answer", "stored"), [("t", 2), ("tak", 2), ("", 0), ("n", 0)])
def test_at_a_terminal_it_asks(file: Path, monkeypatch: pytest.MonkeyPatch, answer: str, stored: int) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    assert "zgodziły się" in command(file)
    assert Practitioner.objects.count() == stored


def test_an_interrupted_run_is_finished_by_the_same_command(tmp_path: Path) -> None:
    file = tmp_path / "osoby.csv"
    file.write_bytes(people(*({} for _n in range(300))).getvalue())
    with file.open("rb") as stream:
        digest = importing.digest_of(stream)
        staging = importing.staged(stream, digest=digest)
    lookups, slugs = importing.Lookups(), importing.Slugs()
    importing.store_chunk(staging, lookups, slugs, staging.created_at, after=0)
    ImportRun.objects.update(state="storing")
    assert "wierszy do zapisania: 275" in command(file, "--yes")
    assert Practitioner.objects.count() == 300


def test_words_of_the_file_are_added_when_asked_for(file: Path) -> None:
    command(file, "--yes", "--create-terms")
    assert Practitioner.objects.get(public_id="t1").methods.get().name == "nieznana"


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "Nie można otworzyć"), (b"", "pusty"), ("id;name\na;Żółć".encode("cp1250"), "1250")],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "osoby.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        command(file, "--yes")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nie można otworzyć"):
        command(tmp_path)
