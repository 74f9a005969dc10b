"""A large import in a process and a database of its own. The figures stand in docs/import.md."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SEEDED

from .people_files import crowd

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS = 20_000
MEGABYTES = 32
MEASURED = """
import json, resource, sys
import django
django.setup()
from directory import importing

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

peaks = {}
def note(done, total):
    name = "read" if total is None else "stored"
    peaks.setdefault(f"{name} {done // 1000}", peak())

with open(sys.argv[1], "rb") as stream:
    report = importing.run(stream, progress=note)
print(json.dumps({"peaks": peaks, "end": peak(), "created": report.created}))
"""


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    if SEEDED not in request.config.stash:
        pytest.skip("about SQLite")
    file = sqlite3.connect(tmp_path / "db.sqlite3")
    request.config.stash[SEEDED].backup(file)
    yield file
    file.close()


def start(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "przestrzen.settings.test",
        "PYTHONPATH": "site:.",
    }
    with (folder / "said").open("wb") as out:  # a pipe that nobody reads would stop it
        return subprocess.Popen([sys.executable, *command], env=environment, stdout=out)


def said_by(folder: Path, *command: str) -> str:
    assert start(folder, *command).wait() == 0
    return (folder / "said").read_text(encoding="utf-8")


def test_the_memory_of_an_import_does_not_grow_with_the_file(
    tmp_path: Path, database: sqlite3.Connection, record_property: Callable[[str, object], None]
) -> None:
    """From the first tenth of the rows read to the last, and of those stored, the peak hardly moves.

    It is able to fail: the other 18,000 rows are 19 MB of text and twice that as Python's strings, so that even keeping
    nothing but their cells would break the bound; plans of them would take more, and what the index is to hold of a
    person has about a thousand keys, a gigabyte of them in all.
    """
    file = tmp_path / "osoby.csv"
    crowd(file, ROWS)
    told = json.loads(said_by(tmp_path, "-c", MEASURED, str(file)))
    peaks = told["peaks"]
    record_property("megabytes", {**peaks, "end": told["end"]})
    assert told["created"] == ROWS
    assert peaks[f"read {ROWS // 1000}"] - peaks[f"read {ROWS // 10_000}"] < MEGABYTES
    assert told["end"] - peaks[f"stored {ROWS // 10_000}"] < MEGABYTES


def test_a_killed_import_goes_on_without_a_double(tmp_path: Path, database: sqlite3.Connection) -> None:
    rows = 1500
    file = tmp_path / "osoby.csv"
    crowd(file, rows)
    command = ["manage.py", "import_practitioners", str(file), "--yes", "--verbosity", "0"]

    def count(table: str) -> int:
        return int(database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    process = start(tmp_path, *command)
    while not 0 < count("directory_practitioner") < rows:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert count("directory_practitioner") < rows
    assert "Zapis tego pliku przerwano" in said_by(tmp_path, *command)
    assert count("directory_practitioner") == count("directory_consent") == rows
