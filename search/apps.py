from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Wyszukiwanie")

    def ready(self) -> None:
        from search import checks, follow, indexing, outbox, query_log, rules  # noqa: F401
        from search.backends import catching_up

        catching_up.append(outbox.behind)
        indexing.connect()
        follow.connect()
        rules.connect()
        query_log.connect()
