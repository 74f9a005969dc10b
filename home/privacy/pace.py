"""How fast one network may read on: so slow that nobody takes the whole base with them, so fast that no reader notices."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.throttling import AnonRateThrottle

from .hashing import keyed_hash
from .network import network_of


class Throttle(AnonRateThrottle):
    """Of one network together; the cache holds a hash of it and no address."""

    def __init__(self, name: str, rate: str) -> None:
        super().__init__(rate)
        self.name = name

    def get_cache_key(self, request: HttpRequest) -> str | None:
        network = network_of(request)
        return f"pace-{self.name}-{keyed_hash('home.pace', network)[:32]}" if network else None


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` as "60/h" (s, m, h, d), for all that `name` counts together."""

    name: str
    rate: str

    def wait(self, request: HttpRequest) -> int:
        """Count this request; the seconds to wait, or 0. The staff may read on, and so may who has no address."""
        if getattr(request, "user", None) and request.user.is_staff:
            return 0
        # One for each request: it keeps its counting from one call to the next.
        throttle = Throttle(self.name, self.rate)
        return 0 if throttle.allow_request(request) else max(1, math.ceil(throttle.wait() or 60))


def too_fast(request: HttpRequest, wait: int) -> HttpResponse:
    """A page that says how long to wait (`wait` in seconds) and whom to ask for all of it."""
    minutes = math.ceil(wait / 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(wait)
    return response
