"""Load the demonstration content, or take it out."""

import logging
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from przestrzen.demo import loading
from przestrzen.models import DemoItem

EDITOR = "redakcja"


class Command(BaseCommand):
    help = "Load the demonstration content (invented people, real methods and places), or take it out again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take out what the demo brought in")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--on-production", action="store_true", help="really do it on an installation that is no demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry = options["dry_run"]
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        if not (settings.DEMO_ALLOWED or options["on_production"] or dry):
            raise CommandError(
                "This is not a demo installation; with --on-production it is done all the same."
            )
        if options["remove"]:
            self.remove(dry)
        else:
            self.load(dry)

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
            kept.write_text(password, encoding="utf-8")
            kept.chmod(0o600)
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
