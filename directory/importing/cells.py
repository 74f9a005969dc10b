"""Cells of one row → values of fields, with a note for whatever could not be taken as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.models import Practitioner, PractitionerLink
from directory.querysets import ascii_slug
from home.privacy.contact_details import has_contact_details

from .lookups import Lookups, Place, nearest
from .reading import Row

PUBLIC_ID = re.compile(r"[\w.:-]{1,40}")
TEXTS = {
    "name": "name", "position": "headline", "organisation": "organisation", "bio": "biography", "experience": "experience",
}  # fmt: skip
ONE_LINE = ("name", "headline", "organisation")
YES = ("tak", "t", "yes", "y", "1", "true", "prawda")
NO = ("nie", "n", "no", "0", "false", "falsz")
# More words in one cell, or more links, are a slip of the columns.
MOST_WORDS = 60
MOST_LINKS = 10
WEB_ADDRESS = URLValidator(schemes=["http", "https"])

Note = Callable[[str], None]


@dataclass(slots=True)
class Values:
    """What a row says. Missing keys keep the old value; `unknown` are words to add to the vocabulary if that was chosen.

    `places` are the municipalities that the row may mean, the likeliest first; `certain` when a code said which.
    """

    public_id: str
    fields: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, list[int]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    certain: bool = False
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(row: Row, lookups: Lookups, *, create_terms: bool = False) -> Values:
    cells = row.cells
    values = Values(cells.get("id", "")[:40], problems=list(row.problems))
    if "id" not in cells:
        values.problems.append(_("Brak identyfikatora."))
    elif not PUBLIC_ID.fullmatch(cells["id"]):
        values.problems.append(
            _("Identyfikator może mieć do 40 liter, cyfr i znaków „.”, „_”, „:”, „-”, bez spacji.")
        )
    texts(cells, values)
    email(cells, values)
    links(cells, values)
    choices(cells, values, lookups)
    terms(cells, values, lookups, create_terms)
    place(cells, values, lookups)
    return values


def limit(name: str) -> int:
    return int(getattr(Practitioner._meta.get_field(name), "max_length", None) or 0)


def texts(cells: dict[str, str], values: Values) -> None:
    for column, name in TEXTS.items():
        if column not in cells:
            continue
        text = " ".join(cells[column].split()) if name in ONE_LINE else cells[column]
        if len(text) > limit(name):
            values.problems.append(
                _("Kolumna %(column)s ma %(length)d znaków, a może mieć %(limit)d.")
                % {"column": column, "length": len(text), "limit": limit(name)}
            )
        elif has_contact_details(text):
            values.problems.append(
                _(
                    "W kolumnie %(column)s jest adres e-mail albo numer telefonu, a to tekst publiczny. Usuń go stamtąd."
                )
                % {"column": column}
            )
        else:
            values.fields[name] = text


def email(cells: dict[str, str], values: Values) -> None:
    if address := cells.get("email", ""):
        try:
            validate_email(address)
        except ValidationError:
            values.problems.append(_("To nie jest adres e-mail: „%(text)s”.") % {"text": short(address)})
            return
        if len(address) > limit("email"):
            values.problems.append(_("Adres e-mail jest za długi."))
            return
        values.fields["email"] = address


def links(cells: dict[str, str], values: Values) -> None:
    longest = PractitionerLink._meta.get_field("url").max_length or 0
    for text in re.split(r"[\s;]+", cells.get("website", "")):
        if not text:
            continue
        url = text if "://" in text else f"https://{text}"
        try:
            WEB_ADDRESS(url)
        except ValidationError:
            values.problems.append(_("To nie jest adres strony: „%(text)s”.") % {"text": short(text)})
            return
        if len(url) > longest or len(values.links) == MOST_LINKS:
            values.problems.append(_("Adres strony jest za długi albo jest ich za dużo."))
            return
        if url not in values.links:
            values.links.append(url)


def choices(cells: dict[str, str], values: Values, lookups: Lookups) -> None:
    if text := cells.get("sector"):
        if sector := lookups.sectors.get(ascii_slug(text)):
            values.fields["sector"] = sector
        else:
            values.notes.append(unknown_note(_("sektor"), text, nearest(text, lookups.sectors)))
    if text := cells.get("voivodeship"):
        wanted = ascii_slug(text).removeprefix("wojewodztwo-").removeprefix("woj-")
        if slug := lookups.voivodeships.get(wanted):
            values.fields["voivodeship"] = slug
        else:
            values.notes.append(unknown_note(_("województwo"), text, nearest(text, lookups.voivodeships)))
    if names := words(cells.get("languages", "")):
        codes = []
        for name in names:
            if code := lookups.languages.get(ascii_slug(name)):
                codes.append(code)
            else:
                values.notes.append(unknown_note(_("język"), name, nearest(name, lookups.languages)))
        if codes:
            order = list(lookups.languages.values())
            values.fields["languages"] = sorted(set(codes), key=order.index)
    if text := cells.get("mentor"):
        answer = ascii_slug(text)
        if answer in YES or answer in NO:
            values.fields["is_mentor"] = answer in YES
        else:
            values.notes.append(
                _("Kolumna mentor: „%(text)s” to ani „tak”, ani „nie”; bez zmian.") % {"text": short(text)}
            )


def terms(cells: dict[str, str], values: Values, lookups: Lookups, create: bool) -> None:
    labels = {"methods": _("metoda"), "topics": _("temat"), "audiences": _("grupa")}
    for column, known in lookups.terms.items():
        found: list[int] = []
        for name in words(cells.get(column, "")):
            if key := known.find(name):
                if key not in found:
                    found.append(key)
            elif create and len(name) <= 80 and ascii_slug(name):
                values.unknown.setdefault(column, []).append(name)
                values.notes.append(
                    _("%(kind)s „%(name)s” zostanie dodana do słownika.")
                    % {"kind": capfirst(labels[column]), "name": name}
                    if column != "topics"
                    else _("Temat „%(name)s” zostanie dodany do słownika.") % {"name": name}
                )
            else:
                values.notes.append(unknown_note(labels[column], name, known.nearest(name)))
        if found or column in values.unknown:
            values.terms[column] = found


def place(cells: dict[str, str], values: Values, lookups: Lookups) -> None:
    name, region = cells.get("municipality", ""), values.fields.get("voivodeship", "")
    if code := re.sub(r"\s", "", cells.get("teryt", "")):
        # Spreadsheets drop the zero that the codes of four voivodeships begin with.
        if found := lookups.places.by_code.get(code.zfill(7)):
            values.places, values.certain = [found], True
            if name and ascii_slug(name) != ascii_slug(found.name):
                values.notes.append(
                    _("Kod TERYT %(code)s to %(found)s, a nie %(name)s; wzięto kod.")
                    % {"code": found.teryt, "found": found.name, "name": short(name)}
                )
            if region and region != found.voivodeship:
                values.notes.append(_("Województwo wzięto z kodu TERYT."))
            values.fields["voivodeship"] = found.voivodeship
            return
        values.notes.append(_("Nie ma gminy o kodzie TERYT „%(code)s”.") % {"code": short(code)})
    if not name:
        return
    places = lookups.places.named(name, region)
    if not places:
        if elsewhere := lookups.places.named(name):
            where = ", ".join(sorted({place.voivodeship for place in elsewhere}))
            values.notes.append(
                _("W tym województwie nie ma gminy %(name)s; jest w: %(where)s. Gmina bez zmian.")
                % {"name": short(name), "where": where}
            )
        else:
            near = lookups.places.nearest(name, region)
            values.notes.append(unknown_note(_("gmina"), name, near))
        return
    if not region and len({place.voivodeship for place in places}) > 1:
        values.notes.append(
            _(
                "Gmin o nazwie %(name)s jest w Polsce %(count)d: podaj województwo albo kod TERYT. Gmina bez zmian."
            )
            % {"name": short(name), "count": len(places)}
        )
        return
    values.fields["voivodeship"] = places[0].voivodeship
    values.places = sorted(places, key=lambda one: one.rural)


def words(cell: str) -> list[str]:
    names = (" ".join(name.split()) for name in re.split(r"[;\n]", cell))
    return list(dict.fromkeys(name for name in names if name))[:MOST_WORDS]


def unknown_note(kind: str, text: str, near: str) -> str:
    if near:
        return _("Nieznane słowo (%(kind)s): „%(text)s”. Może: „%(near)s”?") % {
            "kind": kind,
            "text": short(text),
            "near": near,
        }
    return _("Nieznane słowo (%(kind)s): „%(text)s”.") % {"kind": kind, "text": short(text)}


def short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
