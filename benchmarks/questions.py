"""A mixed log of questions to the practitioner base, from words that stand in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    text: str = ""
    values: tuple[tuple[str, str], ...] = ()


def questions(number: int, seed: int = 7) -> list[Asked]:
    """A mixed log, from words that stand in the base; the same for one seed."""
    from directory.models import Method, Practitioner, Topic, Voivodeship

    random = Random(seed)
    names = list(Practitioner.objects.visible("pl").order_by("pk").values_list("name", flat=True)[:5000])
    surnames = [name.split()[-1] for name in names]
    methods, topics = (
        list(model.objects.order_by("slug").values_list("slug", flat=True)) for model in (Method, Topic)
    )
    regions = list(Voivodeship.values)
    common = (
        "budżet",
        "konsultacje",
        "mieszkańcy",
        "spotkanie",
        "młodzież",
        "szkoła",
        "gmina",
        "rewitalizacja",
    )
    rare = ("kredą", "Náchodu", "geoankieta", "powodzi", "wiklina", "suchych zbiorników", "sąd obywatelski")
    inflected = (
        "budżetem obywatelskim",
        "mediacjom",
        "w Bytomiu",
        "seniorkami",
        "rewitalizacją",
        "uchwałach",
    )

    def three() -> tuple[tuple[str, str], ...]:
        return (
            ("metoda", random.choice(methods)),
            ("temat", random.choice(topics)),
            ("wojewodztwo", random.choice(regions)),
        )

    makers: dict[str, Callable[[], Asked]] = {
        "rare": lambda: Asked("rare", random.choice(rare)),
        "common": lambda: Asked("common", random.choice(common) + " "),
        "two": lambda: Asked("two", " ".join(random.sample(common, 2)) + " "),
        "surname": lambda: Asked("surname", random.choice(surnames)),
        "inflected": lambda: Asked("inflected", random.choice(inflected)),
        "none": lambda: Asked("none", "qwx" + "".join(random.choices("bcdfghjk", k=8))),
        "filters": lambda: Asked("filters", "", three()[: random.randint(1, 2)]),
        "three": lambda: Asked("three", random.choice(common) + " ", three()),
    }
    kinds = list(makers)
    return [makers[kinds[place % len(kinds)]]() for place in range(number)]
