"""Import practitioners from a CSV file: report first, store when confirmed. See docs/import.md."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from directory import importing
from directory.importing.report import Outcome, Report
from directory.models.imports import ImportRow, ImportRun

NOT_CONFIRMED = 2
SIGNS = {Outcome.CREATED: "+", Outcome.UPDATED: "~", Outcome.UNCHANGED: "=", Outcome.REFUSED: "!"}


class Command(BaseCommand):
    help = (
        "Import practitioners from a CSV file. Asks before it stores; without a terminal and without --yes it only "
        "reports and exits with 2. Who confirms attests that the people in the file agreed to be in the base."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        answer = parser.add_mutually_exclusive_group()
        answer.add_argument("--dry-run", action="store_true", help="only report, store nothing")
        answer.add_argument("--yes", action="store_true", help="store without asking")
        parser.add_argument(
            "--create-terms",
            action="store_true",
            help="add unknown methods, topics and audiences to the vocabulary",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown = monotonic()
        try:
            with options["file"].open("rb") as stream:
                self.run(stream, options)
        except OSError as error:
            raise CommandError(
                _("Nie można otworzyć pliku %(file)s: %(error)s")
                % {"file": options["file"], "error": error.strerror}
            ) from error
        except importing.FileProblem as problem:
            raise CommandError(str(problem)) from problem

    def run(self, stream: Any, options: dict[str, Any]) -> None:
        digest = importing.digest_of(stream)
        begun = None if options["dry_run"] else importing.unfinished(digest)
        staging = begun or importing.staged(
            stream,
            create_terms=options["create_terms"],
            file_name=options["file"].name,
            digest=digest,
            progress=self.progress,
        )
        if begun:
            waiting = begun.rows.filter(stored=False).count()
            self.stdout.write(
                _("Zapis tego pliku przerwano; wierszy do zapisania: %(count)d.") % {"count": waiting}
            )
        else:
            self.show(Report(staging), everything=options["verbosity"] > 1)
        if options["dry_run"]:
            importing.erase(staging)
            self.stdout.write(_("Niczego nie zapisano: to tylko sprawdzenie."))
        elif options["yes"] or self.confirmed():
            self.store(staging)
        else:
            if not begun:
                importing.erase(staging)
            self.stdout.write(_("Niczego nie zapisano."))
            if not sys.stdin.isatty():
                self.stderr.write(_("Aby zapisać bez pytania, dodaj --yes."))
                raise SystemExit(NOT_CONFIRMED)

    def confirmed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        self.stdout.write(
            _("Zapisując, potwierdzasz, że osoby z pliku zgodziły się na publikację profilu w bazie.")
        )
        return input(_("Zapisać? [t/N] ")).strip().lower() in ("t", "tak", "y", "yes")

    def store(self, staging: ImportRun) -> None:
        try:
            report = importing.store(staging, progress=self.progress)
        except KeyboardInterrupt:
            raise CommandError(
                _("Przerwano. To samo polecenie z tym samym plikiem dokończy zapis.")
            ) from None
        self.stdout.write(self.style.SUCCESS(_("Zapisano. %(counts)s") % {"counts": counts(report)}))

    def show(self, report: Report, *, everything: bool) -> None:
        for remark in report.remarks:
            self.stdout.write(self.style.WARNING(remark))
        for row in report.rows:
            if everything or row.notes or row.outcome != Outcome.UNCHANGED:
                self.stdout.write(line(row))
        self.stdout.write(counts(report))

    def progress(self, done: int, total: int | None) -> None:
        """At most a line in two seconds, so that a log stays readable."""
        if monotonic() - self.shown < 2 and done != total:
            return
        self.shown = monotonic()
        of = _("Zapisano wierszy: %(done)d z %(total)d") if total else _("Odczytano wierszy: %(done)d")
        self.stderr.write(of % {"done": done, "total": total})


def line(row: ImportRow) -> str:
    head = (
        f"{SIGNS[Outcome(row.outcome)]} {row.line}: {row.public_id} {row.name} ({row.get_outcome_display()})"
    )
    return " ".join([head, *row.notes])


def counts(report: Report) -> str:
    return _(
        "Wierszy: %(total)d. Nowe osoby: %(created)d, zmiany: %(updated)d, bez zmian: %(unchanged)d, "
        "odrzucone: %(refused)d."
    ) % {
        "total": report.total,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }
