"""Which engine answers searches now, and how; for /health/ready and `manage.py check --database default`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from modelsearch.backends import get_search_backend


@dataclass(frozen=True, slots=True)
class Condition:
    """`reason`: why not all is well, one word of search.backends.elasticsearch.faults, or "". `stale`: how many kinds
    of objects wait for `update_index`; the database answers for these.
    """

    engine: str
    reason: str = ""
    stale: int = 0

    def told(self) -> dict[str, Any]:
        """Without addresses: anyone may read it."""
        told: dict[str, Any] = {"engine": self.engine, "state": "degraded" if self.reason else "ok"}
        if self.reason:
            told["reason"] = self.reason
        if self.stale:
            told["stale"] = self.stale
        return told


def condition() -> Condition:
    """Asks the engine, unless it is known to be away."""
    backend = get_search_backend()
    look = getattr(backend, "condition", None)
    found: Condition = look() if look else Condition("database")
    return found
