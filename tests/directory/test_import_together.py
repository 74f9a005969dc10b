"""Imports beside each other and beside other writers, each in a thread with a connection of its own.

SQLite's threads work in a file, which is what a site has: the test database in memory has other locks.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count, QuerySet

from directory import importing
from directory.models import Practitioner
from directory.models.imports import ImportRun
from tests.conftest import SEEDED

from .people_files import people

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("engine", ["sqlite"]),
]
ROWS = 120
Threads = Callable[..., list[Any]]
CONSTRAINTS = ("practitioner_public_id_a_language", "practitioner_slug_a_language")


@pytest.fixture
def threads(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, transactional_db: None
) -> Iterator[Threads]:
    """Runs functions beside each other, each with a connection to the same real database; their results."""
    if connection.vendor != engine:
        pytest.skip(f"about {engine}")
    file = tmp_path / "db.sqlite3"
    if engine == "sqlite":
        copy = sqlite3.connect(file)
        request.config.stash[SEEDED].backup(copy)
        copy.close()

    def run(job: Callable[[], Any]) -> Any:
        mine: Any = connections["default"]
        if engine == "sqlite":
            mine.settings_dict = {**mine.settings_dict, "NAME": str(file)}
        try:
            return job()
        finally:
            mine.close()

    with ThreadPoolExecutor(4) as pool:
        yield lambda *jobs: [done.result(timeout=300) for done in [pool.submit(run, job) for job in jobs]]


def file_of(count: int) -> Any:
    return people(*({"municipality": "Łódź", "voivodeship": "łódzkie"} for _n in range(count)))


def constraints(change: str) -> None:
    """Remove or put back what forbids two rows of one person."""
    meta = Practitioner._meta
    every = meta.constraints
    with connection.schema_editor() as editor:
        for constraint in [one for one in every if one.name in CONSTRAINTS]:
            if change == "remove":
                # SQLite makes the table anew, with what the model says.
                meta.constraints = [one for one in every if one.name not in CONSTRAINTS]
            try:
                getattr(editor, f"{change}_constraint")(Practitioner, constraint)
            finally:
                meta.constraints = every


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("one_run", [True, False])
def test_the_same_file_confirmed_twice_at_once_is_stored_once(
    threads: Threads, monkeypatch: pytest.MonkeyPatch, guarded: bool, one_run: bool
) -> None:
    """Without the lock and the constraints both store it: so the test is able to fail."""
    staged = [importing.staged, importing.staged]
    (first,) = threads(lambda: staged[0](file_of(ROWS)))
    second = first if one_run else threads(lambda: staged[1](file_of(ROWS)))[0]
    barrier, plan = Barrier(2), importing.plan

    def both_have_read(*args: Any, **kwargs: Any) -> Any:
        made = plan(*args, **kwargs)
        try:
            barrier.wait(timeout=1 if guarded else 30)
        except BrokenBarrierError:
            pass  # with the lock on, the other one is still waiting for it
        return made

    monkeypatch.setattr(importing, "plan", both_have_read)
    if not guarded:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
        monkeypatch.setattr(importing, "transaction", SimpleNamespace(atomic=nullcontext))
        threads(lambda: constraints("remove"))
    try:
        threads(lambda: importing.store(first), lambda: importing.store(second))

        def stored() -> tuple[int, int]:
            twice = Practitioner.objects.order_by().values("public_id").annotate(rows=Count("pk"))
            return Practitioner.objects.count(), twice.filter(rows__gt=1).count()

        ((count, doubled),) = threads(stored)
        if guarded:
            assert (count, doubled) == (ROWS, 0)
        else:
            assert doubled
    finally:
        if not guarded:
            threads(lambda: Practitioner.objects.all().delete())
            threads(lambda: constraints("add"))


def test_another_writer_hardly_waits(threads: Threads) -> None:
    """One transaction for the whole file would let it write once."""
    over = Event()
    waits: list[float] = []

    def store() -> float:
        begun = time.monotonic()
        try:
            importing.run(file_of(500))
        finally:
            over.set()
        return time.monotonic() - begun

    def write() -> None:
        while not over.is_set():
            begun = time.monotonic()
            ImportRun.objects.create(file_name="obok")
            waits.append(time.monotonic() - begun)
            time.sleep(0.01)

    took, _nothing = threads(store, write)
    assert len(waits) > 10
    assert max(waits) < took / 3
