"""From modelsearch's question (queryset, query, fields) to a plan; shared by the engines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from modelsearch.backends.base import BaseSearchQueryCompiler, SearchFieldError
from modelsearch.query import MatchAll, SearchQuery

from search import stamps
from search.analysis import parse
from search.documents import kind_of
from search.meaning import on, takes_part
from search.plan import Everything, Plan
from search.planning import Planner
from search.scopes import rule_of
from search.stamps import Stamps
from search.vocabulary import Vocabulary


class PlanCompiler(BaseSearchQueryCompiler):
    """`operator` None is the site's own rule (see Planner.text); "and" and "or" are taken at their word."""

    HANDLES_ORDER_BY_EXPRESSIONS = True
    autocomplete = False
    fields: list[str] | None

    def __init__(
        self,
        queryset: QuerySet[Any],
        query: SearchQuery | str,
        fields: list[str] | None = None,
        operator: str | None = None,
        order_by_relevance: bool = True,
    ) -> None:
        super().__init__(queryset, query, fields, operator, order_by_relevance)
        if isinstance(query, str) and operator is None:
            self.query = query
        self._plan: Plan | None = None

    @property
    def kind(self) -> str:
        return kind_of(self.queryset.model)

    @cached_property
    def stamps(self) -> Stamps:
        """What the database holds now, after what this process has still to write. One statement."""
        from search.indexing import flush  # it imports the backends, which import this

        flush(self.queryset.db)
        return stamps.read(self.queryset.db, self.kind, shown=self.shown)

    @property
    def shown(self) -> bool:
        """Whether the question is asked under a reading rule: then words that only hidden documents hold are words that
        nobody uses, so that whoever tries names learns nothing."""
        return rule_of(self.queryset) is not None

    @property
    def plan(self) -> Plan:
        """Made when first asked for: it reads the vocabulary of the index, in three statements at most."""
        if self._plan is None and isinstance(self.query, MatchAll):
            from search.indexing import flush

            flush(self.queryset.db)
            self._plan = Plan((), Everything(), parse(""))
        if self._plan is None:
            from search import rules

            rules.refresh(self.stamps.rules)
            vocabulary = Vocabulary(self.queryset.db, self.kind, self.shown, self.stamps.words)
            planner = Planner(vocabulary, self.fields, autocomplete=self.autocomplete, binding=self.binding)
            self._plan = planner.plan(self.query)
        return self._plan

    @property
    def binding(self) -> Sequence[str]:
        """The fields of names and places, where it matters what stands in them: for a question that meaning takes part in."""
        model = self.queryset.model
        return getattr(model, "search_binding", ()) if takes_part(model) and on() else ()

    @property
    def looser(self) -> Plan | None:
        """What may be asked instead when nothing is found by the site's own rule: any of the words."""
        return self.plan.loosened() if isinstance(self.query, str) else None

    def loosen(self) -> bool:
        """Ask for any of the words from now on; whether that is something else."""
        looser = self.looser
        if looser is None:
            return False
        self._plan = looser
        return True

    def check(self) -> None:
        """Raises SearchFieldError for `fields` the model does not have. Any filter and any order will do here."""
        model = self.queryset.model
        known = {entry.field_name for entry in model.get_searchable_search_fields()}
        if self.autocomplete:
            known |= {entry.field_name for entry in model.get_autocomplete_search_fields()}
        for name in self.fields or ():
            if name not in known:
                raise SearchFieldError(
                    f'Cannot search with field "{name}". Please add index.SearchField("{name}") to'
                    f" {model.__name__}.search_fields.",
                    field_name=name,
                )


class AutocompletePlanCompiler(PlanCompiler):
    autocomplete = True
