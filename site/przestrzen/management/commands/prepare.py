"""What an installation needs before it serves: run it at every start, it does only what waits."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from przestrzen import indexes


class Command(BaseCommand):
    help = "Migrate the database, and fill a search engine that has no index yet. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, stdout=self.stdout)
        indexes.fill_empty(self.stdout)
