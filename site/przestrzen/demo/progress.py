"""How far a start has come: a line that moves on a terminal, a line at every fifth of the way in a log."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Progress:
    def __init__(self, out: OutputWrapper, total: int) -> None:
        self.out, self.total, self.done, self.said = out, total, 0, 0
        self.began = time.monotonic()

    def step(self) -> None:
        self.done += 1
        share = 100 * self.done // self.total
        line = f"  {share:3} %  {self.done} of {counted(self.total, 'step')}, {self.seconds}"
        if self.out.isatty():
            self.out.write(f"\r{line}", ending="\n" if self.done == self.total else "")
            self.out.flush()
        elif share // 20 > self.said:
            self.said = share // 20
            self.out.write(line)

    @property
    def seconds(self) -> str:
        return f"{time.monotonic() - self.began:.0f} s"


def migrate(out: OutputWrapper) -> bool:
    """Bring the database up to date, telling how far it is; whether anything waited."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return False
    out.write("Preparing the database …")
    progress = Progress(out, len(waiting))

    class Told(Migrate):
        def migration_progress_callback(self, action: str, *args: Any, **kwargs: Any) -> None:
            if action == "apply_success":
                progress.step()

    call_command(Told(), verbosity=0, interactive=False)
    return True
