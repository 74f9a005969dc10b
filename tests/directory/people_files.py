"""CSV files for the tests of the import."""

from __future__ import annotations

import csv
import io

from directory.importing.reading import COLUMNS


def people(*rows: dict[str, str], teryt: bool = False) -> io.BytesIO:
    """A file of the form's columns with these rows, each given an id and a name unless it has them."""
    columns = [*COLUMNS, *(["teryt"] if teryt else [])]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        writer.writerow({"id": f"t{number}", "name": f"Osoba {number}"} | row)
    return io.BytesIO(text.getvalue().encode())
