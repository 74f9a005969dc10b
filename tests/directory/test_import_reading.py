"""Any bytes become rows or one clear message, never anything else."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.importing.reading import COLUMNS, FileProblem, Row, Table

HEADER = ",".join(COLUMNS)


def rows(data: bytes) -> list[Row]:
    return list(Table(io.BytesIO(data)))


def line(**cells: str) -> str:
    return ",".join(cells.get(name, "") for name in COLUMNS)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_forms_that_spreadsheets_write(delimiter: str, mark: bytes, end: str) -> None:
    text = end.join([HEADER, line(id="a1", name="Łucja Żak", methods='"panel;mediacja"'), ""])
    if delimiter == ";":
        text = text.replace(",", ";")
    (row,) = rows(mark + text.encode())
    assert row.cells == {"id": "a1", "name": "Łucja Żak", "methods": "panel;mediacja"}
    assert row.line == 2
    assert not row.problems


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    text = f"{HEADER}\n{line(id='a', bio=chr(34) + 'dwie' + chr(10) + 'linie' + chr(34))}\n\n{line(id='b')}\n"
    assert [(row.number, row.line) for row in rows(text.encode())] == [(1, 2), (2, 5)]


def test_excels_separator_line_is_understood() -> None:
    assert rows(b"sep=;\r\nid;name\r\na;Jan\r\n")[0].cells == {"id": "a", "name": "Jan"}


def test_quotes_and_exported_formulas_are_kept_as_text() -> None:
    data = 'id,name,bio\na,"Jan ""Janek"" Nowak",\'=1+1\nb,=HYPERLINK(1),\n'
    first, second = rows(data.encode())
    assert first.cells == {"id": "a", "name": 'Jan "Janek" Nowak', "bio": "=1+1"}
    assert second.cells["name"] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "pusty"),
        (b"\n\n", "pusty"),
        (b"PK\x03\x04\x14\x00", "arkusz"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "arkusz"),
        ("id,name\n".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "tekstowy"),
        ("id,name\na,Łucja Żółć\n".encode("cp1250"), "Linia 2 nie jest w UTF-8, wygląda na Windows-1250"),
        ("id,name\na,Śliwińska\n".encode("iso8859-2"), "ISO 8859-2"),
        (b"id,name\na,\xff\xff\n", "UTF-8"),
        (b"name,position\nJan,x\n", "brakuje kolumn: id"),
        (b"id,name,id\n", "dwa razy: id"),
        (b'id,name\na,"Jan\nb,Ola\n', "cudzys"),
        (b'id,name\na,"Jan" x\n', "Linia 2"),
        (b"id,name\na," + b"x" * 2_000_000, "milion"),
        (b"id,name\na," + b"x" * 200_000, "131 072"),
        (b"id,name" + b",x" * 300, "200 kolumn"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        rows(data)


def test_a_torn_or_widened_row_is_refused_and_the_next_is_read() -> None:
    first, second, third = rows(b"id,name\na\nb,Jan,x\nc,Ola\n")
    assert "Komórek jest 1, a kolumn 2" in first.problems[0]
    assert "Komórek jest 3, a kolumn 2" in second.problems[0]
    assert not third.problems


def test_the_null_character_refuses_its_row_only() -> None:
    # At the beginning of a file a null says that the file is no text at all.
    first, second = rows(b"id,name\na,J\x00an\nb,Ola\n")
    assert "znak o kodzie 0" in first.problems[0]
    assert not second.problems


def test_other_control_characters_become_spaces() -> None:
    assert rows(b"id,name\na,Jan\x07Nowak\n")[0].cells["name"] == "Jan Nowak"


def test_missing_and_unknown_columns_are_remarked() -> None:
    remarks = Table(io.BytesIO(b"id,name,wiek\n")).remarks
    assert "position" in remarks[0]
    assert "wiek" in remarks[1]


@given(st.binary(max_size=400))
@example(b"id,name\n\r")
@example(b"\xef\xbb\xbf")
@example(b"sep=;")
@example(b"sep=\n\nid,name\n")
def test_any_bytes(data: bytes) -> None:
    for head in (b"", b"id,name,bio\n"):
        try:
            found = rows(head + data)
        except FileProblem:
            continue
        assert all("\0" not in cell for row in found for cell in row.cells.values())


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5), st.sampled_from(",;"))
def test_what_a_csv_writer_wrote_is_read_back(table: list[list[str]], delimiter: str) -> None:
    clean = [[" ".join("".join(c for c in cell if c.isprintable()).split()) for cell in row] for row in table]
    clean = [[cell.lstrip("'") for cell in row] for row in clean]
    clean = [row for row in clean if any(row)]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["id", "name", "bio"], *clean])
    found = rows(text.getvalue().encode())
    assert [[row.cells.get(name, "") for name in ("id", "name", "bio")] for row in found] == clean
