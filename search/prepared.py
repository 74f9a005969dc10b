"""Statements that Django builds once: it takes ten times as long to build one as the database to answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


@dataclass(frozen=True, slots=True)
class Place:
    """Stands where a key will stand."""

    number: int


class Prepared:
    """Rows of plain columns by keys. `make` takes expressions, as many as `most`, that stand for the keys, and gives a
    queryset of values whose other words never change."""

    def __init__(self, make: Callable[[list[RawSQL]], QuerySet[Any, Any]], most: int) -> None:
        self.make, self.most = make, most
        self.statement = cache(self._statement)

    def _statement(self) -> tuple[str, str, list[Any]]:
        rows = self.make([RawSQL("%s", [Place(number)]) for number in range(self.most)])
        alias = router.db_for_read(rows.model)
        sql, params = rows.query.get_compiler(alias).as_sql()
        return alias, sql, list(params)

    def rows(self, keys: Sequence[Any]) -> list[tuple[Any, ...]]:
        """As the database gives them; texts and numbers are what they are. None without keys."""
        if not keys:
            return []
        if len(keys) > self.most:
            raise ValueError(f"{len(keys)} keys for a statement of {self.most}")
        alias, sql, params = self.statement()
        # A key named twice finds no row twice.
        filled = [*keys, *[keys[-1]] * (self.most - len(keys))]
        with connections[alias].cursor() as cursor:
            cursor.execute(
                sql, [filled[param.number] if isinstance(param, Place) else param for param in params]
            )
            return list(cursor.fetchall())
