"""CSV files for the tests of the import."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from directory.importing.reading import COLUMNS


def people(*rows: dict[str, str], teryt: bool = False) -> io.BytesIO:
    """A file of the form's columns with these rows, each given an id and a name unless it has them."""
    columns = [*COLUMNS, *(["teryt"] if teryt else [])]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        writer.writerow({"id": f"t{number}", "name": f"Osoba {number}"} | row)
    return io.BytesIO(text.getvalue().encode())


FIRST = "Anna Jan Łucja Żaneta Michał Świętosława Bogdan Halina Zofia Piotr Grażyna Tomasz Ewa Radosław Maria Olga"
LAST = "Nowak Kos Wójcik Żak Łoś Zając Orzeł Wróbel Kaczmarek Gołąb Sikora Dudek Lis Sowa Bąk Mazur Pająk"
TOWNS = (
    ("Łódź", "łódzkie"),
    ("Kraków", "małopolskie"),
    ("Świecie", "kujawsko-pomorskie"),
    ("Gdynia", "pomorskie"),
)
WORDS = """
    konsultacje mieszkańców prowadzi od lat w małych gminach uczyła się rozmowy o wodzie zieleni budżecie obywatelskim
    szkołach transporcie potem panele obywatelskie spacery badawcze warsztaty przyszłości radzie młodzieżowej seniorom
    słucha zanim zapyta pisze raporty prostym językiem dba o dostępność tłumaczy plany miejscowe łączy urzędniczki
    z sąsiadami moderuje trudne spotkania nad rzeką przy dworcu koło lasu po powodzi wobec sporu o drogę rynek park
"""


def crowd(path: Path, count: int) -> None:
    """A file of `count` different people, each with every cell and about a hundred words of text, the same every time.

    The words are few and the texts all different, so that the caches of words, which have their own limits, are soon full.
    """
    dice = random.Random(2026)
    first, last, words = FIRST.split(), LAST.split(), WORDS.split()

    def text(length: int) -> str:
        return " ".join(dice.choices(words, k=length)).capitalize() + f", {dice.randrange(1000)}."

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(1, count + 1):
            town, region = dice.choice(TOWNS)
            cells = {
                "id": f"c{number:06}",
                "name": f"{dice.choice(first)} {dice.choice(last)}-{dice.choice(last)}",
                "position": text(5)[:140],
                "organisation": f"Stowarzyszenie {dice.choice(words)} {dice.randrange(5000)}",
                "sector": dice.choice(["NGO", "samorząd"]),
                "voivodeship": region,
                "municipality": town,
                "methods": dice.choice(
                    ["panel obywatelski;world café", "panel obywatelski", "nieznana metoda"]
                ),
                "topics": "kultura",
                "audiences": "seniorzy",
                "languages": "polski;angielski",
                "bio": text(60),
                "experience": text(40),
                "email": f"osoba{number}@example.org",
                "website": f"https://example.org/{number}",
                "mentor": dice.choice(["tak", "nie"]),
            }
            writer.writerow([cells[name] for name in COLUMNS])
