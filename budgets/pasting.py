"""Projects from a table that an editor pastes: read strictly, reported row by row, stored only when asked."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.enums import Category, Outcome, ProjectStatus
from budgets.models import BudgetEditionPage, BudgetPot, BudgetProject

# Columns of the table, by Polish and by Pabulib's names.
COLUMNS = {
    "numer": "project_id",
    "project_id": "project_id",
    "nazwa": "name",
    "name": "name",
    "koszt": "cost",
    "cost": "cost",
    "pula": "pot",
    "subunit": "pot",
    "kategoria": "category",
    "category": "category",
    "gdzie": "place",
    "district": "place",
    "głosy": "votes",
    "votes": "votes",
    "wybrany": "selected",
    "selected": "selected",
    "co dalej": "status",
    "status": "status",
}
REQUIRED = {"project_id": "numer", "name": "nazwa", "cost": "koszt"}
MOST_ROWS = 2000
YES, NO = {"1", "tak", "true", "wybrany"}, {"", "0", "nie", "false", "niewybrany"}


@dataclass(slots=True)
class Report:
    """What would happen, or has happened. `errors` are (line of the table, what is wrong)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    missing_columns: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        return (
            not self.missing_columns and not self.errors and self.created + self.updated + self.unchanged > 0
        )


def paste(edition: BudgetEditionPage, text: str, *, store: bool) -> Report:
    """Read the table and compare it with the edition's projects by number; store all rows or none.

    A column that is not in the table, and an empty cell, keep what the project has.
    """
    report = Report()
    rows = _rows(text, report)
    if report.missing_columns:
        return report
    known = {project.project_id: project for project in edition.projects.all()}
    pots = {pot.name.casefold(): pot for pot in edition.pots.all()}
    changed: list[BudgetProject] = []
    seen: set[str] = set()
    for line, row in rows:
        try:
            values = _values(row, pots)
            number = values["project_id"]
            if number in seen:
                raise ValueError(_("Numer %(number)s jest w tabeli drugi raz.") % {"number": number})
            seen.add(number)
            project = known.get(number) or BudgetProject(edition=edition)
            new = project.pk is None
            differs = new or any(getattr(project, name) != value for name, value in values.items())
            for name, value in values.items():
                setattr(project, name, value)
            project.full_clean(exclude=["edition"], validate_unique=False, validate_constraints=False)
        except (ValueError, ValidationError) as error:
            report.errors.append((line, _words(error)))
            continue
        report.created += new
        report.updated += differs and not new
        report.unchanged += not differs
        if differs:
            changed.append(project)
    if store and report.usable:
        with transaction.atomic():
            for project in changed:
                project.save()
    return report


def _rows(text: str, report: Report) -> list[tuple[int, dict[str, str]]]:
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip("\n")
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:  # a cell beyond the reader's limit
        report.errors.append((1, _("Nie umiemy odczytać tej tabeli: sprawdź cudzysłowy.")))
        return []
    if not lines:
        report.missing_columns = list(REQUIRED.values())
        return []
    header = [COLUMNS.get(cell.strip().casefold(), "") for cell in lines[0]]
    report.unknown_columns = [
        cell for cell, name in zip(lines[0], header, strict=True) if not name and cell.strip()
    ]
    report.missing_columns = [label for name, label in REQUIRED.items() if name not in header]
    if len(lines) - 1 > MOST_ROWS:
        report.errors.append((MOST_ROWS + 2, _("Najwyżej %(most)s wierszy naraz.") % {"most": MOST_ROWS}))
        return []
    return [
        (number, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name})
        for number, cells in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in cells)
    ]


def _values(row: dict[str, str], pots: dict[str, BudgetPot]) -> dict[str, Any]:
    """Fields of a project. Raises ValueError that says what is wrong."""
    values: dict[str, Any] = {}
    for name, label in REQUIRED.items():
        if not row.get(name):
            raise ValueError(_("Brakuje wartości w kolumnie „%(column)s”.") % {"column": label})
    for name, cell in row.items():
        if not cell:
            continue
        if name == "cost":
            values[name] = _money(cell)
        elif name == "votes":
            values[name] = _whole(cell)
        elif name == "pot":
            pot = pots.get(cell.casefold())
            if pot is None:
                raise ValueError(_("Ta edycja nie ma puli „%(pot)s”.") % {"pot": cell})
            values[name] = pot
        elif name == "category":
            values[name] = _category(cell)
        elif name == "selected":
            values[name] = _selected(cell)
        elif name == "status":
            values[name] = _status(cell)
        else:
            values[name] = cell
    return values


def _money(cell: str) -> Decimal:
    plain = "".join(cell.split()).removesuffix("zł").removesuffix("PLN").replace(",", ".")
    try:
        value = Decimal(plain)
        if value.is_finite():
            return value.quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    raise ValueError(_("„%(cell)s” to nie jest kwota.") % {"cell": cell})


def _whole(cell: str) -> int:
    plain = "".join(cell.split())
    if plain.isascii() and plain.isdigit() and len(plain) < 10:
        return int(plain)
    raise ValueError(_("„%(cell)s” to nie jest liczba głosów.") % {"cell": cell})


def _category(cell: str) -> str:
    try:
        return Category.read(cell.split(",")[0])
    except ValueError:
        raise ValueError(_("Nie ma kategorii „%(cell)s”.") % {"cell": cell}) from None


def _selected(cell: str) -> int:
    if cell.casefold() in YES:
        return Outcome.WON
    if cell.casefold() in NO:
        return Outcome.LOST
    if cell in ("2", "3"):
        return int(cell)
    raise ValueError(_("„%(cell)s” w kolumnie „wybrany”: wpisz tak albo nie.") % {"cell": cell})


def _status(cell: str) -> str:
    for status in ProjectStatus:
        if cell.casefold() in (status.value, str(status.label).casefold()):
            return status.value
    raise ValueError(_("Nie ma stanu „%(cell)s”.") % {"cell": cell})


def _words(error: ValueError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)
