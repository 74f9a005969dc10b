"""The search engine. Without ELASTICSEARCH_URL the database itself answers, in the same Polish."""

from przestrzen import env

ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL")

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
