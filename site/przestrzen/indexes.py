"""Search indexes of a new installation: migrations bring rows in without a word to the index."""

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from modelsearch import index
from modelsearch.backends import get_search_backends_with_name

from search.backends.elasticsearch import ElasticsearchBackend
from search.backends.elasticsearch.faults import Fault
from search.documents import kind_of
from search.models import Entry


def fill_empty(out: OutputWrapper) -> None:
    """Fill each engine that holds nothing of a kind that has rows."""
    for name, backend in get_search_backends_with_name():
        empty = lacks_an_index(backend) if isinstance(backend, ElasticsearchBackend) else lacks_entries()
        if empty:
            out.write(f"Filling the search index “{name}” …")
            call_command("update_index", backend_name=name, verbosity=0)


def lacks_entries() -> bool:
    held = set(Entry.objects.values_list("kind", flat=True).distinct())
    return any(
        kind_of(model) not in held and model._default_manager.exists() for model in index.get_indexed_models()
    )


def lacks_an_index(backend: ElasticsearchBackend) -> bool:
    """Missing, or of an older version of the site. A server that is away is none: the database answers meanwhile."""
    return backend.condition().reason == Fault.REBUILD
