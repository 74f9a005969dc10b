"""The site as production serves it, counting what each answer asked of the database and of Elasticsearch.

For `load.py`: COUNTS names a folder; each process appends a line an answer, "status statements requests", to its own file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import local
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created
from elastic_transport import Transport

from przestrzen.wsgi import application as site

_counts = local()
_file = (Path(os.environ["COUNTS"]) / f"{os.getpid()}.txt").open("a", encoding="ascii", buffering=1)
_sent = Transport.perform_request


def statement(execute: Callable[..., Any], *arguments: Any) -> Any:
    _counts.statements = getattr(_counts, "statements", 0) + 1
    return execute(*arguments)


def request(self: Transport, *arguments: Any, **named: Any) -> Any:
    _counts.requests = getattr(_counts, "requests", 0) + 1
    return _sent(self, *arguments, **named)


def watch(connection: Any, **_signal: Any) -> None:
    if statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(statement)


connection_created.connect(watch)
watch(connection)
Transport.perform_request = request  # type: ignore[assignment]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    _counts.statements = _counts.requests = 0
    status = "000"

    def started(line: str, *rest: Any) -> Any:
        nonlocal status
        status = line[:3]
        return start(line, *rest)

    answer = site(environ, started)
    # What is counted after the answer (the log of questions) belongs to the next line of this thread: it is left out.
    _file.write(f"{status} {_counts.statements} {_counts.requests}\n")
    return answer
