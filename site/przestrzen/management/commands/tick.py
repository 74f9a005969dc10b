"""Do what is due: publishing, mails, retention. Idempotent: run it every minute, from cron or the tick container."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from home import clock


class Command(BaseCommand):
    help = "Do what is due now (publishing, mails, retention). Safe to run every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on for ever, this often")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = self.tick(options["verbosity"])
        while options["every"]:
            time.sleep(options["every"])
            self.tick(options["verbosity"])
        if failed:
            raise SystemExit(1)

    def tick(self, verbosity: int) -> bool:
        answers = clock.run_due(timezone.now())
        for name, answer in answers.items():
            if isinstance(answer, Exception):
                self.stderr.write(f"{name}: {answer}")
            elif verbosity > 1 or answer:
                self.stdout.write(f"{name}: {answer}")
        return any(isinstance(answer, Exception) for answer in answers.values())
