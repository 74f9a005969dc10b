"""Everything that the site keeps about one person: shown and handed over to them, counted before it is erased.

Models are found through their relations to the person, so that one that is added later is not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from directory.fields import CodesField
from directory.models import Practitioner
from directory.models.imports import ImportRow
from directory.saved import retention
from directory.services import mails_of

from . import links

#: Machinery of the rows, and who reported something (`answer_to`): nothing about the person.
LEFT_OUT = {
    "id", "translation_key", "alias_of", "latest_revision", "live_revision", "sort_order", "has_unpublished_changes",
    "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
    "answer_to", "settled_by", "nonce",
    "revision", "before", "guardian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    name: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one kind; `goes` says whether erasing the person removes them."""

    name: str
    label: str
    rows: list[list[Value]]
    goes: bool = True

    def as_data(self) -> list[dict[str, Any]]:
        return [{value.name: value.value for value in row} for row in self.rows]


def everything(person: Practitioner) -> list[Held]:
    """`person` is the Polish row. Kinds with nothing in them are left out."""
    rows = list(
        Practitioner.objects.filter(translation_key=person.translation_key)
        .select_related("locale", "municipality", "photo")
        .order_by("locale_id")
    )
    found = [Held("entry", _("Wpis i jego tłumaczenia"), [list(fields_of(row)) for row in rows])]
    found += [related(relation, rows) for relation in relations()]
    found += [drafts(rows), mails(person), searches(person), staged(person), history(rows)]
    return [held for held in found if held.rows]


def as_data(person: Practitioner) -> dict[str, Any]:
    return {held.name: held.as_data() for held in everything(person)}


def what_goes(person: Practitioner) -> list[tuple[str, int]]:
    """What erasing removes, by kind."""
    counted = [(held.label, len(held.rows)) for held in everything(person) if held.goes]
    photo = [(_("Zdjęcie"), 1)] if person.photo_id else []
    return [*counted[:1], *photo, *counted[1:]]


def fields_of(row: models.Model) -> Iterator[Value]:
    """The columns and chosen terms of a row in words; no secrets, not even hashed."""
    for field in [*row._meta.concrete_fields, *row._meta.many_to_many]:
        if field.name in LEFT_OUT or "hash" in field.name or "token" in field.name:
            continue
        value = getattr(row, field.name)
        if isinstance(field, models.ManyToManyField):
            value = sorted(str(term) for term in value.all())
        elif isinstance(field, models.ForeignKey):
            if field.related_model is Practitioner:
                continue
            value = "" if value is None else str(value)
        elif isinstance(field, CodesField) and field.options:
            value = [str(label) for code, label in field.options.choices if code in value]
        elif field.choices:
            value = str(dict(field.flatchoices).get(value, value))
        if value not in (None, "", [], {}):
            yield Value(field.name, capfirst(str(field.verbose_name)), value)


def relations() -> list[Any]:
    """Every relation that leads to a person, also those that have no name on this side."""
    return [
        field
        for field in Practitioner._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel) and not field.related_model._meta.auto_created
    ]


def related(relation: Any, people: Iterable[Practitioner]) -> Held:
    """What hangs on the person goes whole; what only mentions them (an article) is named."""
    model = relation.related_model
    own = getattr(relation, "on_delete", None) is models.CASCADE and not relation.many_to_many
    names = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = model._base_manager.filter(**{f"{relation.field.name}__in": list(people)}).select_related(
        *(name for name in names if name != relation.field.name)
    )
    label = capfirst(str(model._meta.verbose_name_plural))
    found = [
        list(fields_of(row)) if own else [Value("title", capfirst(str(model._meta.verbose_name)), str(row))]
        for row in rows.distinct()
    ]
    name = f"{model._meta.label_lower}.{relation.field.name}"
    return Held(name, label, [row for row in found if row], goes=own)


def drafts(people: list[Practitioner]) -> Held:
    kind = ContentType.objects.get_for_model(Practitioner, for_concrete_model=False)
    revisions = Revision.objects.filter(
        base_content_type=kind, object_id__in=[str(row.pk) for row in people]
    ).order_by("created_at")
    rows = [
        [
            Value("created_at", _("Kiedy"), revision.created_at),
            Value("content", _("Treść"), readable(revision.content)),
        ]
        for revision in revisions
    ]
    return Held("revisions", _("Zapisane szkice i wcześniejsze wersje"), rows)


def readable(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in LEFT_OUT | {"pk"} and value}


def mails(person: Practitioner) -> Held:
    """Those to whoever had the entry before are theirs: they go with it, and are not handed over."""
    others = Q(key__startswith="entry:") & ~Q(recipient__iexact=person.email)
    rows = [
        [
            Value("created_at", _("Kiedy"), mail.created_at),
            Value("recipient", _("Do"), mail.recipient),
            Value("subject", _("Temat"), mail.subject),
            Value("text", _("Treść"), links.IN_TEXT.sub(r"\1…", mail.text)),
            Value("state", _("Stan"), str(mail.get_state_display())),
        ]
        for mail in mails_of(person).exclude(others).order_by("created_at")
    ]
    return Held("mails", _("Listy do Ciebie"), rows)


def searches(person: Practitioner) -> Held:
    rows = [list(fields_of(search)) for search in retention.own(person)]
    return Held("saved_searches", _("Powiadomienia o nowych osobach"), rows)


def staged(person: Practitioner) -> Held:
    rows = [
        [Value("name", _("Imię i nazwisko"), row.name), Value("data", _("Dane z pliku"), row.data)]
        for row in ImportRow.objects.filter(public_id=person.public_id).exclude(data={})
    ]
    return Held("imported_rows", _("Wiersze wgrywanych plików"), rows)


def history(people: list[Practitioner]) -> Held:
    """What happened to the entry and when; who of the staff did it is not the person's data."""
    kind = ContentType.objects.get_for_model(Practitioner, for_concrete_model=False)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=[str(row.pk) for row in people]
    ).order_by("timestamp")
    rows = [
        [
            Value("timestamp", _("Kiedy"), entry.timestamp),
            Value("message", _("Co"), str(entry.message)),
            *([Value("comment", _("Powód"), str(entry.comment))] if entry.comment else []),
        ]
        for entry in entries
    ]
    return Held("history", _("Historia wpisu"), rows)
