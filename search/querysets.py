"""Mass changes reach the index too: Django sends no signal for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from search import indexing, scopes
from search.follow import note_dependents

#: Keys that one statement names.
CHUNK = 1000


class FollowedQuerySet(QuerySet[Any]):
    """For models that indexed ones follow (see search.follow)."""

    def update(self, **values: Any) -> int:
        with transaction.atomic(using=self.db):
            # Before: the update may take the rows out of this very queryset.
            self._note(self.all())
            return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **more: Any) -> list[Any]:
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **more)
            # What conflicted and was ignored has no key: it is as it was.
            keys = [obj.pk for obj in made if obj.pk]
            for start in range(0, len(keys), CHUNK):
                rows = self.model._base_manager.using(self.db)
                self._note(rows.filter(pk__in=keys[start : start + CHUNK]))
            return made

    def _note(self, rows: QuerySet[Any]) -> None:
        note_dependents(rows)


class IndexedQuerySet(FollowedQuerySet):
    """For Indexed models: an outbox row for every object of `update`, `bulk_update` and `bulk_create`."""

    def _clone(self) -> Any:
        clone = super()._clone()  # type: ignore[misc]
        scopes.carry(self, clone)
        return clone

    def _note(self, rows: QuerySet[Any]) -> None:
        indexing.note_rows(rows)
        super()._note(rows)
