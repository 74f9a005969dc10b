"""A real SMTP server for tests of mail; the fixture `postman` (tests/conftest.py) begins one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


class Postman:
    """Keeps what it is handed; refuses while `closed`."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.closed = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.closed:
            return "451 come back later"
        self.letters.append(envelope)
        return "250 OK"


@contextmanager
def delivering() -> Iterator[Postman]:
    """The site's mails go to this server."""
    post = Postman()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=5):
        yield post
    server.stop()
