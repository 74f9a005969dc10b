"""The register of municipalities, as it is carried in data/municipalities.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models

from directory.querysets import ascii_slug, folded_words

REGISTER = Path(__file__).parent / "data" / "municipalities.csv"
KINDS = {"gmina miejska": "urban", "gmina wiejska": "rural", "gmina miejsko-wiejska": "mixed"}


def rows(path: Path = REGISTER) -> Iterator[dict[str, Any]]:
    """Field values of `Municipality`, one dict a line of the register. The capital's own kind counts as urban."""
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            voivodeship = ascii_slug(line["voivodeship"])
            yield {
                "teryt": line["teryt"],
                "name": line["name"],
                "name_locative": line["name_locative"],
                "slug": ascii_slug(line["name"]),
                "kind": KINDS[line["kind"].split(",")[0]],
                "county": line["county"],
                "voivodeship": voivodeship,
                "city_with_county_rights": line["city_with_county_rights"] == "tak",
                "latitude": Decimal(line["latitude"]).quantize(Decimal("0.00001")),
                "longitude": Decimal(line["longitude"]).quantize(Decimal("0.00001")),
                "approximate": line["coordinates"] == "county",
                "search_words": folded_words(line["name"], line["county"], voivodeship),
            }


def load(model: type[models.Model], path: Path = REGISTER) -> int:
    """Insert what the table lacks, and answer how many rows that was. What editors corrected stays."""
    known = set(model._default_manager.values_list("teryt", flat=True))
    missing = [model(**row) for row in rows(path) if row["teryt"] not in known]
    model._default_manager.bulk_create(missing, batch_size=500)
    return len(missing)
