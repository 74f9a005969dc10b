"""The objects of a page by their keys, through statements that Django builds once.

Building one takes longer than all else that is done for a hit: where the rows are what a reading rule lets through
(search.scopes), the same statement is asked again with other keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from search.prepared import Place
from search.scopes import scope_of

#: Keys that a statement takes.
SIZES = (32, 128)
#: Statements that are kept.
MOST = 64


@dataclass(frozen=True, slots=True)
class Statement:
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    converters: Any


_statements: dict[tuple[Any, ...], Statement] = {}


def in_bulk(queryset: QuerySet[Any], keys: Sequence[Any]) -> dict[Any, Any]:
    """What `queryset.in_bulk(keys)` gives, in no order. One statement."""
    if not keys:
        return {}
    size = next((size for size in SIZES if len(keys) <= size), 0)
    scope = scope_of(queryset) if size else None
    query = queryset.query
    if (
        scope is None
        or queryset.model._meta.pk.remote_field  # a page: its key is another row's
        or queryset._iterable_class is not ModelIterable
        or query.annotations
        or query.extra
        or query.select_for_update
    ):
        return queryset.order_by().in_bulk(keys)
    rows = queryset.order_by()
    shape = (scope, rows.db, connections[rows.db].vendor, size, query.select_related, query.deferred_loading)
    held = _statements.get(key := (queryset.model, repr(shape)))
    if held is None:
        if len(_statements) >= MOST:
            _statements.clear()
        held = _statements[key] = built(rows, size)
    rows.query = asked(rows.query, held, rows.db, keys, size)
    return {obj.pk: obj for obj in rows}


def built(rows: QuerySet[Any], size: int) -> Statement:
    places = [RawSQL("%s", [Place(number)]) for number in range(size)]
    compiler = rows.filter(pk__in=places).query.get_compiler(rows.db)
    sql, params = compiler.as_sql()
    columns = [one[0] for one in compiler.select]
    return Statement(compiler, sql, tuple(params), compiler.get_converters(columns))


def asked(query: Query, statement: Statement, alias: str, keys: Sequence[Any], size: int) -> Query:
    """A query that is not built again: it asks the statement for these keys."""
    connection = connections[alias]
    pk: Any = query.get_meta().pk
    wanted = [pk.get_db_prep_value(key, connection) for key in keys]
    # A key named twice finds no row twice.
    wanted += wanted[-1:] * (size - len(wanted))
    params = [wanted[one.number] if isinstance(one, Place) else one for one in statement.params]
    compiler: Any = copy(statement.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_more, **_named: (statement.sql, params)
    compiler.get_converters = lambda _columns: statement.converters
    made: Any = copy(query)
    made.get_compiler = lambda *_more, **_named: compiler
    found: Query = made
    return found
