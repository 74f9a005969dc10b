"""The migrated SQLite database, kept from run to run: migrating takes most of a minute, copying a moment.

With pytest's `--create-db` it is made anew. The first of several processes makes it while the others wait.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: What the first rows are made of, besides the migrations.
SOURCES = (
    "*/migrations/*.py",
    "site/*/migrations/*.py",
    "*/data/*",
    "*/models/*.py",
    "search/analysis/*",
    "search/*.py",
)


@contextmanager
def migrated(folder: Path, name: str, *, anew: bool) -> Iterator[Path]:
    """The in-memory database `name` filled with the copy, if there is one, and the file that is to hold it.

    Whoever finds no file makes it; nobody else goes on meanwhile.
    """
    file = folder / f"{digest()}.sqlite3"
    if anew:
        file.unlink(missing_ok=True)
    with (folder / "lock").open("w") as lock, sqlite3.connect(name, uri=True) as memory:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            fcntl.flock(lock, fcntl.LOCK_UN)
            with sqlite3.connect(file) as kept:
                kept.backup(memory)
        yield file


def digest() -> str:
    """Sixteen letters that differ where the migrated database may."""
    found = sha256()
    for path in sorted(
        {ROOT / "requirements-dev.lock", *(path for one in SOURCES for path in ROOT.glob(one))}
    ):
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def keep(database: sqlite3.Connection, file: Path) -> None:
    """Write the copy, and forget older ones."""
    if file.exists():
        return
    for old in file.parent.glob("*.sqlite3"):
        old.unlink()
    draft = file.with_suffix(".draft")
    with sqlite3.connect(draft) as kept:
        database.backup(kept)
    draft.rename(file)
