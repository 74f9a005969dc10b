"""Plausible Polish profiles in any number, always the same for one seed.

What they say is put together from the sentences of the judged collections; surnames are made of stems and endings, so
that many are rare. Written in bulk, past the signals: the benchmark indexes them itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    ROOT / "benchmarks/collections/dev/practitioners.csv",
    ROOT / "tests/search/collection/practitioners.csv",
)
_FIRST = (
    "Anna Barbara Bożena Celina Danuta Dorota Elżbieta Ewa Gabriela Grażyna Halina Hanna Irena Iwona Jadwiga Joanna"
    " Justyna Kamila Katarzyna Kinga Lidia Łucja Magdalena Małgorzata Marta Monika Natalia Olga Patrycja Paulina Renata"
    " Sylwia Teresa Urszula Weronika Zofia Adam Andrzej Artur Bartosz Bogdan Cezary Damian Dariusz Filip Grzegorz Hubert"
    " Jacek Jan Jarosław Józef Kamil Krzysztof Leszek Łukasz Maciej Marek Mateusz Michał Paweł Piotr Rafał Robert"
    " Sebastian Sławomir Stanisław Szymon Tadeusz Tomasz Wiesław Wojciech Zbigniew"
)
_ONSETS = (
    "B Bor Bł Brz Ch Chm Chrz Cz Czar D Dąb Dr Dł G Gaw Gór Gr H Hal J Jabł Jaw K Kal Kam Kł Kor Kow Kr Krz Kuj L Lip"
    " Lis Łuk M Maj Mał Miel Mił Mor N Niedź Now Ol Or P Paw Piot Pod Prz R Rad Rog Rud Rz S Sad Sien Sk Sł Sm Sob Sos"
    " Stan Sz Szym Ś Świ T Tar Tom Trz U Urb W Was Wierz Wil Wit Wł Wój Z Zab Zaw Zie Ż Żur Żył"
)
_MIDDLES = "a ań arz at aw e ec el er ew i ich il in isz o ob och oj ol on or osz ow u ul ur y"
_ENDINGS = "ski cki icz ak ek ik yk uk a ka oń asz ał as ala uch iec sz czyk czak owicz ewicz yński owski"
FIRST_NAMES, ONSETS, MIDDLES, ENDINGS = (text.split() for text in (_FIRST, _ONSETS, _MIDDLES, _ENDINGS))
WORDS_OF_PLACES = (
    "w dzielnicy",
    "w sołectwie",
    "na osiedlu",
    "w parku przy ulicy",
    "w świetlicy w miejscowości",
)
CHUNK = 1000
TERMS = ("methods", "topics", "audiences")


@dataclass(frozen=True, slots=True)
class Pool:
    """What profiles are put together from."""

    headlines: list[str]
    organisations: list[str]
    sentences: list[str]
    terms: dict[str, list[str]]


def pool() -> Pool:
    rows: list[dict[str, str]] = []
    for path in SOURCES:
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    sentences = [
        sentence for row in rows for text in (row["bio"], row["experience"]) for sentence in split(text)
    ]
    return Pool(
        headlines=distinct(row["position"] for row in rows),
        organisations=distinct(row["organisation"] for row in rows),
        sentences=distinct(sentences),
        terms={
            name: distinct(term.strip() for row in rows for term in row[name].split(";")) for name in TERMS
        },
    )


def split(text: str) -> list[str]:
    return re.findall(r"[^.!?]+[.!?]", text)


def distinct(texts: Any) -> list[str]:
    return [text.strip() for text in dict.fromkeys(texts) if text.strip()]


def surname(random: Random) -> str:
    middle = random.choice(MIDDLES) if random.random() < 0.8 else ""
    return f"{random.choice(ONSETS)}{middle}{random.choice(ENDINGS)}"


def few(random: Random, values: list[Any], most: int) -> list[Any]:
    """Up to `most` of the values; the first are taken more often than the last, as in life."""
    number = random.randint(0, most)
    return list(dict.fromkeys(values[int(len(values) * random.random() ** 2)] for _ in range(number)))


def fields_of(
    random: Random, number: int, made_of: Pool, places: list[Any], codes: list[str]
) -> dict[str, Any]:
    def told(least: int, most: int) -> str:
        said = [random.choice(made_of.sentences) for _ in range(random.randint(least, most))]
        # Names of streets and people that stand in one profile only, as in life.
        said.append(f"Prowadzę spotkania {random.choice(WORDS_OF_PLACES)} {surname(random)}.")
        random.shuffle(said)
        return " ".join(dict.fromkeys(said))

    place = random.choice(places)
    return {
        "public_id": f"b{number}",
        "slug": f"b{number}",
        "translation_key": UUID(int=random.getrandbits(128), version=4),
        "name": f"{random.choice(FIRST_NAMES)} {surname(random)}",
        "headline": random.choice(made_of.headlines),
        "organisation": random.choice(made_of.organisations),
        "municipality_id": place.pk,
        "voivodeship": place.voivodeship,
        "languages": ["pl", *few(random, codes[1:], 2)],
        "biography": told(2, 4),
        "experience": told(2, 4),
        "is_mentor": random.random() < 0.1,
    }


def write(number: int, seed: int = 2026) -> None:
    """Put `number` people in the base: published, with a standing consent, each with terms. One in fifty is hidden."""
    from django.utils import timezone
    from wagtail.models import Locale

    from directory.models import Consent, Language, Municipality, Practitioner, Sector

    random, made_of, now = Random(seed), pool(), timezone.now()
    polish = Locale.objects.get(language_code="pl")
    keys = {name: terms_of(Practitioner, name, made_of.terms[name], polish) for name in TERMS}
    places = list(Municipality.objects.order_by("teryt").only("pk", "voivodeship"))
    sectors, codes = list(Sector.values), list(Language.values)

    def people() -> Iterator[Any]:
        for one in range(number):
            hidden = one % 50 == 49
            yield Practitioner(
                **fields_of(random, one, made_of, places, codes),
                sector=random.choice(sectors),
                locale=polish,
                live=True,
                state="hidden" if hidden else "live",
                state_reason="próba" if hidden else "",
                confirmed_at=now.date(),
            )

    row = people()
    while part := list(islice(row, CHUNK)):
        made = Practitioner._base_manager.bulk_create(part)
        for name, known in keys.items():
            relation = Practitioner._meta.get_field(name)
            through = relation.remote_field.through
            column = f"{relation.related_model._meta.model_name}_id"
            through._base_manager.bulk_create(
                through(practitioner_id=person.pk, **{column: key})
                for person in made
                for key in few(random, known, 4)
            )
        Consent._base_manager.bulk_create(
            Consent(practitioner=person, kind=Consent.Kind.PUBLIC_PROFILE, text_version="1", channel="import")
            for person in made
        )


def terms_of(model: Any, name: str, names: list[str], locale: Any) -> list[Any]:
    """Keys of the terms, made where they are missing."""
    from django.utils.text import slugify

    related = model._meta.get_field(name).related_model
    for place, term in enumerate(names):
        if not related.objects.filter(name=term, locale=locale).exists():
            related._base_manager.create(name=term, slug=f"{slugify(term)[:40]}-{place}", locale=locale)
    return list(related.objects.filter(locale=locale).order_by("slug").values_list("pk", flat=True))
