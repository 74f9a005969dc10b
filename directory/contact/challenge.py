"""Work that a browser does before it sends a form: cheap for one message, dear for ten thousand.

The challenge is signed, so the server remembers nothing until it is used, and it is good for one person, for two hours
and (`ContactLog.nonce`) for one message. The solution is a number for which the SHA-256 of "nonce:number" begins with
as many zero bits as the challenge says; static/js/contact.js looks for it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

SALT = "directory.contact.challenge"
GOOD_FOR = timedelta(hours=2)
# Nobody reads a page and writes a message in less.
SOONEST = timedelta(seconds=3)
LONGEST = 400


class Unacceptable(Exception):
    """Forged, expired, or of another person's form."""


@dataclass(frozen=True, slots=True)
class Challenge:
    token: str
    nonce: str
    bits: int
    made: datetime

    def too_soon(self, now: datetime) -> bool:
        return now < self.made + SOONEST

    def solved_by(self, solution: str) -> bool:
        if not (solution.isascii() and solution.isdigit() and len(solution) <= 20):
            return False
        digest = hashlib.sha256(f"{self.nonce}:{solution}".encode()).digest()
        return int.from_bytes(digest, "big") < 1 << (256 - self.bits)


def issue(public_id: str, now: datetime) -> Challenge:
    nonce, bits = secrets.token_hex(16), int(settings.CONTACT_CHALLENGE_BITS)
    token = signing.Signer(salt=SALT).sign_object([public_id, nonce, bits, int(now.timestamp())])
    return Challenge(token, nonce, bits, now)


def read(token: str, public_id: str, now: datetime) -> Challenge:
    """The challenge that was given with this person's form. Raises Unacceptable."""
    try:
        if len(token) > LONGEST:
            raise Unacceptable
        person, nonce, bits, made = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature as error:
        raise Unacceptable from error
    challenge = Challenge(token, nonce, bits, datetime.fromtimestamp(made, UTC))
    if person != public_id or now > challenge.made + GOOD_FOR:
        raise Unacceptable
    return challenge
