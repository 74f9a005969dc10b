"""How tests fill in the form of one's own entry."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from directory.models import Practitioner
from directory.self_service.differences import fingerprint
from directory.self_service.editing import start

EDIT, CHANGE = "/moj-wpis/zmien/", "/moj-wpis/zmiany/"


def filled(person: Practitioner, **more: Any) -> dict[str, Any]:
    """What a browser sends when only `more` was changed."""
    begun = start(Practitioner.objects.get(pk=person.pk))
    return {
        "entry": person.public_id,
        "made_from": fingerprint(begun),
        "act": "send",
        "name": begun.name,
        "headline": begun.headline,
        "organisation": begun.organisation,
        "sector": begun.sector,
        "place": str(begun.municipality or ""),
        "voivodeship": begun.voivodeship,
        "works_in": begun.works_in,
        "methods": [term.pk for term in begun.methods.all()],
        "topics": [term.pk for term in begun.topics.all()],
        "audiences": [term.pk for term in begun.audiences.all()],
        "languages": begun.languages,
        "experience": begun.experience,
        "biography": begun.biography,
        **{f"url_{n}": link.url for n, link in enumerate(begun.links.all(), 1)},
        **{f"label_{n}": link.label for n, link in enumerate(begun.links.all(), 1)},
        **more,
    }


def send(client: Client, person: Practitioner, **more: Any) -> Any:
    return client.post(EDIT, filled(person, **more), follow=True)


def picture(name: str = "ja.jpg", size: tuple[int, int] = (600, 400), place: str = "") -> SimpleUploadedFile:
    """A photograph; `place` is written into it as cameras do."""
    out = BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010E] = place
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def kept_photo(response: Any) -> str:
    found = re.search(r'name="kept_photo" value="(\d+)"', response.content.decode())
    assert found
    return found[1]
