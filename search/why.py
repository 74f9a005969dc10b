"""Why a text is among the answers: the words of the question, the forms that stand in it, the synonym that found it.

Worked out of texts that are at hand, by the same analysis as the index: it costs no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelsearch.index import SearchField
from wagtail.blocks import StreamValue

from search.analysis import Query, Reading, Word, meets, parse, standing
from search.analysis import read as read_text

MAX_FORMS = 3  # of one word
MAX_REASONS = 6
MAX_LENGTH = 6_000  # characters of one text that are read


class How(Enum):
    FORM = "form"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Field:
    """A text with what it is ("" needs no name). `whole`: a name that is quoted whole, such as a method's.

    `other`: its other names, by which it is found too (in another language, of another time).
    """

    label: str
    text: str
    whole: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """`asked`: words of the question; `found`: what stands in the text for them; `label`: in which field."""

    how: How
    asked: str = ""
    found: tuple[str, ...] = ()
    label: str = ""

    def __str__(self) -> str:
        if self.how is How.MEANING:
            return _("podobne znaczeniem")
        found = ", ".join(self.found)
        if self.how is How.SYNONYM:
            words = _("„%(asked)s” jako %(found)s") % {"asked": self.asked, "found": found}
        elif self.how is How.CORRECTION:
            words = _("„%(asked)s” czytane jako %(found)s") % {"asked": self.asked, "found": found}
        elif self.asked.lower() in (form.lower() for form in self.found):
            words = found
        else:
            words = f"{self.asked} → {found}"
        return f"{self.label}: {words}" if self.label else words


@dataclass(frozen=True, slots=True)
class _Read:
    field: Field
    text: Reading


def reasons(
    query: Query,
    fields: Iterable[Field],
    *,
    corrected: Mapping[str, str] | None = None,
    by_meaning: bool = False,
) -> list[Reason]:
    """What found the text, in the order of the question. `fields` stand in the order of their weight."""
    fields = [field for field in fields if field.text.strip()]
    read = [_read(field, field.text) for field in fields]
    other = [_read(field, field.other) for field in fields if field.other]
    found: list[Reason] = []
    words = query.words
    place = 0
    while place < len(words):
        if words[place].stop:
            place += 1
            continue
        end, reason = _met(words, place, read)
        if reason is None:
            end, reason = _instead(query, place, read)
        if reason is None:
            end, reason = _by_another_name(words, place, other)
        if reason is None and corrected and words[place].surface in corrected:
            end, reason = place + 1, _corrected(words[place].surface, corrected[words[place].surface], read)
        if reason is not None and reason not in found:
            found.append(reason)
        place = max(end, place + 1)
    if by_meaning:
        found.append(Reason(How.MEANING))
    return found[:MAX_REASONS]


def _read(field: Field, text: str) -> _Read:
    return _Read(field, read_text(text[:MAX_LENGTH]))


def _met(words: Sequence[Word], start: int, read: list[_Read]) -> tuple[int, Reason | None]:
    """The longest run of words from `start` whose neighbours stand side by side in a text; else the word's forms."""
    longest = start
    best: tuple[_Read, int] | None = None
    forms: dict[str, str] = {}
    first: _Read | None = None
    for one in read:
        for place in standing(words[start], one.text):
            first = first or one
            forms.setdefault(one.text.tokens[place].surface.lower(), one.text.tokens[place].surface)
            end = start + 1
            while (
                end < len(words)
                and place + end - start < len(one.text.tokens)
                and meets(one.text.tokens[place + end - start], words[end])
            ):
                end += 1
            if end > longest:
                longest, best = end, (one, place)
    if best is None or first is None:
        return start + 1, None
    asked = " ".join(word.surface for word in words[start:longest])
    if longest == start + 1:
        if first.field.whole:
            return longest, Reason(How.FORM, asked, (first.field.text,), first.field.label)
        return longest, Reason(How.FORM, asked, tuple(forms.values())[:MAX_FORMS], first.field.label)
    one, place = best
    return longest, Reason(How.FORM, asked, (_quoted(one, place, longest - start),), one.field.label)


def _by_another_name(words: Sequence[Word], start: int, other: list[_Read]) -> tuple[int, Reason | None]:
    for one in other:
        end, reason = _met(words, start, [one])
        if reason is not None:
            return end, Reason(How.SYNONYM, reason.asked, (one.field.text,), one.field.label)
    return start + 1, None


def _quoted(read: _Read, place: int, length: int) -> str:
    if read.field.whole:
        return read.field.text
    return read.field.text[read.text.tokens[place].start : read.text.tokens[place + length - 1].end]


def _instead(query: Query, place: int, read: list[_Read]) -> tuple[int, Reason | None]:
    for other in query.alternatives:
        wanted = [word for word in other.words if not word.stop]
        if not other.start <= place < other.end or not wanted:
            continue
        for one in read:
            for at in standing(wanted[0], one.text):
                run = one.text.tokens[at : at + len(wanted)]
                if len(run) == len(wanted) and all(map(meets, run, wanted)):
                    asked = " ".join(word.surface for word in query.words[other.start : other.end])
                    found = _quoted(one, at, len(wanted))
                    return other.end, Reason(How.SYNONYM, asked, (found,), one.field.label)
    return place + 1, None


def _corrected(typed: str, read_as: str, read: list[_Read]) -> Reason | None:
    words = parse(f"{read_as} ").words
    for one in read if words else ():
        for place in standing(words[0], one.text):
            return Reason(How.CORRECTION, typed, (_quoted(one, place, 1),), one.field.label)
    return None


def texts_at_hand(obj: Model) -> Iterator[Field]:
    """The texts of an indexed object that stand in its own row, with the names of their fields."""
    loaded = obj.get_deferred_fields()
    columns = {column.name: column for column in obj._meta.concrete_fields}
    for entry in obj.get_search_fields():  # type: ignore[attr-defined]
        column = columns.get(entry.field_name)
        if (
            not isinstance(entry, SearchField)
            or column is None
            or column.attname in loaded
            or column.is_relation
        ):
            continue
        text = " ".join(_texts(getattr(obj, column.attname)))
        if text.strip():
            yield Field(str(column.verbose_name), text[:MAX_LENGTH])


def _texts(value: Any) -> Iterator[str]:
    """Texts of a value; of a block only what an editor wrote in it, without loading what it refers to."""
    if isinstance(value, str):
        yield strip_tags(value)
    elif isinstance(value, StreamValue):
        yield from _texts(list(value.raw_data))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Mapping):
        inside = value["value"] if "type" in value and "value" in value else list(value.values())
        yield from _texts(inside)
