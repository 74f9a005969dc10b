"""Vocabulary, invented municipalities, practitioners with their consents."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from directory import importing
from directory.models import Audience, Consent, Method, Municipality, Practitioner, Topic

from .desk import Desk
from .source import FOLDER, read

CONSENT_TEXT = "2026-01"


def vocabulary(desk: Desk) -> None:
    words = read("pl", "vocabulary")
    for kind, model in (("method", Method), ("topic", Topic), ("audience", Audience)):
        for word in words[kind]:
            synonyms = "\n".join(word.get("synonyms", []))
            common = {"slug": word["slug"], "cover_topic": word["cover_topic"]}
            term = model.objects.create(
                locale=desk.polish,
                name=word["name"],
                description=word["description"],
                synonyms=synonyms,
                **common,
            )
            translation = model.objects.create(
                locale=desk.english,
                translation_key=term.translation_key,
                name=word["english"],
                description=word["english_description"],
                **common,
            )
            desk.mark(term, translation)


def municipalities(desk: Desk) -> None:
    for place in read("pl", "municipalities")["municipality"]:
        fields: dict[str, Any] = {
            key: place[key]
            for key in (
                "teryt",
                "name",
                "name_locative",
                "kind",
                "county",
                "voivodeship",
                "latitude",
                "longitude",
            )
        }
        slug = slugify(place["name"].replace("ł", "l").replace("Ł", "L"))
        municipality = Municipality(
            **fields,
            slug=slug,
            city_with_county_rights=place.get("city_with_county_rights", False),
            is_demo=True,
        )
        municipality.save(force_insert=True)
        desk.mark(municipality)


def practitioners(desk: Desk) -> None:
    """By the importer that editors use: the sixty of the file and our own."""
    known = set(Practitioner.objects.values_list("pk", flat=True))
    report = importing.run(as_csv())
    if report.refused:
        raise ValueError(f"the demo's own practitioners were refused: {report}")
    for person in Practitioner.objects.exclude(pk__in=known):
        desk.mark(person)
    now = timezone.now()
    Consent.objects.bulk_create(
        Consent(
            practitioner=person,
            kind=Consent.Kind.MENTORING,
            text_version=CONSENT_TEXT,
            channel=Consent.Channel.STAFF,
            given_at=now,
        )
        for person in Practitioner.objects.filter(is_mentor=True, locale=desk.polish)
    )


def as_csv() -> io.BytesIO:
    with (FOLDER / "pl" / "practitioners.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows += read("pl", "practitioners")["practitioner"]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())
