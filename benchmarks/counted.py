"""The site as production serves it, counting what each answer asked of the database and of Elasticsearch.

For `load.py`: COUNTS names a folder; each process appends a line an answer, "status statements requests", to its own file.
What a question bears as X-Asked its answer bears too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import local
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

from przestrzen.wsgi import application as site
from search.backends.elasticsearch.server import Server

_counts = local()
_file = (Path(os.environ["COUNTS"]) / f"{os.getpid()}.txt").open("a", encoding="ascii", buffering=1)
_ask = Server.ask


def statement(execute: Callable[..., Any], *arguments: Any) -> Any:
    _counts.statements = getattr(_counts, "statements", 0) + 1
    return execute(*arguments)


def request(server: Server, *arguments: Any, **named: Any) -> Any:
    _counts.requests = getattr(_counts, "requests", 0) + 1
    return _ask(server, *arguments, **named)


def watch(connection: Any, **_signal: Any) -> None:
    if statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(statement)


connection_created.connect(watch)
watch(connection)
Server.ask = request  # type: ignore[method-assign]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    _counts.statements = _counts.requests = 0
    status = "000"

    def started(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        nonlocal status
        status = line[:3]
        return start(line, [*headers, ("x-asked", environ.get("HTTP_X_ASKED", ""))], *rest)

    answer = site(environ, started)
    # What is counted after the answer (the log of questions) belongs to the next line of this thread: it is left out.
    _file.write(f"{status} {_counts.statements} {_counts.requests}\n")
    return answer
