"""What a reader typed into an address, as it can be asked and shown again: bounded, never an error."""

import re

LONGEST_QUESTION = 200
# Control characters, lone surrogates, and marks that turn the direction of the text around them.
_UNREADABLE = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def question(text: str) -> str:
    """One line of words."""
    return " ".join(_UNREADABLE.sub(" ", text[: 4 * LONGEST_QUESTION]).split())[:LONGEST_QUESTION].strip()


def page_number(text: str) -> int:
    """From 1; what is no number is the first page."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
