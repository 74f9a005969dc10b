"""Making documents of many texts at once, in processes of their own where the machine has more than one core.

A process that analyses knows nothing of the site: it gets texts and the editors' lexicon, and gives back what
search.keys makes of them. What it is given is bounded, so the memory taken does not grow with the number of texts.
"""

from __future__ import annotations

import logging
import os
import pickle  # nosec B403: our own, through our own pipe
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Generic, TypeVar

from search.analysis import lexicon
from search.analysis.lexicon import Lexicon

logger = logging.getLogger(__name__)

T = TypeVar("T")
#: Objects that come at a time: fewer are done before a process has started.
MANY = 400
#: Objects whose texts are handed over at a time.
BATCH = 100
#: Processes at most; each has the dictionary in its memory.
MOST = 4

Work = Callable[[Sequence[Any]], T]


def processes() -> int:
    """How many processes analyse: as many as this one may use cores, none beside it where that is one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST) if cores > 1 else 0


@dataclass(slots=True)
class Task(Generic[T]):
    """Work under way. Where its process was killed it is done here and now."""

    work: Work[T]
    batch: Sequence[Any]
    under_way: Future[T] | None

    def result(self) -> T:
        """Raises what the work raised."""
        if self.under_way is not None:
            try:
                return self.under_way.result()
            except BrokenProcessPool:
                logger.warning("A process that analyses texts has died; its share is done here.")
        return self.work(self.batch)


class Analysts:
    """The processes. They start when there is enough to do, and end with `close`."""

    def __init__(self, number: int | None = None) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._number = processes() if number is None else number

    @property
    def ahead(self) -> int:
        """Tasks that may be under way at once."""
        return 2 * self._number + 1

    def expect(self, number: int) -> None:
        """So many objects are at hand: start the processes where that pays."""
        if self._pool is None and self._number and number >= MANY:
            self._pool = started(self._number)
            if self._pool is None:
                self._number = 0

    def submit(self, work: Work[T], batch: Sequence[Any]) -> Task[T]:
        """`work` and what it makes must be known to search.keys alone: nothing of Django is set up over there."""
        if self._pool is None:
            return Task(work, batch, None)
        try:
            version, rules = rules_sent(lexicon.current())
            return Task(work, batch, self._pool.submit(perform, version, rules, work, batch))
        except (BrokenProcessPool, OSError):  # the latter while the pool is about to notice
            self.close()
            self._number = 0
            return Task(work, batch, None)

    def each(self, work: Work[T], batches: Iterable[Sequence[Any]]) -> Iterator[T]:
        """What becomes of each batch, in their order. The next ones are worked on while one is looked at."""
        under_way: deque[Task[T]] = deque()
        for batch in batches:
            under_way.append(self.submit(work, batch))
            if len(under_way) >= self.ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

    def close(self) -> None:
        """End the processes; work that has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def started(number: int) -> ProcessPoolExecutor | None:
    """The processes; None where none can be started (a daemon may not have any, a sandbox has no semaphores)."""
    try:
        pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=begin)
        pool.submit(os.getpid)  # the first process is begun here, and not waited for
    except Exception as error:
        logger.warning("Texts are analysed in one process: %s", error)
        return None
    return pool


@lru_cache(maxsize=1)
def rules_sent(held: Lexicon) -> tuple[str, bytes]:
    """A name for the lexicon, and the lexicon as it travels."""
    return os.urandom(8).hex(), pickle.dumps(held)


# ---- in the other process

_stamp = ""


def begin() -> None:
    """Leave interrupts to the one that asked, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=leave_with_parent, daemon=True).start()


def leave_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(0)


def perform(stamp: str, rules: bytes, work: Work[T], batch: Sequence[Any]) -> T:
    """Do the work under the lexicon of the one that asked."""
    global _stamp
    if stamp != _stamp:
        lexicon.hold(pickle.loads(rules))  # nosec B301: our own, through our own pipe
        _stamp = stamp
    return work(batch)
