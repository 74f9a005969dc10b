"""Elasticsearch 8 as the search engine, in the same Polish as the database; the database answers while it is away.

Name it in WAGTAILSEARCH_BACKENDS as "search.backends.elasticsearch" with URLS, INDEX_PREFIX, TIMEOUT (seconds), and when
wanted API_KEY, or USER and PASSWORD, CA_CERTS (a path), OPTIONS (of the client) and INDEX_SETTINGS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from elasticsearch import Elasticsearch
from modelsearch.backends.base import BaseSearchBackend

from search.backends.compiling import AutocompletePlanCompiler, PlanCompiler
from search.backends.database import DatabaseSearchResults
from search.condition import Condition
from search.documents import kind_of

from .asking import COUNTED, CannotAsk, answers, requests, unfinished, unranked
from .faults import Fault
from .index import ElasticsearchIndex
from .rebuilder import ElasticsearchRebuilder
from .schema import VERSION
from .server import DEFAULT_TIMEOUT, DEFAULT_URL, Server, server
from .trust import check_version, holdings

if TYPE_CHECKING:
    from search.faceted import Answer, Question


#: What a body that was not asked has found.
_NOTHING: dict[str, Any] = {"hits": {"hits": []}}


class ElasticsearchResults(DatabaseSearchResults):
    """Results of `search()` and `autocomplete()`: keys from Elasticsearch, objects from the database.

    Facets of modelsearch's own kind come from the database, which holds the same index.
    """

    backend: ElasticsearchBackend

    def _answer(self, start: int, stop: int) -> Answer | None:
        from search.faceted import MAX_HITS, Question

        if stop > MAX_HITS:
            return None
        answer = self.backend.ask_server(Question(self.query_compiler, {}, (), "relevance", start, stop))
        if answer and answer.looser and not answer.total and self.query_compiler.loosen():
            return answer.looser
        return answer

    def _page(self) -> Iterator[Any]:
        from search.faceted import MAX_HITS

        by_relevance = self.query_compiler.order_by_relevance
        stop = MAX_HITS if self.stop is None or not by_relevance else self.stop
        answer = self._answer(self.start if by_relevance else 0, stop)
        if answer is None or (answer.total > MAX_HITS and (self.stop is None or not by_relevance)):
            yield from super()._page()
            return
        queryset = self.query_compiler.queryset
        scores = dict(answer.ranked)
        rows = queryset.filter(pk__in=list(scores)) if not queryset.query.is_sliced else queryset
        if not by_relevance:
            yield from (rows if rows.ordered else rows.order_by("-pk"))[self.start : self.stop]
            return
        objects = {obj.pk: obj for obj in rows}
        for key, score in scores.items():
            if key in objects:
                if self._score_field:
                    setattr(objects[key], self._score_field, score)
                yield objects[key]

    def _total(self) -> int:
        answer = self._answer(0, 0)
        return super()._total() if answer is None else answer.total


class ElasticsearchBackend(BaseSearchBackend):
    query_compiler_class = PlanCompiler
    autocomplete_query_compiler_class = AutocompletePlanCompiler
    index_class = ElasticsearchIndex
    results_class = ElasticsearchResults
    rebuilder_class = ElasticsearchRebuilder
    catch_indexing_errors = True

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.prefix: str = params.get("INDEX_PREFIX", "")
        self.index_settings: dict[str, Any] = params.get("INDEX_SETTINGS", {})
        urls = tuple(params.get("URLS") or (DEFAULT_URL,))
        options: dict[str, Any] = dict(params.get("OPTIONS", {}))
        if params.get("API_KEY"):
            options["api_key"] = params["API_KEY"]
        if params.get("USER"):
            options["basic_auth"] = (params["USER"], params.get("PASSWORD", ""))
        if params.get("CA_CERTS"):
            options["ca_certs"] = params["CA_CERTS"]
        self.server: Server = server(urls, float(params.get("TIMEOUT", DEFAULT_TIMEOUT)), options)

    def get_index_for_model(self, model: type[Model]) -> ElasticsearchIndex:
        return ElasticsearchIndex(self, kind_of(model))

    def remove_indices(self) -> None:
        """Delete every index of this prefix's kinds."""
        for index in self.all_indexes():
            index.remove()

    def condition(self) -> Condition:
        """How the server does, asked now unless it is left alone."""
        aliases = [index.alias for index in self.all_indexes()]

        def look(client: Elasticsearch) -> int:
            check_version(client)
            return sum(held is None for held in holdings(client, aliases, VERSION).values())

        stale = self.server.ask(look)
        if stale is None:
            return Condition("database", self.server.fault or Fault.TIMEOUT)
        if stale:
            return Condition("database" if stale == len(aliases) else "elasticsearch", Fault.REBUILD, stale)
        return Condition("elasticsearch")

    def ask(self, question: Question) -> Answer | None:
        """The answer to `faceted`; None when the server is away."""
        from search.backends.database.faceting import ask as ask_database

        try:
            return self._ask(question)
        except CannotAsk:
            return ask_database(question)

    def ask_server(self, question: Question) -> Answer | None:
        """The answer; None when the server is away or can't be asked this."""
        try:
            return self._ask(question)
        except CannotAsk:
            return None

    def _ask(self, question: Question) -> Answer | None:
        from search.faceted import FEW, Answer

        index = self.get_index_for_model(question.compiler.queryset.model)
        if self.server.resting or self.server.trust.doubted(index.alias):
            return None
        bodies = requests(question)
        to_python = question.compiler.queryset.model._meta.pk.to_python

        def scored(hit: Any) -> tuple[Any, float]:
            return to_python(hit["fields"]["pk"][0]), hit["_score"] or 0.0

        def told(found: Mapping[str, Any], name: str) -> Answer:
            """From the body of hits, that of counts, or both: the total stands in the latter where there is one."""
            hits, counted = found.get(name, _NOTHING), found.get(f"{name}{COUNTED}")
            counts = {}
            for number, facet in enumerate(question.facets if counted else ()):
                values = (counted or {})["aggregations"][f"{number}"]
                buckets = values.get("values", values)["buckets"]
                counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
            ranked = [*map(scored, hits["hits"]["hits"])]
            total = (counted or hits)["hits"].get("total", {}).get("value", len(ranked))
            return Answer(ranked, total, counts, "elasticsearch")

        def search(client: Elasticsearch) -> Answer:
            found = answers(client, index.alias, bodies)
            if told(found, "words").total < FEW and (more := unfinished(bodies, found)):
                found |= answers(client, index.alias, more)
            if more := unranked(question, found):
                found |= answers(client, index.alias, more)
            indexes = {hit["_index"] for one in found.values() for hit in one["hits"]["hits"]}
            self.server.trust.check(client, index.alias, VERSION, indexes)
            answer = told(found, "words")
            looser = told(found, "looser") if {"looser", f"looser{COUNTED}"} & found.keys() else None
            near = [*map(scored, found["near"]["hits"]["hits"])] if "near" in found else []
            return replace(
                answer,
                # The score of a neighbour is half of one and its cosine.
                near=[(key, 2 * score - 1) for key, score in near],
                worth=dict(looser.ranked if looser else ()),
                looser=looser if not question.filters else None,
            )

        return self.server.ask(search)


SearchBackend = ElasticsearchBackend
