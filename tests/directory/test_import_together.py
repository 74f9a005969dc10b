"""Imports beside each other and beside other writers, each in a thread with a connection of its own.

The threads work in a database that is thrown away: a file on SQLite, which is what a site has (the test database in
memory has other locks), a copy of the test database on PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Semaphore
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection, connections, transaction
from django.db.models import Count, QuerySet
from django.test import Client
from django.urls import reverse

from directory import importing
from directory.models import Practitioner
from home.models import HomePage
from search.models import Change
from tests.conftest import SEEDED

from .people_files import people

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]),
]
ROWS = 120
PATIENCE = 60
Threads = Callable[..., list[Any]]
CONSTRAINTS = ("practitioner_public_id_a_language", "practitioner_slug_a_language")


@pytest.fixture(scope="module")
def untouched(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a copy of PostgreSQL's test database, made while nobody uses that: so it can be copied again."""
    if connection.vendor != "postgresql":
        yield ""
        return
    with django_db_blocker.unblock():
        connection.close()
        connection.creation.clone_test_db("untouched", verbosity=0)
    yield connection.creation.get_test_db_clone_settings("untouched")["NAME"]
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(suffix="untouched", verbosity=0)


@pytest.fixture
def threads(
    engine: str, untouched: str, request: pytest.FixtureRequest, tmp_path: Path, db: None
) -> Iterator[Threads]:
    """Runs functions beside each other, each with a connection to the same real database; their results."""
    if connection.vendor != engine:
        pytest.skip(f"about {engine}")
    name = f"{untouched}_together" if untouched else str(tmp_path / "db.sqlite3")

    def administer(statement: str) -> None:
        creator: Any = connection
        with creator._nodb_cursor() as cursor:
            cursor.execute(statement)

    if untouched:
        administer(f'CREATE DATABASE "{name}" TEMPLATE "{untouched}"')
    else:
        copy = sqlite3.connect(name)
        request.config.stash[SEEDED].backup(copy)
        copy.close()

    def run(job: Callable[[], Any]) -> Any:
        mine: Any = connections["default"]
        mine.settings_dict = {**mine.settings_dict, "NAME": name}
        try:
            return job()
        finally:
            mine.close()

    with ThreadPoolExecutor(4) as pool:
        yield lambda *jobs: [done.result(timeout=300) for done in [pool.submit(run, job) for job in jobs]]
    if untouched:
        administer(f'DROP DATABASE "{name}"')


def file_of(count: int, **cells: str) -> Any:
    return people(*({"municipality": "Łódź", "voivodeship": "łódzkie", **cells} for _n in range(count)))


def stored() -> tuple[int, int]:
    """How many people there are, and how many of them more than once."""
    twice = Practitioner.objects.order_by().values("public_id").annotate(rows=Count("pk"))
    return Practitioner.objects.count(), twice.filter(rows__gt=1).count()


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Makes two imports read the base at the same time, before either writes."""

    def arrange(timeout: float) -> None:
        barrier, plan = Barrier(2), importing.plan

        def both_have_read(*args: Any, **kwargs: Any) -> Any:
            made = plan(*args, **kwargs)
            try:
                barrier.wait(timeout)
            except BrokenBarrierError:
                pass  # with the lock on, the other one is still waiting for it
            return made

        monkeypatch.setattr(importing, "plan", both_have_read)

    return arrange


def remove_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the lock and the constraints that forbid two rows of one person."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(importing, "transaction", SimpleNamespace(atomic=nullcontext))
    meta = Practitioner._meta
    # SQLite makes the table anew, with what the model says.
    monkeypatch.setattr(meta, "constraints", [one for one in meta.constraints if one.name not in CONSTRAINTS])


def remove_constraints() -> None:
    with connection.schema_editor() as editor:
        for one in Practitioner._meta.original_attrs["constraints"]:
            if one.name in CONSTRAINTS:
                editor.remove_constraint(Practitioner, one)


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("one_run", [True, False])
def test_the_same_file_confirmed_twice_at_once_is_stored_once(
    threads: Threads,
    meeting: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
    guarded: bool,
    one_run: bool,
) -> None:
    """Without the lock and the constraints both store it: so the test is able to fail."""
    (first,) = threads(lambda: importing.staged(file_of(ROWS)))
    second = first if one_run else threads(lambda: importing.staged(file_of(ROWS)))[0]
    meeting(1 if guarded else PATIENCE)
    if not guarded:
        remove_guards(monkeypatch)
        threads(remove_constraints)
    reports = threads(lambda: importing.store(first), lambda: importing.store(second))
    ((count, doubled),) = threads(stored)
    if not guarded:
        assert doubled
        return
    assert (count, doubled) == (ROWS, 0)
    told = [(report.created, report.unchanged, report.refused) for report in reports]
    if one_run:
        assert (ROWS, 0, 0) in told
    else:  # each report says who did what
        assert [sum(column) for column in zip(*told, strict=True)] == [ROWS, ROWS, 0]


@pytest.mark.parametrize("one_run", [True, False])
def test_two_editors_who_confirm_the_same_file_at_once_are_both_told(
    threads: Threads, meeting: Callable[[float], None], one_run: bool
) -> None:
    def prepared() -> tuple[User, list[str]]:
        runs = [importing.staged(file_of(ROWS)) for _n in range(1 if one_run else 2)]
        user = User.objects.create_superuser("redakcja", "redakcja@example.org", "x")
        return user, [reverse("import_practitioners:store", args=[run.pk]) for run in runs]

    ((user, addresses),) = threads(prepared)
    meeting(1)

    def confirm(address: str) -> tuple[int, int, list[str], str]:
        client = Client()
        client.force_login(user)
        answer = client.post(address, {"consent": "on"})
        said = [str(message) for message in get_messages(answer.wsgi_request)]
        page = client.get(answer.url)  # type: ignore[attr-defined]
        return answer.status_code, page.status_code, said, page.content.decode()

    answers = threads(lambda: confirm(addresses[0]), lambda: confirm(addresses[-1]))
    assert [answer[:2] for answer in answers] == [(302, 200), (302, 200)]
    assert threads(stored) == [(ROWS, 0)]
    said = sorted(answer[2][0] for answer in answers)
    if one_run:
        assert said[1] == "Zapisano."
        assert said[0].startswith("Zapis tego pliku już trwał") or said[0] == "Ten plik jest już zapisany."
    else:
        assert said == ["Zapisano.", "Zapisano."]
        assert any("bez zmian: 0" not in answer[3] for answer in answers)


@pytest.mark.parametrize("whole", [False, True])
def test_other_writers_get_in_after_every_chunk(threads: Threads, whole: bool) -> None:
    """An editor saves a person of the file and publishes a page as often as the import has chunks, while it runs.

    `whole` is the import as one big transaction: then nobody gets in before its end, so the test is able to fail.
    """
    threads(lambda: importing.run(file_of(1)))
    (staging,) = threads(lambda: importing.staged(file_of(ROWS, organisation="Nowa")))
    turn, wrote, over = Semaphore(0), Semaphore(0), Event()
    during: list[bool] = []

    def let_in(_done: int, _total: int | None) -> None:
        turn.release()
        wrote.acquire(timeout=0.2 if whole else PATIENCE)

    def store() -> None:
        try:
            with transaction.atomic() if whole else nullcontext():
                importing.store(staging, progress=let_in)
                over.set()
        finally:
            over.set()
            turn.release()

    def write() -> None:
        page = HomePage.objects.order_by("path")[0]
        while turn.acquire(timeout=PATIENCE) and not over.is_set():
            person = Practitioner.objects.get(public_id="t1")
            person.headline = f"Zmiana {len(during)}"
            person.save()
            page.search_description = person.headline
            page.save_revision().publish()
            during.append(not over.is_set())
            wrote.release()

    def left() -> int:
        return Change.objects.filter(written=False).count()

    threads(store, write)
    chunks = -(-ROWS // importing.AT_ONCE)
    assert chunks > 3
    assert sum(during) == (0 if whole else chunks)
    assert threads(stored) == [(ROWS, 0)]
    assert threads(left) == [0]
