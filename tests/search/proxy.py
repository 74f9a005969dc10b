"""A proxy before the real Elasticsearch that can be made to fail as servers and networks do."""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

MOST_CONNECTIONS = 60
_TIMEOUT = 60.0
_TURNED = b"HTTP/1.1 %d Fault\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
_JSON = b"application/vnd.elasticsearch+json;compatible-with=8"


def turned_away(status: int, body: bytes, kind: bytes = _JSON) -> bytes:
    return _TURNED % (status, kind, len(body), body)


def error(status: int, kind: str) -> bytes:
    body = b'{"error":{"type":"%s","reason":"so the test wants it"},"status":%d}' % (kind.encode(), status)
    return turned_away(status, body)


#: What is answered without asking the server.
ANSWERS = {
    "overloaded": error(429, "es_rejected_execution_exception"),
    "unavailable": error(503, "search_phase_execution_exception"),
    "unauthorized": error(401, "security_exception"),
    "forbidden": error(403, "security_exception"),
    "broken json": turned_away(200, b'{"hits": {"total": '),
    "other json": turned_away(200, b'[{"surprise": true}]'),
    "a web page": turned_away(200, b"<!doctype html><h1>It works</h1>", b"text/html"),
    "another product": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    "no http": b"SSH-2.0-OpenSSH_9.2\r\n",
}


class Proxy:
    """`mode` is "sound" or one of the faults; it may be changed at any time and holds for the next request.

    "refused", "hung" (takes connections and says nothing), "slow" (answers after `delay` seconds), "trickling" (a byte
    now and then), "cut" (half an answer, then a reset), "old server" (the server says it is of version 7), "other
    client" (the server is asked in the words of a client of version 9), and the names of ANSWERS.
    """

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "", parts.port or 9200)
        self._context = context
        self._stop = threading.Event()
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._port = 0
        self.delay = 5.0
        self.requests = 0
        self.authorization = ""
        self._mode = "sound"
        self._listen()

    @property
    def url(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self._port}"

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._mode = mode
        self.requests = 0
        if mode == "refused":
            self._hang_up()
        elif self._listener is None:
            self._listen()

    def close(self) -> None:
        self._stop.set()
        self._hang_up()

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(MOST_CONNECTIONS)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _hang_up(self) -> None:
        if self._listener:
            # A thread in accept() would keep the port open.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._lock:
            for one in self._open:
                reset(one)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            if not self._places.acquire(blocking=False):
                reset(client)
                continue
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with self._lock:
            self._open.add(client)
        try:
            client.settimeout(_TIMEOUT)
            if self._context:
                client = self._context.wrap_socket(client, server_side=True)
            while (request := message(client)) is not None:
                with self._lock:
                    self.requests += 1
                    self.authorization = authorization(request)
                if not self._answer(client, request, self._mode):
                    break
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()
            self._places.release()

    def _answer(self, client: socket.socket, request: bytes, mode: str) -> bool:
        """False when the connection is to be closed."""
        if mode == "hung":
            return not self._stop.wait(_TIMEOUT)
        if mode in ANSWERS:
            client.sendall(ANSWERS[mode])
            return mode != "no http"
        if mode == "other client":
            request = request.replace(b"compatible-with=8", b"compatible-with=9")
        answer = self._ask(request)
        if mode == "old server":
            answer = re.sub(rb'"version":"8\.\d\d\.\d\d"', b'"version":"7.17.29"', answer)
        if mode == "slow" and self._stop.wait(self.delay):
            return False
        if mode == "cut":
            client.sendall(answer[: len(answer) // 2])
            reset(client)
            return False
        if mode == "trickling":
            for position in range(len(answer)):
                client.sendall(answer[position : position + 1])
                if self._stop.wait(0.2):
                    return False
            return True
        client.sendall(answer)
        return True

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(self._target, timeout=_TIMEOUT) as server:
            server.sendall(request)
            return message(server) or b""


def message(connection: socket.socket) -> bytes | None:
    """One HTTP message with its body; None when the other side has hung up."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = connection.recv(65_536)
        if not part:
            return None
        got += part
    head, _gap, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length:\s*(\d+)", head, re.M)
    if length is None and re.search(rb"(?i)^transfer-encoding:\s*chunked", head, re.M):
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65_536)
    while length and len(body) < int(length[1]):
        part = connection.recv(65_536)
        if not part:
            return None
        body += part
    return head + b"\r\n\r\n" + body


def authorization(request: bytes) -> str:
    found = re.search(rb"(?im)^authorization: (.*)\r$", request.partition(b"\r\n\r\n")[0] + b"\r")
    return found[1].decode() if found else ""


def reset(connection: socket.socket) -> None:
    """Hang up as a dying machine does: without a farewell."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        connection.close()
    except OSError:
        pass


@contextmanager
def proxied(url: str, context: Any = None) -> Iterator[Proxy]:
    proxy = Proxy(url, context)
    try:
        yield proxy
    finally:
        proxy.close()
