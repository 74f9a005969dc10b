"""The search engine. Without ELASTICSEARCH_URL the database itself answers, in the same Polish."""

import re

from django.core.exceptions import ImproperlyConfigured

from przestrzen import env

_urls, _user, _password = env.servers("ELASTICSEARCH_URL")
_key = env.text("ELASTICSEARCH_API_KEY")
_certificates = env.certificates("ELASTICSEARCH_CA_CERTS")
_prefix = env.text("ELASTICSEARCH_INDEX_PREFIX", "przestrzen_")
if _key and _user:
    raise ImproperlyConfigured("Give ELASTICSEARCH_API_KEY or a user in ELASTICSEARCH_URL, not both.")
if _certificates and any(url.startswith("http:") for url in _urls):
    raise ImproperlyConfigured(
        "With ELASTICSEARCH_CA_CERTS every address in ELASTICSEARCH_URL begins with https://."
    )
if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", _prefix):
    raise ImproperlyConfigured(
        "ELASTICSEARCH_INDEX_PREFIX takes small letters, digits, _ and -, and begins with a letter or a digit."
    )

# Sentence vectors beside words: about 154 MB a process.
SEARCH_MEANING = env.flag("SEARCH_MEANING", True)

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {"default": {"BACKEND": "search.backends.database"}}
if _urls:
    # The database's index is always written: it answers while Elasticsearch is away.
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": _urls,
            # By these names Django keeps what they hold out of error reports.
            "API_KEY": _key,
            "USER": _user,
            "PASSWORD": _password,
            "CA_CERTS": _certificates,
            "INDEX_PREFIX": _prefix,
            "TIMEOUT": env.seconds("ELASTICSEARCH_TIMEOUT", 0.5, 0.05, 60),
        },
        "database": {"BACKEND": "search.backends.database"},
    }
