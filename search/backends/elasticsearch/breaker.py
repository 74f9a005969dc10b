"""A circuit breaker: closed (everyone asks), open (nobody does), half open (one asks for all the others)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition

#: Seconds of the first rest. Each further one is twice as long, up to the longest.
FIRST_REST = 2.0
LONGEST_REST = 60.0
#: Rests differ by so much, lest every process ask again at the same moment.
JITTER = 0.2
#: Seconds that the others wait for the one who asks for them.
COURTESY = 0.1


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to ask once; to be handed back by `passed`, `failed` or `returned`."""

    breaker: Breaker
    number: int
    generation: int

    def passed(self) -> None:
        self.breaker._hand_back(self, passed=True)

    def failed(self, reason: str, out_of: int = 1) -> None:
        """The breaker opens when this is the `out_of`-th failure in a row."""
        self.breaker._hand_back(self, reason=reason, out_of=out_of)

    def returned(self) -> None:
        """Nothing was asked, or the answer says nothing of the server."""
        self.breaker._hand_back(self)


class Breaker:
    """Thread-safe. `proved=False` begins half open: the first who asks finds out for all who come at the same time.

    While someone has been waiting longer than they should for an answer, nobody joins them.
    """

    def __init__(self, *, proved: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = Condition()
        self._proved = self._closed = proved
        self._open_until = 0.0
        self._rests = 0
        self._failures = 0
        self._generation = 0
        self._number = 0
        self._asking: dict[int, float] = {}
        self.reason = ""

    @property
    def resting(self) -> bool:
        """Whether nobody may ask now."""
        with self._changed:
            return not self._closed and self._clock() < self._open_until

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed

    def enter(self, patience: float = float("inf")) -> Ticket | None:
        """A ticket to ask with, None when one must do without. `patience`: seconds after which the answer is late."""
        with self._changed:
            if not self._closed and self._asking and self._clock() >= self._open_until:
                self._changed.wait_for(lambda: self._closed or not self._asking, timeout=COURTESY)
            now = self._clock()
            if self._closed:
                if any(now > late for late in self._asking.values()):
                    return None
            elif self._asking or now < self._open_until:
                return None
            self._number += 1
            self._asking[self._number] = now + patience
            return Ticket(self, self._number, self._generation)

    def reset(self) -> None:
        """As after a start."""
        with self._changed:
            self._begin(closed=self._proved)
            self._open_until, self._rests, self.reason = 0.0, 0, ""

    def _hand_back(self, ticket: Ticket, *, passed: bool = False, reason: str = "", out_of: int = 1) -> None:
        with self._changed:
            if ticket.generation != self._generation:
                return  # It set out before the breaker turned: what it met is known.
            self._asking.pop(ticket.number, None)
            if passed:
                self._failures = 0
                if not self._closed:
                    self._begin(closed=True)
                    self._rests, self.reason = 0, ""
            elif reason:
                self._failures += 1
                if self._failures >= out_of:
                    self._open(reason)
            self._changed.notify_all()

    def _open(self, reason: str) -> None:
        self._begin(closed=False)
        rest = min(FIRST_REST * 2**self._rests, LONGEST_REST)
        self._rests = min(self._rests + 1, 16)
        self._open_until = self._clock() + rest * random.uniform(1 - JITTER, 1 + JITTER)  # nosec B311
        self.reason = reason

    def _begin(self, *, closed: bool) -> None:
        self._closed = closed
        self._generation += 1
        self._failures = 0
        self._asking.clear()
        self._changed.notify_all()
