"""The connection to Elasticsearch: one client a process, a hard deadline, and breakers that leave a sick server alone."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from elastic_transport import TlsError
from elasticsearch import ApiError, Elasticsearch

from search.backends import catching_up
from search.backends.errors import EngineAway

from .breaker import Breaker, Ticket
from .faults import Fault, error_type, fault_of
from .trust import Trust

logger = logging.getLogger(__name__)

T = TypeVar("T")
DEFAULT_URL = "http://localhost:9200"
DEFAULT_TIMEOUT = 0.5
_PORTS = {"http": 80, "https": 443}
#: Requests under way at once in one process, those included that nobody waits for any more.
MAX_REQUESTS = 64
#: The share of the timeout after which an answer is a late one.
LATE = 0.5
#: The share after which the client gives up by itself, so that it knows which address was at fault.
SOCKET = 0.9


class Threads:
    """Threads that wait for the next request once they have made one: to start one takes as long as a short request.

    No process waits for them at its end, whatever they wait for.
    """

    def __init__(self) -> None:
        self._idle: list[SimpleQueue[Callable[[], None]]] = []

    def run(self, work: Callable[[], None]) -> None:
        try:
            queue = self._idle.pop()
        except IndexError:
            queue = SimpleQueue()
            Thread(target=self._serve, args=(queue,), name="elasticsearch", daemon=True).start()
        queue.put(work)

    def forget(self) -> None:
        """None of them is there any more."""
        self._idle.clear()

    def _serve(self, queue: SimpleQueue[Callable[[], None]]) -> None:
        while True:
            queue.get()()
            self._idle.append(queue)


class Server:
    """One Elasticsearch, or a cluster of several addresses, of which any will do.

    A caller waits for `timeout` seconds at most, whatever the network does: names that do not resolve and answers
    that trickle in are no business of the client's own timeouts.
    """

    def __init__(self, urls: tuple[str, ...], timeout: float, options: dict[str, Any]) -> None:
        several = len(urls) > 1
        self.client = Elasticsearch(
            [with_port(url) for url in urls],
            **(
                {
                    "request_timeout": timeout * SOCKET,
                    # A broken connection is tried again at another address, or once at the same: it may have been an
                    # idle one that something in between had closed. What timed out is not.
                    "max_retries": len(urls),
                    "retry_on_timeout": False,
                    "retry_on_status": (502, 503, 504) if several else (),
                    # Seconds before an address that failed is tried again.
                    "dead_node_backoff_factor": 5.0,
                    "max_dead_node_backoff": 60.0,
                }
                | options
            ),
        )
        self.timeout = timeout
        self.trust = Trust()
        self._addresses = len(urls)
        self._places = BoundedSemaphore(MAX_REQUESTS)
        self.threads = Threads()
        self._reach = Breaker(proved=False)
        self._writes = Breaker()

    @property
    def resting(self) -> Fault | None:
        """Why the server is left alone; None when it may be asked."""
        if not self._writes.closed:
            return Fault(self._writes.reason)
        return Fault(self._reach.reason) if self._reach.resting else None

    @property
    def fault(self) -> Fault | None:
        """Why the server does not answer questions now; None when it may."""
        if resting := self.resting:
            return resting
        return Fault.CATCHING_UP if any(behind() for behind in catching_up) else None

    def ask(self, request: Callable[[Elasticsearch], T]) -> T | None:
        """What the server answers; None when the database has to. `request` runs in a thread: no database in it."""
        if self.fault:
            return None
        ticket = self._reach.enter(self.timeout * LATE)
        return self._perform(request, self.timeout, ticket) if ticket else None

    def write(self, request: Callable[[Elasticsearch], T], timeout: float | None = None) -> T:
        """What the server answers. Raises EngineAway when it took nothing."""
        permit = self._writes.enter()
        if permit is None:
            raise EngineAway(f"Elasticsearch: {self._writes.reason}")
        try:
            ticket = self._reach.enter()
            answer = self._perform(request, timeout or self.timeout, ticket, permit) if ticket else None
        finally:
            permit.returned()
        if answer is None:
            raise EngineAway(f"Elasticsearch: {self._writes.reason or self._reach.reason}")
        return answer

    def wake(self) -> None:
        """Ask again at once."""
        self._writes.reset()
        self._reach.reset()

    def _perform(
        self,
        request: Callable[[Elasticsearch], T],
        timeout: float,
        ticket: Ticket,
        permit: Ticket | None = None,
    ) -> T | None:
        began = time.monotonic()
        try:
            answer = self._within(timeout, request)
        except Exception as error:
            fault = fault_of(error)
            describe(error, fault)
            if fault is Fault.READ_ONLY and permit:
                permit.failed(fault)
                self._said_away(self._writes)
                ticket.passed()
            elif fault in (None, Fault.REBUILD, Fault.READ_ONLY):
                ticket.passed()
            else:
                ticket.failed(fault, out_of=self._addresses if fault is Fault.TIMEOUT else 1)
                self._said_away(self._reach)
            return None
        if not permit and time.monotonic() - began > timeout * LATE:
            ticket.failed(Fault.SLOW, out_of=max(2, self._addresses))
        else:
            ticket.passed()
        if permit:
            permit.passed()
        return answer

    def _within(self, timeout: float, request: Callable[[Elasticsearch], T]) -> T:
        if not self._places.acquire(blocking=False):
            raise TimeoutError("Too many requests have not come back.")
        outcome: Future[T] = Future()
        client = (
            self.client if timeout == self.timeout else self.client.options(request_timeout=timeout * SOCKET)
        )

        def work() -> None:
            try:
                outcome.set_result(request(client))
            except BaseException as error:
                outcome.set_exception(error)
            finally:
                self._places.release()

        self.threads.run(work)
        return outcome.result(timeout)

    def _said_away(self, breaker: Breaker) -> None:
        if breaker.resting:
            logger.warning(
                "Elasticsearch is left alone for a while: %s. The database answers.", breaker.reason
            )


def describe(error: Exception, fault: Fault | None) -> None:
    """Log what an operator needs, without the question and without an address."""
    match error:
        case ApiError() if fault is not Fault.REBUILD:
            logger.warning("Elasticsearch refused a request: %s %s", error.status_code, error_type(error))
        case TlsError():
            logger.warning("Elasticsearch could not be trusted: %s", error.message)
        case _ if fault is Fault.GARBAGE:
            logger.warning("Elasticsearch's answer could not be read.", exc_info=error)


_servers: dict[tuple[Any, ...], Server] = {}
_lock = Lock()


def server(urls: tuple[str, ...], timeout: float, options: dict[str, Any]) -> Server:
    """The process's one connection to these addresses: backends come and go with every request."""
    key = (urls, timeout, repr(sorted(options.items())))
    with _lock:
        if key not in _servers:
            _servers[key] = Server(urls, timeout, options)
        return _servers[key]


def _forked() -> None:
    """A forked process must not share its parent's sockets, nor wait for a lock that a thread of the parent held."""
    global _lock
    _lock = Lock()
    for one in _servers.values():
        one.threads.forget()
    _servers.clear()


os.register_at_fork(after_in_child=_forked)


def with_port(url: str) -> str:
    """The client wants a port in every address."""
    parts = urlsplit(url)
    if parts.port is not None or parts.scheme not in _PORTS:
        return url
    return urlunsplit(parts._replace(netloc=f"{parts.netloc}:{_PORTS[parts.scheme]}"))
