"""What many people share, read once for all of them: a rebuild of the indexes reads everybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Model

#: The relations of a person to terms.
TERMS = ("methods", "topics", "audiences")


def share(people: Sequence[Any], alias: str) -> None:
    """Put locale, municipality and terms on rows of people: the same objects for all who have them. Eight statements.

    Django's own select_related and prefetch_related make an object for each person and term, which takes longer than
    all the rest of the reading.
    """
    model = type(people[0])
    for name in ("locale", "municipality"):
        field: Any = model._meta.get_field(name)
        found = by_key(field.related_model, {getattr(one, field.attname) for one in people}, alias)
        for one in people:
            field.set_cached_value(one, found.get(getattr(one, field.attname)))
    held: dict[Any, dict[str, list[Model]]] = {one.pk: {name: [] for name in TERMS} for one in people}
    for name in TERMS:
        relation: Any = model._meta.get_field(name)
        through, person, term = relation.remote_field.through, *columns(relation)
        rows = through._base_manager.using(alias).filter(**{f"{person}__in": list(held)})
        pairs = list(rows.values_list(person, term))
        terms = by_key(relation.related_model, {key for _person, key in pairs}, alias)
        place = {key: number for number, key in enumerate(terms)}
        for who, key in sorted(pairs, key=lambda pair: place[pair[1]]):
            held[who][name].append(terms[key])
    for one in people:
        one.shared_terms = held[one.pk]


def columns(relation: Any) -> tuple[str, str]:
    """Names of the columns of a many-to-many relation's table: of the person, of the term."""
    through = relation.remote_field.through
    names = (relation.m2m_field_name(), relation.m2m_reverse_field_name())
    return through._meta.get_field(names[0]).attname, through._meta.get_field(names[1]).attname


def by_key(model: Any, keys: Collection[Any], alias: str) -> dict[Any, Model]:
    """In the model's own order."""
    rows = model._base_manager.using(alias).filter(pk__in=[key for key in keys if key is not None])
    return {one.pk: one for one in (rows if rows.ordered else rows.order_by("pk"))}
