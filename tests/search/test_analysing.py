"""Analysing in other processes: the same documents, errors that arrive, bounded memory, no process left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import analysing
from search.analysing import Analysts
from search.analysis import lexicon
from search.keys import Body, Part, bulk, documents, source

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = [
    "Prowadzę budżet obywatelski w Łodzi, z mieszkańcami i radnymi.",
    "Panel obywatelski o suszy; facylitatorka z Ząbkowic Śląskich, kennedy'ego, „cudzysłowy”.",
    'NUL \0, emoji 🌳, %, " i bardzodługiesłowo' * 5,
    "gmina " * 30,
    "",
]
PEOPLE = [
    [
        Part("name", 6.0, [f"Hanna Czapla{number}"]),
        Part("biography", 1.0, [text]),
        Part("name", None, ["Hanna"]),
    ]
    for number in range(20)
    for text in TEXTS
]
BODIES = [Body(parts, ({"f": ["a"]}, number), {"pk": str(number)}) for number, parts in enumerate(PEOPLE)]


def batches(rows: list[Any], size: int = 7) -> Iterator[list[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


@pytest.fixture
def analysts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Analysts]:
    """Two processes that have started, however many cores there are."""
    monkeypatch.setattr(analysing, "MANY", 1)
    made = Analysts(2)
    made.expect(1)
    assert made._pool is not None
    yield made
    made.close()


def flat(batches: Iterator[list[Any]]) -> list[Any]:
    return [one for batch in batches for one in batch]


def test_documents_are_the_same_wherever_they_are_made(analysts: Analysts) -> None:
    assert flat(analysts.each(documents, batches(PEOPLE))) == documents(PEOPLE)
    there, here = b"".join(analysts.each(bulk, batches(BODIES))), bulk(BODIES)
    assert read(there) == read(here)


def read(request: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [json.loads(line) for line in request.splitlines()]
    for one in found[1::2]:
        one |= {name: sorted(one[name].split()) for name in "tk"}
    return found


def test_a_request_holds_the_documents_under_their_keys() -> None:
    assert read(bulk(BODIES))[::2] == [{"index": {"_id": body.rest["pk"]}} for body in BODIES]
    made = [json.loads(json.dumps(source(body))) for body in BODIES]
    for one in made:
        one |= {name: sorted(one[name].split()) for name in "tk"}
    assert read(bulk(BODIES))[1::2] == made


def test_the_editors_lexicon_goes_with_the_texts(analysts: Analysts) -> None:
    row = [[Part("biography", 1.0, ["Lubię zmywaki."])]]
    before = flat(analysts.each(documents, [row]))
    lexicon.hold(lexicon.Lexicon.of([lexicon.Entry("wydma", ("zmywaki",))]))
    try:
        after = flat(analysts.each(documents, [row]))
        assert after == documents(row) != before
        assert "wydma" in after[0].words()
    finally:
        lexicon.hold(None)
    assert flat(analysts.each(documents, [row])) == before


def test_an_error_over_there_arrives_here(analysts: Analysts) -> None:
    broken: Any = [[Part("name", 6.0, [None])]]  # type: ignore[list-item]
    with pytest.raises(TypeError):
        flat(analysts.each(documents, [PEOPLE[:3], broken, PEOPLE[:3]]))
    assert flat(analysts.each(documents, [PEOPLE[:3]])) == documents(PEOPLE[:3]), "the next work is done"


def test_the_share_of_a_killed_process_is_done_here(analysts: Analysts) -> None:
    assert analysts._pool is not None
    for process in list(analysts._pool._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    assert flat(analysts.each(documents, batches(PEOPLE))) == documents(PEOPLE)


def test_no_more_is_read_than_is_worked_on(analysts: Analysts) -> None:
    """Memory stays bounded, however long the source of texts."""
    read = 0

    def endless() -> Iterator[list[Any]]:
        nonlocal read
        while True:
            read += 1
            yield PEOPLE[:2]

    results = analysts.each(documents, endless())
    for number in range(1, 20):
        next(results)
        assert read < number + analysts.ahead


def test_one_core_or_few_objects_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "started", lambda number: pytest.fail("no process is wanted"))
    Analysts(0).expect(analysing.MANY)
    few = Analysts(2)
    few.expect(analysing.MANY - 1)
    assert flat(few.each(documents, batches(PEOPLE))) == documents(PEOPLE)


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_named: Any) -> Any:
        raise OSError("no semaphores here")

    monkeypatch.setattr(analysing, "ProcessPoolExecutor", refuse)
    alone = Analysts(2)
    alone.expect(analysing.MANY)
    assert flat(alone.each(documents, batches(PEOPLE))) == documents(PEOPLE)


def test_the_processes_end_with_the_one_that_asked_even_when_it_is_killed() -> None:
    code = (
        "import sys, time; from search.analysing import Analysts, MANY\n"
        "one = Analysts(1); one.expect(MANY)\n"
        "print(*one._pool._processes, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stdout is not None
        (pid,) = map(int, asking.stdout.readline().split())
        asking.kill()
    ends = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and time.monotonic() < ends:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()
