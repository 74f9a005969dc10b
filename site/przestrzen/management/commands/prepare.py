"""What an installation needs before it serves: run it at every start, it does only what waits."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from modelsearch import index
from modelsearch.backends import get_search_backends_with_name

from search.backends.elasticsearch import ElasticsearchBackend


class Command(BaseCommand):
    help = "Migrate the database, and fill a search engine that has no index yet. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, stdout=self.stdout)
        for name, backend in get_search_backends_with_name():
            if isinstance(backend, ElasticsearchBackend) and self.lacks_an_index(backend):
                self.stdout.write(f"The search engine “{name}” has no index yet; filling it …")
                call_command("update_index", backend_name=name, stdout=self.stdout)

    def lacks_an_index(self, backend: ElasticsearchBackend) -> bool:
        """The database's own index is always written; one beside it begins when it is first filled."""
        return any(
            not backend.get_index_for_model(model).holders()
            for model in index.get_indexed_models()
            if backend.get_index_for_model(model)
        )
