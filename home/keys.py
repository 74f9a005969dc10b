"""Keys of rows as they come in an address or a form."""

from collections.abc import Iterable

#: Digits that no key has: a database refuses such numbers.
LONGEST = 19


def numbers(texts: Iterable[str]) -> list[int]:
    """Those of them that may be a key, in their order; anything else is nobody's and is left out."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < LONGEST]
