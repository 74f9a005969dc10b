"""The stock search, modelsearch's own, doing the work of the page: twenty hits, the total, the counts of seven facets."""

from __future__ import annotations

from typing import Any, ClassVar

from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend

from benchmarks.questions import Asked
from benchmarks.timing import Ask

#: The name in the address → the FilterField, and for a database the column.
COLUMNS = {
    "metoda": ("method_slugs", "methods__slug"),
    "temat": ("topic_slugs", "topics__slug"),
    "wojewodztwo": ("voivodeship_slugs", "voivodeship"),
}
FACETS = {
    **dict(COLUMNS.values()),
    "audience_slugs": "audiences__slug",
    "sector": "sector",
    "mentor_codes": "is_mentor",
    "language_codes": "languages",
}


class SearchBackend(Elasticsearch8SearchBackend):
    """Stock but for its filters for autocompletion, which the test server lacks: it writes whole words there.

    Its searches never ask those fields; indexing is a little faster for it.
    """

    settings: ClassVar[dict[str, Any]] = {
        "settings": {
            "analysis": {
                "analyzer": {
                    name: {"type": "custom", "tokenizer": "standard", "filter": ["lowercase"]}
                    for name in ("ngram_analyzer", "edgengram_analyzer")
                }
            }
        }
    }


def settings_of(engine: str) -> dict[str, Any]:
    """The stock backend beside ours, for WAGTAILSEARCH_BACKENDS."""
    from django.conf import settings

    if engine != "elasticsearch":
        return {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}
    from directory.models import Practitioner
    from directory.models.indexing import PractitionerIndex

    # It names a field by the model that defines it, and fails at a class which is none.
    PractitionerIndex._meta = Practitioner._meta
    ours = settings.WAGTAILSEARCH_BACKENDS["default"]
    return {
        "BACKEND": "benchmarks.stock",
        "URLS": ours["URLS"],
        "INDEX_PREFIX": f"{ours['INDEX_PREFIX']}stock_",
        "TIMEOUT": 60,
        "AUTO_UPDATE": False,
    }


def stock(asked: Asked, engine: str) -> Ask:
    return by_elasticsearch(asked) if engine == "elasticsearch" else by_database(asked)


def by_elasticsearch(asked: Asked) -> Ask:
    """A request for the hits, one for the total, one for each facet; the hits from the database.

    The reading rule is put as the FilterFields that come to the same here; it knows no filter by a relation, so chosen
    values are added to the query that its own compiler makes.
    """
    from modelsearch.backends import get_search_backend
    from modelsearch.query import MATCH_ALL
    from wagtail.models import Locale

    from directory.models import Practitioner

    backend: Any = get_search_backend("stock")
    polish = Locale.objects.get(language_code="pl")
    mapping = backend.get_index_for_model(Practitioner).mapping_class(Practitioner)
    fields = {one.field_name: one for one in Practitioner.get_filterable_search_fields()}
    chosen = [
        {"term": {mapping.get_field_column_name(fields[COLUMNS[name][0]]): value}}
        for name, value in asked.values
    ]

    def ask() -> Any:
        readable = Practitioner.objects.filter(live=True, state="live", locale_id=polish.pk)
        found = backend.search(asked.text.strip() or MATCH_ALL, readable, operator="and")
        compiler = found.query_compiler
        made = compiler.get_query()
        compiler.get_query = lambda: {"bool": {"must": made, "filter": chosen}}
        return list(found[:20]), found.count(), [found.facet(name) for name in FACETS]

    return ask


def by_database(asked: Asked) -> Ask:
    """A statement for the hits, one for the total, one for each facet.

    It refuses conditions on what is no FilterField of the table, so the reading rule, chosen values and counts of
    relations are put to the queryset that its own compiler makes.
    """
    from django.db.models import Count
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner

    backend: Any = get_search_backend("stock")

    def ask() -> Any:
        visible = Practitioner.objects.visible("pl")
        if text := asked.text.strip():
            found = backend.search(text, Practitioner.objects.all(), operator="and")
            hits = found.query_compiler.search(found.query_compiler.get_config(backend), None, None)
            hits = hits.filter(pk__in=visible.values("pk"))
        else:
            hits = visible
        for name, value in asked.values:
            hits = hits.filter(**{COLUMNS[name][1]: value})
        plain = hits.order_by()
        counts = [
            list(plain.values(one).annotate(n=Count("pk")).values_list(one, "n")) for one in FACETS.values()
        ]
        return list(hits[:20]), plain.count(), counts

    return ask
