"""What of an entry a person may write, and how two states of it differ."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.models import Language, Practitioner, PractitionerLink, Sector, Voivodeship

TEXTS = ("name", "headline", "organisation", "experience", "biography")
TERMS = ("methods", "topics", "audiences")
#: In the order in which they are shown.
FIELDS = (
    "name", "headline", "organisation", "sector", "municipality", "voivodeship", "works_in",
    *TERMS, "languages", "experience", "biography", "links", "photo",
)  # fmt: skip


def contents(person: Practitioner) -> dict[str, Any]:
    """What the person may write, in a form that can be compared; line ends and outer spaces don't matter."""
    return {
        **{name: plain(getattr(person, name)) for name in (*TEXTS, "sector", "voivodeship")},
        "municipality": person.municipality_id or "",
        "photo": person.photo_id,
        **{name: sorted(getattr(person, name)) for name in ("works_in", "languages")},
        **{name: sorted(term.pk for term in getattr(person, name).all()) for name in TERMS},
        "links": [[link.url, link.label] for link in person.links.all()],
    }


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def fingerprint(person: Practitioner) -> str:
    """Tells whether a form was made from what is there now."""
    return sha256(json.dumps(contents(person), sort_keys=True).encode()).hexdigest()[:32]


def changed(before: Practitioner, after: Practitioner) -> list[str]:
    """Names of the fields that differ."""
    first, second = contents(before), contents(after)
    return [name for name in FIELDS if first[name] != second[name]]


def carry(source: Practitioner, target: Practitioner) -> None:
    """Give `target`, in memory, what `source` has in all fields that a person may write."""
    for name in FIELDS:
        if name in TERMS:
            setattr(target, name, list(getattr(source, name).all()))
        elif name == "links":
            target.links = [
                PractitionerLink(url=link.url, label=link.label, sort_order=number)
                for number, link in enumerate(source.links.all())
            ]
        else:
            setattr(target, name, getattr(source, name))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in two states, with what differs marked; `photos` instead of words for the photograph."""

    label: str
    before: SafeString | str
    after: SafeString | str
    photos: tuple[Any, Any] | None = None


def label_of(name: str) -> str:
    if name == "links":
        return _("Linki")
    return capfirst(str(Practitioner._meta.get_field(name).verbose_name))


def differences(before: Practitioner, after: Practitioner) -> list[Difference]:
    return [difference(name, before, after) for name in changed(before, after)]


def difference(name: str, before: Practitioner, after: Practitioner) -> Difference:
    label = label_of(name)
    if name == "photo":
        return Difference(label, "", "", (before.photo, after.photo))
    if name in TEXTS:
        return Difference(label, *marked(plain(getattr(before, name)), plain(getattr(after, name))))
    return Difference(label, *marked_items(items(name, before), items(name, after)))


def items(name: str, person: Practitioner) -> list[str]:
    """The values of a field in the reader's words."""
    if name == "municipality":
        return [str(person.municipality)] if person.municipality else []
    if name == "links":
        return [f"{link.label}: {link.url}" if link.label else link.url for link in person.links.all()]
    if name in TERMS:
        return sorted(str(term) for term in getattr(person, name).all())
    names: dict[str, Callable[[str], Any]] = {
        "sector": Sector, "voivodeship": Voivodeship, "works_in": Voivodeship, "languages": Language,
    }  # fmt: skip
    value = getattr(person, name)
    return [str(names[name](code).label) for code in ([value] if isinstance(value, str) else value) if code]


def marked_items(before: list[str], after: list[str]) -> tuple[SafeString, SafeString]:
    """An item a line; those that only one side has are marked."""

    def lines(here: list[str], there: list[str], tag: Literal["del", "ins"]) -> SafeString:
        shown = (mark(tag, item) if item not in there else format_html("{}", item) for item in here)
        return format_html_join(SafeString("<br>"), "{}", ((line,) for line in shown))

    return lines(before, after, "del"), lines(after, before, "ins")


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, with the words that only one has marked."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    left: list[SafeString] = []
    right: list[SafeString] = []
    for what, a, b, c, d in SequenceMatcher(str.isspace, old, new).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        left.append(format_html("{}", gone) if what == "equal" else mark("del", gone))
        right.append(format_html("{}", come) if what == "equal" else mark("ins", come))
    return in_a_row(left), in_a_row(right)


def in_a_row(parts: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def mark(tag: Literal["del", "ins"], text: str) -> SafeString:
    if not text:
        return SafeString("")
    return format_html("<del>{}</del>", text) if tag == "del" else format_html("<ins>{}</ins>", text)
