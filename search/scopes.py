"""Reading rules that the indexes know by name, so that no engine has to be told the keys of everyone who may be seen.

A queryset method that is a reading rule marks what it returns (`named`). The mark holds as long as nothing narrows the
rows further. Documents carry the names of the rules that let them through: they are found by asking those very
querysets (`visible(language)` of the model's default manager), never by a second wording of the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.db.models.sql.where import WhereNode

Rows = TypeVar("Rows", bound=QuerySet[Any])

#: What the index holds of an object that no rule lets through (see Entry.scopes).
NOBODY = "  "

_MARK = "_search_scope"
_HELD = "_search_scopes"


def named(language: str, every: QuerySet[Any], rows: Rows) -> Rows:
    """Mark `rows` as what the rule `visible` leaves of `every` in a language, where that is the whole table."""
    if language in languages() and not (every.query.where or narrowed(every)):
        # The conditions themselves are held, so that their identity stays theirs.
        setattr(rows, _MARK, (token(language, every.model), every.model, rows.query.where.clone()))
    return rows


#: What a rule leaves of a whole table, by class of queryset, model and language (and the languages that have a name).
_built: dict[tuple[Any, ...], QuerySet[Any]] = {}


def built(rows: Rows, language: str, make: Callable[[], Rows]) -> Rows:
    """What `make` narrows `rows` to by a rule, built once where they are the whole table: to build a rule takes longer
    than to ask it. So a rule must not hold a moment."""
    fresh = type(rows)(rows.model)
    if not (untouched(rows, fresh) and vars(rows.query) == vars(fresh.query)):
        return make()
    key = (type(rows), rows.model, language, *languages())
    if key not in _built:
        _built[key] = make()
    found: Any = _built[key].all()
    return found


def untouched(rows: QuerySet[Any], fresh: QuerySet[Any]) -> bool:
    return {**vars(rows), "_query": None} == {**vars(fresh), "_query": None}


def token(language: str, model: type[Model]) -> str:
    """A rule's name in the indexes. The model belongs to it: classes of pages share a kind."""
    return f"visible-{language}:{model._meta.label_lower}"


def languages() -> list[str]:
    return [code for code, _label in settings.WAGTAIL_CONTENT_LANGUAGES]


def carry(rows: QuerySet[Any], clone: QuerySet[Any]) -> None:
    """A queryset's clone begins with its mark."""
    if mark := getattr(rows, _MARK, None):
        setattr(clone, _MARK, mark)


def scope_of(rows: QuerySet[Any]) -> str | None:
    """The rule that alone decides which rows these are; None where more does, or none."""
    name, model, where = getattr(rows, _MARK, (None, None, None))
    if name is None or model is not rows.model or not hasattr(model._default_manager, "visible"):
        return None
    return None if narrowed(rows) or not same(where, rows.query.where) else str(name)


def rule_of(rows: QuerySet[Any]) -> str | None:
    """The reading rule that these rows began with, without the model, however they were narrowed since; None where there
    was none."""
    name, _model, _where = getattr(rows, _MARK, (None, None, None))
    return str(name).partition(":")[0] if name else None


def narrowed(rows: QuerySet[Any]) -> bool:
    """Whether something beside conditions takes rows away or multiplies them."""
    query = rows.query
    return bool(
        query.is_sliced
        or query.combinator
        or query.distinct
        or query.group_by
        or query.extra_tables
        or getattr(query, "_filtered_relations", None)
    )


def same(one: Any, other: Any) -> bool:
    """Whether two trees of conditions have the same leaves: clones of a queryset share them."""
    if isinstance(one, WhereNode) and isinstance(other, WhereNode):
        return (
            one.connector == other.connector
            and one.negated == other.negated
            and len(one.children) == len(other.children)
            and all(same(*pair) for pair in zip(one.children, other.children, strict=True))
        )
    return one is other


def find(objs: Sequence[Model], alias: str) -> dict[Any, list[str]]:
    """The names of the rules that let each object of one class through, by key; a statement a language.

    What is found is kept on the objects for `scopes_of`. Models without a marked `visible` have none.
    """
    model = type(objs[0])
    found: dict[Any, list[str]] = {obj.pk: [] for obj in objs}
    manager: Any = model._default_manager
    if hasattr(manager, "visible"):
        for code in languages():
            rows = manager.db_manager(alias).visible(code)
            if scope_of(rows):
                for key in rows.order_by().filter(pk__in=list(found)).values_list("pk", flat=True):
                    found[key] += [token(code, one) for one in ancestry(model)]
    for obj in objs:
        setattr(obj, _HELD, found[obj.pk])
    return found


def ancestry(model: type[Model]) -> list[type[Model]]:
    """The model and those it extends in whose querysets the rule is known."""
    return [
        one for one in (model, *model._meta.get_parent_list()) if hasattr(one._default_manager, "visible")
    ]


def scopes_of(obj: Model, alias: str) -> list[str]:
    """The same of one object; at once where `find` has looked already."""
    held: list[str] | None = getattr(obj, _HELD, None)
    return find([obj], alias)[obj.pk] if held is None else held
