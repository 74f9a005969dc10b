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

    The search engine answers, and where there is none, or it is away, the matrix in memory: three statements.
    """
    if not (takes_part(type(obj)) and on()):
        return []
    alias, compiler = queryset.db, PlanCompiler(queryset, MATCH_ALL)
    held = Vector.objects.using(alias).filter(kind=compiler.kind, object_id=object_id(obj, alias))
    data = held.values_list("data", flat=True).first()
    if data is None:
        return []
    wish = Wish(unpacked(data), (), most=most + 1, floor=floor)
    ask: Callable[[Question], Answer | None] | None = getattr(get_search_backend(), "ask", None)
    answer = ask(Question(compiler, {}, (), "relevance", 0, 0, wish)) if ask else None
    near = answer.near if answer else in_memory(compiler, wish)
    return [(key, likeness) for key, likeness in near if key != obj.pk][:most]


def in_memory(compiler: PlanCompiler, wish: Wish) -> list[tuple[Any, float]]:
    rows, vectors = compiler.queryset, matrix(compiler.queryset.db, compiler.kind)
    found = vectors.nearest(wish.vector, LOOKED_AT * wish.most, wish.floor, compiler.stamps.vectors)
    keys = {rows.model._meta.pk.to_python(key): likeness for key, likeness in found}
    allowed = set(rows.order_by().filter(pk__in=list(keys)).values_list("pk", flat=True))
    return [(key, likeness) for key, likeness in keys.items() if key in allowed]
