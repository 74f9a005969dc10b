"""The database as a search engine: SQLite by FTS5, PostgreSQL by tsvector, the same Polish in both.

Name it in WAGTAILSEARCH_BACKENDS as "search.backends.database".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import BaseSearchBackend, BaseSearchResults, FilterFieldError

from search.backends.compiling import AutocompletePlanCompiler, PlanCompiler

from .index import DatabaseIndex, DatabaseRebuilder, engine
from .statements import Statement, object_key, selection

#: Up to so many hits are fetched by their keys, more by a subquery.
FEW = 500
ALL = 2**62


class DatabaseSearchResults(BaseSearchResults):
    supports_facet = True
    query_compiler: PlanCompiler

    def statement(self) -> Statement:
        """`chosen (id, object_id, score)`: every hit that is in the queryset."""
        compiler = self.query_compiler
        alias = compiler.queryset.db
        made: Statement = engine(alias).hits(compiler.plan, compiler.kind)
        selection(made, compiler.queryset, alias, {})
        return made

    def _keys(self) -> RawSQL:
        queryset = self.query_compiler.queryset
        key = object_key(queryset.model, queryset.db, "chosen")
        sql, params = self.statement().sql(f"SELECT {key} FROM chosen")  # nosec B608
        return RawSQL(sql, params)  # nosec B611

    def _do_search(self) -> Iterator[Any]:
        found = list(self._page())
        if not found and self.start == 0 and self.stop != 0 and self.query_compiler.loosen():
            found = list(self._page())
        return iter(found)

    def _page(self) -> Iterator[Any]:
        queryset = self.query_compiler.queryset
        if not self.query_compiler.order_by_relevance:
            rows = queryset.filter(pk__in=self._keys())
            if not rows.ordered:
                rows = rows.order_by("-pk")
            yield from rows[self.start : self.stop]
            return
        wanted = ALL if self.stop is None else max(self.stop - self.start, 0)
        key = object_key(queryset.model, queryset.db, "chosen")
        ranked = self.statement().run(
            queryset.db,
            f"SELECT {key}, score FROM chosen ORDER BY score DESC, id LIMIT {wanted} OFFSET {self.start}",  # nosec B608
        )
        to_python = queryset.model._meta.pk.to_python
        scores = {to_python(key): score for key, score in ranked}
        few = len(scores) <= FEW
        rows = queryset.order_by().filter(pk__in=list(scores) if few else self._keys())
        objects = {obj.pk: obj for obj in rows}
        for key, score in scores.items():
            obj = objects.get(key)
            if obj is not None:
                if self._score_field:
                    setattr(obj, self._score_field, score)
                yield obj

    def _do_count(self) -> int:
        total = self._total()
        if not total and self.query_compiler.loosen():
            total = self._total()
        total = max(total - self.start, 0)
        return total if self.stop is None else min(total, self.stop - self.start)

    def _total(self) -> int:
        return int(self.statement().run(self.query_compiler.queryset.db, "SELECT COUNT(*) FROM chosen")[0][0])

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Every value of a FilterField with its count, the most frequent first."""
        compiler = self.query_compiler
        field = compiler._get_filterable_field(field_name)
        if field is None:
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add index.FilterField'
                f'("{field_name}") to {compiler.queryset.model.__name__}.search_fields.',
                field_name=field_name,
            )
        if field.field_name in {one.name for one in compiler.queryset.model._meta.get_fields()}:
            rows = compiler.queryset.order_by().filter(pk__in=self._keys())
            counted = rows.values_list(field_name).annotate(count=Count("pk", distinct=True))
            return OrderedDict(sorted(counted, key=lambda pair: (-pair[1], str(pair[0]))))
        counts = self.statement().run(
            compiler.queryset.db,
            "SELECT v.value, COUNT(*) FROM chosen JOIN search_facetvalue v ON v.entry_id = chosen.id"
            " WHERE v.field = %s GROUP BY v.value ORDER BY 2 DESC, 1",
            [field_name],
        )
        return OrderedDict(counts)


class DatabaseSearchBackend(BaseSearchBackend):
    query_compiler_class = PlanCompiler
    autocomplete_query_compiler_class = AutocompletePlanCompiler
    index_class = DatabaseIndex
    results_class = DatabaseSearchResults
    rebuilder_class = DatabaseRebuilder


SearchBackend = DatabaseSearchBackend
