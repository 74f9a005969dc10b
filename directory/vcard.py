"""A person as a vCard 4.0 (RFC 6350): what the page shows, and neither a mail address nor a telephone number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from directory.models.practitioners import Practitioner
from directory.models.vocabulary import Voivodeship

#: Octets of a line, its end not counted (RFC 6350, 3.2).
LONGEST_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def of(person: Practitioner, url: str) -> str:
    """`person` in the reader's language; `url`: the whole address of their page."""
    source = person.source
    *given, family = person.name.split() or [""]
    region = str(Voivodeship(source.voivodeship).label) if source.voivodeship else ""
    place = source.municipality.name if source.municipality else ""
    rows: list[tuple[str, Iterable[str]]] = [
        ("FN", [person.name]),
        ("N", [family, " ".join(given), "", "", ""]),
        ("TITLE", [person.headline]),
        ("ORG", [person.organisation]),
        ("ADR", ["", "", "", place, region, "", "Polska"] if place or region else []),
        ("URL", [url]),
    ]
    return written(rows)


def written(rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Properties with their components; one without anything in it is left out."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual"]
    for name, components in rows:
        cleaned = [escaped(one) for one in components]
        if any(cleaned):
            lines.append(f"{name}:{';'.join(cleaned)}")
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def escaped(text: str) -> str:
    """A text as one component (RFC 6350, 3.4): other controls than line ends can't stand in a card."""
    lines = "\n".join(text.splitlines())
    return "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")
    ).translate(_ESCAPED)


def folded(line: str) -> str:
    """The line in parts of at most 75 octets, each further one after a line end and a space; no letter is cut in two."""
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            parts.append(part)
            part, size = "", 1
        part, size = part + sign, size + octets
    return "\r\n ".join([*parts, part])
