"""Compare the search indexes with the database; with --repair index anew whatever differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import checking, worker
from search.backends.errors import EngineAway

SHOWN = 5


class Command(BaseCommand):
    help = (
        "Compare the search indexes with the database, document by document. Ends with 1 where they differ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kind", action="append", metavar="APP.MODEL", help="only this kind; may be repeated"
        )
        parser.add_argument("--repair", action="store_true", help="index anew whatever differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self.compare(options["kind"], options["verbosity"])
        if options["repair"] and any(one.keys for one in found):
            for one in found:
                checking.note(one)
            while worker.drain():
                pass
            self.stdout.write("Indexed anew. Once more:")
            found = self.compare(options["kind"], options["verbosity"])
        if not all(one.equal for one in found):
            raise CommandError("The indexes differ from the database.", returncode=1)

    def compare(self, only: list[str] | None, verbosity: int) -> list[checking.Difference]:
        found = []
        try:
            for one in checking.differences(only):
                found.append(one)
                if verbosity > 1 or not one.equal:
                    self.tell(one)
        except EngineAway as error:
            raise CommandError(f"{error} Nothing was changed.", returncode=2) from error
        objects = sum(one.objects for one in found)
        if all(one.equal for one in found):
            self.stdout.write(f"Equal: {objects} documents compared.")
        return found

    def tell(self, one: checking.Difference) -> None:
        if one.held is None:
            self.stdout.write(f"{one.engine} {one.kind}: no index yet; run update_index")
            return
        self.stdout.write(
            f"{one.engine} {one.kind}: {one.objects} objects, {one.held} documents; {len(one.missing)} missing,"
            f" {len(one.extra)} too many, {len(one.differing)} differ ({one.waiting} of these wait in the outbox)"
        )
        for name, keys in (("missing", one.missing), ("too many", one.extra), ("differ", one.differing)):
            if keys:
                more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
                self.stdout.write(f"  {name}: {', '.join(keys[:SHOWN])}{more}")
