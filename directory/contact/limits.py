"""How many messages an address and a network may send and a person may get, counted without keeping any address.

Each count is a row for a window of time. The counting is a conditional UPDATE inside the transaction that stores the
message: of two at once at the limit one gets the place, and a message that fails gives its places back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F
from django.http import HttpRequest

from directory.models.contact import ContactCount
from home.privacy.hashing import keyed_hash
from home.privacy.network import network_of


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    within: timedelta


SENDER = Limit("sender", 5, timedelta(days=1))
# An office, a school or a mobile operator is one network for many people.
NETWORK = Limit("network", 20, timedelta(hours=1))
RECIPIENT = Limit("recipient", 20, timedelta(days=1))
# Lines that messages stopped by a limit may add to the log.
NOTED = Limit("noted", 20, timedelta(hours=1))


class Reached(Exception):
    """A limit; `again` is when its window ends."""

    def __init__(self, limit: Limit, again: datetime) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.again = again


def take(wanted: dict[Limit, str], now: datetime) -> None:
    """Count one message against each limit's owner (a hash or an id; "" is nobody). Raises Reached.

    Inside a transaction, which the caller gives up when a limit is reached.
    """
    # Always in the same order, so that two messages never wait for each other.
    for limit in sorted(wanted, key=lambda one: one.name):
        if not (owner := wanted[limit]):
            continue
        length = int(limit.within.total_seconds())
        window = int(now.timestamp()) // length
        again = datetime.fromtimestamp((window + 1) * length, UTC)
        key = f"{limit.name}:{window}:{owner}"
        ContactCount.objects.get_or_create(key=key, defaults={"until": again})
        if not ContactCount.objects.filter(key=key, count__lt=limit.most).update(count=F("count") + 1):
            raise Reached(limit, again)


def hashed(purpose: str, value: str) -> str:
    return keyed_hash(f"directory.contact.{purpose}", value)[:32]


def sender_hash(address: str) -> str:
    """Of an e-mail address in any case; what stands after a plus is the same mailbox."""
    mailbox, _at, domain = address.strip().lower().rpartition("@")
    return hashed("sender", f"{mailbox.partition('+')[0]}@{domain}")


def network_hash(request: HttpRequest) -> str:
    """Of the visitor's network; "" where the server does not know it."""
    network = network_of(request)
    return hashed("network", network) if network else ""
