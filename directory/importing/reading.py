"""Bytes of a CSV file → rows, in bounded memory, whatever the bytes are.

UTF-8 with or without a byte order mark, comma or semicolon, LF or CRLF, cells in quotes. A file that can't be read for
certain is refused whole (`FileProblem`), with the line and what to do about it: half a file in the base is worse.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

COLUMNS = (
    "id", "name", "position", "organisation", "sector", "voivodeship", "municipality", "methods", "topics", "audiences",
    "languages", "bio", "experience", "email", "website", "mentor",
)  # fmt: skip
OPTIONAL = ("teryt",)
REQUIRED = ("id", "name")
# Bytes of one line. A longer one is no table: it is a picture, or a quotation mark that was never closed.
LONGEST_LINE = 1_000_000
MOST_COLUMNS = 200


class FileProblem(ValueError):
    """The file as a whole can't be read; the message says where and what to do, in the reader's language."""


@dataclass(slots=True)
class Row:
    """One row: cells by column, trimmed, empty ones left out. `problems` make it unfit to be stored."""

    number: int
    line: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)


class Table:
    """A file's header, remarks about it, and its rows, which are read as they are asked for.

    Raises FileProblem at once when the header is wrong, and while iterating when the file breaks off or turns binary.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.lines = Lines(stream)
        first = next(self.lines, "")
        if first.lower().startswith("sep=") and len(first.strip()) == 5:
            delimiter, first = first.strip()[4], next(self.lines, "")
        else:
            delimiter = delimiter_of(first)
        if not first.strip():
            raise FileProblem(_("Plik jest pusty: w pierwszej linii mają być nazwy kolumn."))
        self.lines.put_back(first)
        self.reader = csv.reader(self.lines, delimiter=delimiter, strict=True)
        self.header = [name.strip().lower() for name in self._next() or []]
        self.remarks = check_header(self.header)

    def _next(self) -> list[str] | None:
        try:
            return next(self.reader, None)
        except csv.Error as error:
            raise FileProblem(
                _(
                    "Linia %(line)d: nie da się odczytać komórek. Zwykle winny jest niedomknięty albo niepodwojony "
                    "cudzysłów; komórka może mieć najwyżej 131 072 znaki. (%(error)s)"
                )
                % {"line": self.lines.number, "error": error}
            ) from error

    def __iter__(self) -> Iterator[Row]:
        number = 0
        while True:
            line = self.lines.number + 1
            cells = self._next()
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            yield self.row(number, line, cells)

    def row(self, number: int, line: int, cells: list[str]) -> Row:
        row = Row(number, line, {})
        if len(cells) != len(self.header):
            row.problems.append(
                _(
                    "Komórek jest %(found)d, a kolumn %(wanted)d: sprawdź, czy tekst z przecinkami albo średnikami jest "
                    "w cudzysłowie."
                )
                % {"found": len(cells), "wanted": len(self.header)}
            )
        for name, cell in zip(self.header, cells, strict=False):
            if "\0" in cell:
                row.problems.append(_("Kolumna %(column)s: znak o kodzie 0.") % {"column": name})
            elif (text := tidy(cell)) and (name in COLUMNS or name in OPTIONAL):
                row.cells[name] = text
        return row


class Lines:
    """Decoded lines of a stream, counted from 1, each with its line end."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.number = 0
        self.returned: list[str] = []

    def __iter__(self) -> Lines:
        return self

    def put_back(self, line: str) -> None:
        self.returned.append(line)
        self.number -= 1

    def __next__(self) -> str:
        if self.returned:
            self.number += 1
            return self.returned.pop()
        data = self.stream.readline(LONGEST_LINE + 1)
        if not data:
            raise StopIteration
        self.number += 1
        if self.number == 1:
            check_beginning(data)
            data = data.removeprefix(b"\xef\xbb\xbf")
        if len(data) > LONGEST_LINE:
            raise FileProblem(
                _("Linia %(line)d ma ponad milion bajtów: to nie wygląda na tabelę CSV.")
                % {"line": self.number}
            )
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise not_utf8(data, self.number) from error


def advice() -> str:
    return _(
        "W Excelu: Plik → Zapisz jako → „CSV UTF-8 (rozdzielany przecinkami)”. "
        "W LibreOffice: Zapisz jako → Tekst CSV → zestaw znaków Unicode (UTF-8)."
    )


def check_beginning(data: bytes) -> None:
    """Formats that people save a table in by mistake. Raises FileProblem."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileProblem(" ".join([_("To jest arkusz, a nie plik CSV."), advice()]))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem(" ".join([_("Plik jest zapisany w UTF-16, a ma być w UTF-8."), advice()]))
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b")) or b"\0" in data[:4096]:
        raise FileProblem(" ".join([_("To nie jest plik tekstowy."), advice()]))


def not_utf8(data: bytes, line: int) -> FileProblem:
    """Guesses the encoding only to name it: reading by a guess would put wrong letters into names."""
    letters = "ąćęłńóśżźĄĆĘŁŃÓŚŻŹ"
    guesses = {
        name: sum(letter in letters for letter in data.decode(codec, errors="ignore"))
        for name, codec in (("Windows-1250", "cp1250"), ("ISO 8859-2", "iso8859-2"))
    }
    likely = max(guesses, key=lambda name: guesses[name])
    if guesses[likely]:
        found = _("Linia %(line)d nie jest w UTF-8, wygląda na %(encoding)s.") % {
            "line": line,
            "encoding": likely,
        }
    else:
        found = _("Linia %(line)d nie jest w UTF-8.") % {"line": line}
    return FileProblem(f"{found} {advice()}")


def delimiter_of(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def check_header(header: list[str]) -> list[str]:
    """Remarks about the columns. Raises FileProblem when those that a row can't do without are missing or doubled."""
    if len(header) > MOST_COLUMNS:
        raise FileProblem(_("W pierwszej linii jest ponad %(most)d kolumn.") % {"most": MOST_COLUMNS})
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise FileProblem(
            _("W pierwszej linii brakuje kolumn: %(missing)s. Powinny tam być nazwy: %(columns)s.")
            % {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)}
        )
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise FileProblem(_("Kolumna występuje dwa razy: %(columns)s.") % {"columns": ", ".join(doubled)})
    remarks = []
    if absent := [name for name in COLUMNS if name not in header]:
        remarks.append(
            _("W pliku nie ma kolumn: %(columns)s; te dane zostaną bez zmian.")
            % {"columns": ", ".join(absent)}
        )
    if unknown := [name for name in header if name and name not in COLUMNS and name not in OPTIONAL]:
        remarks.append(_("Pominięte nieznane kolumny: %(columns)s.") % {"columns": ", ".join(unknown)[:300]})
    return remarks


def tidy(cell: str) -> str:
    """Line ends as \\n, no other control characters, and without the apostrophe that our exports put before formulas."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in text)
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        text = text[1:]
    return text
