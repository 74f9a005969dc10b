"""What lies near in meaning to an object that has a vector already: no text is read anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL

from search.backends.compiling import PlanCompiler
from search.backends.database.index import object_id
from search.faceted import Answer, Question
from search.meaning import on, takes_part
from search.meaning.gate import Wish
from search.meaning.matrix import matrix
from search.meaning.store import unpacked
from search.models import Vector

#: Neighbours that the database is asked for, for each that is wanted: hidden ones among them are rare.
LOOKED_AT = 4


def nearest(queryset: QuerySet[Any], obj: Model, *, most: int, floor: float) -> list[tuple[Any, float]]:
    """Keys of the objects of `queryset` whose texts say what that of `obj` says, with their cosine, the nearest first; itself
    is left out, and what lies below `floor`. [] while meaning is off, and where `obj` has no vector yet.

    The search engine answers, and where there is none, or it is away, the matrix in memory: two statements.
    """
    if not (takes_part(type(obj)) and on()):
        return []
    alias, compiler = queryset.db, PlanCompiler(queryset, MATCH_ALL)
    ask: Callable[[Question], Answer | None] | None = getattr(get_search_backend(), "ask", None)
    near = by_engine(ask, compiler, obj, most + 1, floor) if ask else None
    if near is None:
        near = in_memory(compiler, object_id(obj, alias), LOOKED_AT * (most + 1), floor)
    return [(key, likeness) for key, likeness in near if key != obj.pk][:most]


def by_engine(
    ask: Callable[[Question], Answer | None], compiler: PlanCompiler, obj: Model, most: int, floor: float
) -> list[tuple[Any, float]] | None:
    """None while the engine is away."""
    alias = compiler.queryset.db
    held = Vector.objects.using(alias).filter(kind=compiler.kind, object_id=object_id(obj, alias))
    data = held.values_list("data", flat=True).first()
    if data is None:
        return []
    wish = Wish(unpacked(data), (), most=most, floor=floor)
    answer = ask(Question(compiler, {}, (), "relevance", 0, 0, wish))
    return None if answer is None else answer.near


def in_memory(compiler: PlanCompiler, key: str, most: int, floor: float) -> list[tuple[Any, float]]:
    rows, vectors = compiler.queryset, matrix(compiler.queryset.db, compiler.kind)
    found = vectors.like(key, most, floor, compiler.stamps.vectors)
    keys = {rows.model._meta.pk.to_python(key): likeness for key, likeness in found}
    allowed = set(rows.order_by().filter(pk__in=list(keys)).values_list("pk", flat=True))
    return [(key, likeness) for key, likeness in keys.items() if key in allowed]
