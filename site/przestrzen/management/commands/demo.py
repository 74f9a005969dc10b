"""Load the demonstration content, or take it out."""

import errno
import logging
import os
import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from przestrzen import indexes
from przestrzen.demo import loading, progress, serving
from przestrzen.models import DemoItem

EDITOR = "redakcja"


class Command(BaseCommand):
    help = "Load the demonstration content (invented people, real methods and places), or take it out again."
    requires_system_checks = []  # a second start is to take seconds

    served = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take out what the demo brought in")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--on-production", action="store_true", help="really do it on an installation that is no demo"
        )

        parser.add_argument(
            "--serve", type=int, metavar="PORT", help="prepare the database, load, and serve on 127.0.0.1"
        )
        parser.add_argument(
            "--since", type=int, metavar="SECONDS", help="when the start began, in seconds of the Unix clock"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry = options["dry_run"]
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        if not (settings.DEMO_ALLOWED or options["on_production"] or dry):
            raise CommandError(
                "This is not a demo installation; with --on-production it is done all the same."
            )
        if options["serve"]:
            self.serve(options["serve"], options["since"] or time.time())
        elif options["remove"]:
            self.remove(dry)
        else:
            self.load(dry)

    def serve(self, port: int, began: float) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("--serve is for a demonstration on one's own machine.")
        with serving.ended_by_signals():
            try:
                self.prepare()
                serving.serve(port, ready=lambda: self.welcome(port, time.time() - began))
            except serving.Ended as reason:
                raise CommandError(str(reason)) from reason
            except KeyboardInterrupt:
                self.stdout.write(
                    "\nStopped. What is there is kept in var/; start it again whenever you like."
                )

    def prepare(self) -> None:
        """The database and the content; raises CommandError, in one line, for what the reader can mend."""
        try:
            if progress.migrate(self.stdout):
                indexes.fill_empty(self.stdout)
            self.load(dry=False)
        except (OSError, OperationalError) as error:
            full = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error)
            raise CommandError(
                f"the disk is full: make room where {settings.VAR_DIR} is and start again; nothing half-done was kept"
                if full
                else f"the demonstration could not be prepared ({error}); nothing half-done was kept"
            ) from error

    def welcome(self, port: int, seconds: float) -> None:
        self.served = True
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(
            f"Ready after {seconds:.0f} s.\n\n"
            f"  The site           {address}/\n"
            f"  In English         {address}/en/\n"
            f"  The editors' desk  {address}/admin/\n"
            "  Ctrl-C stops it; what you change is kept in var/\n"
        )

    def load(self, dry: bool) -> None:
        if loading.is_loaded():
            self.stdout.write(
                f"The demo is here already ({DemoItem.objects.count()} items); your changes stay."
            )
        else:
            self.stdout.write("Loading the demo …")
            made = loading.load(self.stdout.write, keep=not dry)
            self.stdout.write(
                f"{made} items" + (" would be made; nothing was changed." if dry else " were made.")
            )
        if not dry and settings.DEMO_ALLOWED:
            self.editor()

    def editor(self) -> None:
        """An account for the editors' desk; its password is kept beside the database for the next start."""
        kept = Path(settings.VAR_DIR) / "demo-password.txt"
        user, new = get_user_model().objects.get_or_create(
            username=EDITOR,
            defaults={
                "is_superuser": True,
                "is_staff": True,
                "first_name": "Redakcja",
                "email": "redakcja@example.org",
            },
        )
        if new or not kept.exists():
            password = secrets.token_urlsafe(9)
            user.set_password(password)
            user.save()
            # Whole or not at all: a start that is cut here makes another password next time.
            written = kept.with_suffix(".new")
            written.touch(mode=0o600)
            written.write_text(password, encoding="utf-8")
            os.replace(written, kept)
        self.stdout.write(f"Editors sign in as: {EDITOR}   password: {kept.read_text(encoding='utf-8')}")

    def remove(self, dry: bool) -> None:
        if not loading.is_loaded():
            self.stdout.write("There is no demo here.")
            return
        removed, stay = loading.remove(self.stdout.write, keep=dry)
        for title in stay:
            self.stdout.write(f"„{title}” stays: editors have put pages below it.")
        self.stdout.write(
            f"{removed} items" + (" would be removed; nothing was changed." if dry else " were removed.")
        )
