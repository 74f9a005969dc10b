"""A judged collection: practitioners.csv, queries.tsv, qrels.tsv. Its import, its questions, its score."""

from __future__ import annotations

import csv
import math
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.text import slugify

DEPTH = 50
LANGUAGES = {"migowy": "pjm", "polski język migowy": "pjm"}


def rows(path: Path) -> list[list[str]]:
    """Lines of a tab-separated file without its heading; quotes belong to the text."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    cells = [line.split("\t") for line in lines if line]
    return cells[1:] if cells and cells[0][0] == "qid" else cells


def load(path: Path) -> int:
    """Put the practitioners of a CSV into the database, live and with consent, making terms that are missing."""
    from wagtail.models import Locale

    from directory import models
    from directory.querysets import ascii_slug

    locale = Locale.objects.get_or_create(language_code="pl")[0]
    terms: dict[tuple[type[Any], str], Any] = {}

    def named(model: type[Any], names: str) -> list[Any]:
        found = []
        for name in filter(None, (part.strip() for part in names.split(";"))):
            if (model, name) not in terms:
                terms[model, name] = model.objects.get_or_create(
                    slug=slugify(ascii_slug(name))[:80], locale=locale, defaults={"name": name}
                )[0]
            found.append(terms[model, name])
        return found

    sectors = {str(label): value for value, label in models.Sector.choices}
    languages = {str(label): value for value, label in models.Language.choices} | LANGUAGES
    count = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {name: (value or "").strip() for name, value in row.items()}
            region = models.Voivodeship.from_name(cells["voivodeship"]).value if cells["voivodeship"] else ""
            towns = list(models.Municipality.objects.filter(name=cells["municipality"], voivodeship=region))
            towns.sort(key=lambda town: ("urban", "mixed", "rural").index(town.kind))
            person = models.Practitioner(
                public_id=cells["id"],
                name=cells["name"],
                headline=cells["position"],
                organisation=cells["organisation"],
                sector=sectors.get(cells["sector"], ""),
                voivodeship=region,
                municipality=towns[0] if towns else None,
                languages=[
                    languages[name.strip()]
                    for name in cells["languages"].split(";")
                    if name.strip() in languages
                ],
                biography=cells["bio"],
                experience=cells["experience"],
                is_mentor=cells["mentor"] == "tak",
                state=models.State.LIVE,
                live=True,
                locale=locale,
            )
            person.methods = named(models.Method, cells["methods"])
            person.topics = named(models.Topic, cells["topics"])
            person.audiences = named(models.Audience, cells["audiences"])
            person.save()
            models.Consent.objects.create(
                practitioner=person, kind="public_profile", text_version="1", channel="import"
            )
            count += 1
    return count


def ask(text: str, depth: int = DEPTH) -> list[str]:
    """Public ids in the order in which the page of the base shows them."""
    from directory.models import Practitioner
    from search.faceted import faceted

    found = faceted(Practitioner.objects.visible("pl"), text, page_size=depth)
    return [hit.object.public_id for hit in found.hits]


def judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = OrderedDict()
    for qid, key, grade, *_ in rows(path):
        judged.setdefault(qid, {})[key] = int(grade)
    return judged


def ndcg(ranked: Sequence[str], judged: Mapping[str, int]) -> float:
    """nDCG@10: gain 2^grade - 1, discount 1/log2(rank + 1), against the ideal order."""

    def gained(grades: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))

    ideal = gained(sorted(judged.values(), reverse=True))
    return gained([judged.get(key, 0) for key in dict.fromkeys(ranked)]) / ideal if ideal else 0.0


def scores(
    run: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]], category: Mapping[str, str]
) -> dict[str, list[float]]:
    """nDCG@10 of every question under its category, and of all under ""."""
    found: dict[str, list[float]] = defaultdict(list)
    for qid in {**judged, **category}:
        score = ndcg(run.get(qid, ()), judged.get(qid, {}))
        found[""].append(score)
        found[category.get(qid, "-")].append(score)
    return found
