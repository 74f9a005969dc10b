"""How often a link may be asked for: counted in the database, so that it holds for all web processes together."""

from __future__ import annotations

from datetime import datetime, timedelta

from directory.models import LinkRequest
from home.privacy.hashing import keyed_hash

WINDOW = timedelta(hours=1)
PER_ADDRESS = 3
PER_NETWORK = 20
KEPT = timedelta(days=1)


def keyed(value: str) -> str:
    return keyed_hash("directory.self_service", value)


def network_is_busy(network: str, now: datetime) -> bool:
    """`network`: as of home.privacy.network; one that is not known is never busy."""
    recent = LinkRequest.objects.filter(at__gt=now - WINDOW, network_hash=keyed(network))
    return bool(network) and recent.count() >= PER_NETWORK


def note(*, address: str, network: str, now: datetime) -> bool:
    """Count a request; whether the address may still be written to. The same for addresses nobody has."""
    recent = LinkRequest.objects.filter(at__gt=now - WINDOW, address_hash=keyed(address))
    allowed = recent.count() < PER_ADDRESS
    LinkRequest.objects.create(address_hash=keyed(address), network_hash=keyed(network), at=now)
    return allowed


def forget(now: datetime) -> int:
    return LinkRequest.objects.filter(at__lt=now - KEPT).delete()[0]
