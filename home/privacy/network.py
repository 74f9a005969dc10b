"""The network that somebody writes from: what limits count by, only ever kept as a keyed hash."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The visitor's address as the outermost of our own proxies saw it; of IPv6 the /64, which one household has.

    "" where the server does not know it, or a proxy tells what is no address.
    """
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = min(settings.NINJA_NUM_PROXIES, len(passed))
    seen = passed[-proxies].strip() if proxies and any(passed) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
