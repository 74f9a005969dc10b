"""The network that limits count by."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from home.privacy.network import network_of


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "network"),
    [
        ("10.0.0.1", "198.51.100.7", 1, "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", 1, "198.51.100.7"),
        ("198.51.100.7", "1.2.3.4", 0, "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7", 3, "198.51.100.7"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:aaaa::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "", 0, "198.51.100.7"),
        ("10.0.0.1", "\x00" * 300, 1, ""),
        ("", "", 0, ""),
    ],
)
def test_the_network_is_what_our_own_proxies_saw(
    rf: RequestFactory, settings: Any, address: str, forwarded: str, proxies: int, network: str
) -> None:
    settings.NINJA_NUM_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert network_of(rf.get("/", REMOTE_ADDR=address, **headers)) == network
