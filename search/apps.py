from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Wyszukiwanie")

    def ready(self) -> None:
        from search import checks, indexing, query_log, rules  # noqa: F401

        indexing.connect()
        rules.connect()
        query_log.connect()
