"""What `manage.py check` says of the search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from search import meaning
from search.analysis import problem
from search.condition import condition

HINTS = {
    "unreachable": "Is ELASTICSEARCH_URL right, and does it run?",
    "timeout": "It did not answer within ELASTICSEARCH_TIMEOUT.",
    "slow": "It answers late: see ELASTICSEARCH_TIMEOUT.",
    "tls": "Is ELASTICSEARCH_CA_CERTS the authority of its certificate, and https:// in ELASTICSEARCH_URL right?",
    "unauthorized": "It does not know ELASTICSEARCH_API_KEY, or the user in ELASTICSEARCH_URL, or grants too little.",
    "version": "Elasticsearch 8 or 9 is needed.",
    "rebuild": "Run manage.py update_index.",
    "overloaded": "It refuses requests: too much is asked of it, or it has too little memory.",
    "garbage": "Does something else than Elasticsearch listen at ELASTICSEARCH_URL, or a proxy in between?",
    "catching up": "It was away. The worker (manage.py db_worker) is sending what was saved meanwhile.",
    "read-only": "It takes no writes: its disk is full, or somebody has blocked them.",
}


@register(Tags.compatibility)
def dictionary_present(**_options: Any) -> list[CheckMessage]:
    """search.W001: without Morfeusz a stemmer stands in and many inflected forms are missed."""
    told = problem()
    return [Warning(told, id="search.W001")] if told else []


@register(Tags.database)
def engine_answers(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """search.W002: the engine that the settings name does not answer searches, or not all. Only with --database."""
    found = condition() if databases else None
    if found is None or not found.reason:
        return []
    return [Warning(f"Elasticsearch: {found.reason}.", hint=HINTS.get(found.reason), id="search.W002")]


@register(Tags.compatibility)
def encoder_present(**_options: Any) -> list[CheckMessage]:
    """search.W003: meaning is wanted and its package is missing; words alone are searched."""
    told = meaning.problem()
    return [Warning(told, id="search.W003")] if told else []
