"""The connection to Elasticsearch: one client a process, and a breaker that leaves a server alone that is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from elasticsearch import ApiError, Elasticsearch, TransportError

logger = logging.getLogger(__name__)

T = TypeVar("T")
#: Seconds in which a server that did not answer is not asked again.
REST = 10.0
DEFAULT_URL = "http://localhost:9200"
_PORTS = {"http": 80, "https": 443}


class Server:
    """One Elasticsearch (or a cluster of several addresses), asked at most once at a time when it seems to be away."""

    def __init__(self, urls: tuple[str, ...], timeout: float, options: dict[str, Any]) -> None:
        # No retries and no sniffing: a reader waits for one short timeout at most.
        self.client = Elasticsearch(
            [with_port(url) for url in urls],
            **({"request_timeout": timeout, "max_retries": 0, "retry_on_timeout": False} | options),
        )
        self._lock = Lock()
        self._resting_until = 0.0

    @property
    def resting(self) -> bool:
        return time.monotonic() < self._resting_until

    def ask(self, request: Callable[[Elasticsearch], T]) -> T | None:
        """What the server answers; None when it is away, overloaded, or refuses the request (which is logged)."""
        if self.resting:
            return None
        try:
            answer = request(self.client)
        except ApiError as error:
            logger.warning("Elasticsearch refused a request: %s", error)
            if error.status_code in (429, 502, 503, 504):
                self._rest()
            return None
        except TransportError as error:
            logger.warning("Elasticsearch is away: %s", error)
            self._rest()
            return None
        return answer

    def _rest(self) -> None:
        with self._lock:
            self._resting_until = time.monotonic() + REST

    def wake(self) -> None:
        """Ask again at once."""
        self._resting_until = 0.0


_servers: dict[tuple[Any, ...], Server] = {}
_lock = Lock()


def server(urls: tuple[str, ...], timeout: float, options: dict[str, Any]) -> Server:
    """The process's one connection to these addresses: backends come and go with every request."""
    key = (urls, timeout, repr(sorted(options.items())))
    with _lock:
        if key not in _servers:
            _servers[key] = Server(urls, timeout, options)
        return _servers[key]


def with_port(url: str) -> str:
    """The client wants a port in every address."""
    parts = urlsplit(url)
    if parts.port is not None or parts.scheme not in _PORTS:
        return url
    return urlunsplit(parts._replace(netloc=f"{parts.netloc}:{_PORTS[parts.scheme]}"))
