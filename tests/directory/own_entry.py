"""How tests come to a person's own entry."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from directory.models import EntryLink, Practitioner
from directory.self_service import links
from home.models.mail import OutboxMail

ASK, ENTRY = "/moj-wpis/", "/moj-wpis/wpis/"
SENTENCE = "Jeśli mamy wpis z tym adresem"


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def ask(client: Client, email: str, **more: Any) -> Any:
    return client.post(ASK, {"email": email}, follow=True, **more)


def mailed() -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"http://[^/]+(/\S+)", OutboxMail.objects.latest("pk").text)
    assert found
    return found[1]


def issued(person: Practitioner) -> str:
    return links.issue(person=person, purpose=EntryLink.Purpose.ASKED, now=timezone.now())[1]


def do(client: Client, person: Practitioner, act: str, path: str = ENTRY, **more: str) -> Any:
    return client.post(path, {"entry": person.public_id, "act": act, **more}, follow=True)
