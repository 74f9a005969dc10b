"""Hashes of what must not be kept: keyed by the site's secret, so that no table can be tried against a list elsewhere."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def keyed_hash(purpose: str, value: str) -> str:
    """64 hexadecimal digits of `value`, in any case and between any spaces; another `purpose` gives others."""
    return salted_hmac(purpose, value.strip().lower(), algorithm="sha256").hexdigest()
