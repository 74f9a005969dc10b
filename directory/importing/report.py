"""What an import did, or would do: counts, remarks, and rows read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from directory.models.imports import ImportRow, ImportRun

Outcome = ImportRow.Outcome
NAMED_IN_SHORT = 5


class Report:
    def __init__(self, run: ImportRun) -> None:
        self.run = run
        counts = dict(run.rows.order_by().values_list("outcome").annotate(Count("pk")))
        self.created: int = counts.get(Outcome.CREATED, 0)
        self.updated: int = counts.get(Outcome.UPDATED, 0)
        self.unchanged: int = counts.get(Outcome.UNCHANGED, 0)
        self.refused: int = counts.get(Outcome.REFUSED, 0)
        self.total = sum(counts.values())
        self.stored = run.state == ImportRun.State.DONE

    @property
    def remarks(self) -> list[str]:
        """Sentences about the file as a whole."""
        return list(self.run.remarks)

    @property
    def rows(self) -> Iterator[ImportRow]:
        """Every row in the file's order, a few hundred in memory at a time."""
        last = 0
        while chunk := list(self.run.rows.filter(number__gt=last).order_by("number")[:500]):
            yield from chunk
            last = chunk[-1].number

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated)

    def __str__(self) -> str:
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, refused {self.refused}"
        refused = self.run.rows.filter(outcome=Outcome.REFUSED).order_by("number")[:NAMED_IN_SHORT]
        return "; ".join([counts, *(f"line {row.line}: {' '.join(row.notes)}" for row in refused)])
