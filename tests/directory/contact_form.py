"""The form that writes to somebody in the base, as tests fill it in."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from django.utils import timezone

from directory.contact import challenge as challenges
from directory.models import Practitioner
from home.models import OutboxMail

from .standing import Clock

PROFILE = "/baza-praktykow/rafal-smolen/"
FORM = f"{PROFILE}kontakt/"
HIS, HERS = "skryta.poczta@example.org", "ewa.nadawczyni@example.com"
TEXT = "Szukamy kogoś, kto poprowadził panel obywatelski w małej gminie."
FIELDS = {"name": "Ewa Nadawczyni", "email": HERS, "message": TEXT, "consent": "on"}


def solve(challenge: challenges.Challenge) -> str:
    return next(str(number) for number in count() if challenge.solved_by(str(number)))


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode().replace("\u00a0", " "), "html.parser")


def opened(client: Any, url: str = FORM) -> dict[str, str]:
    """The form's hidden fields as a browser has them, with the work done."""
    response = client.get(url)
    assert response.status_code == 200
    token = page_of(response).select_one("input[name=challenge]")["value"]
    rafal = Practitioner.objects.get(slug="rafal-smolen", locale__language_code="pl")
    return {"challenge": token, "solution": solve(challenges.read(token, rafal.public_id, timezone.now()))}


def write(client: Any, clock: Clock, url: str = FORM, **changes: Any) -> Any:
    """Open the form, take a minute, send it."""
    hidden = opened(client, url)
    clock.forward(minutes=1)
    return client.post(url, hidden | FIELDS | changes)


def errors(response: Any) -> str:
    summary = page_of(response).select_one(".errors")
    return summary.get_text(" ") if summary else ""


def kinds() -> list[str]:
    return sorted(OutboxMail.objects.values_list("kind", flat=True))


def link_in(kind: str) -> str:
    text = OutboxMail.objects.get(kind=kind).text
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]
