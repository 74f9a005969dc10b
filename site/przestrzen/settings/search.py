"""The search engine. Without ELASTICSEARCH_URL the database itself answers, in the same Polish."""

from przestrzen import env

ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL")

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {"default": {"BACKEND": "search.backends.database"}}
if ELASTICSEARCH_URL:
    # The database's index is always written: it answers while Elasticsearch is away.
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": [ELASTICSEARCH_URL],
            "INDEX_PREFIX": env.text("ELASTICSEARCH_INDEX_PREFIX", "przestrzen_"),
            "TIMEOUT": 1,
        },
        "database": {"BACKEND": "search.backends.database"},
    }
