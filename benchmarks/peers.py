"""Who answers a question: the code of the page, and the floor under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.questions import Asked
from benchmarks.timing import Ask


def page_code(asked: Asked) -> Ask:
    from directory.asking import Asked as Address
    from directory.asking import ask

    values = {name: [value] for name, value in asked.values}
    return lambda: ask(Address.of(asked.text, values))


def floor_of(asked: Asked, engine: str) -> Ask:
    """What the page's code sends for this question, caught and sent again by itself."""
    return sent_to_elasticsearch(asked) if engine == "elasticsearch" else sent_to_database(asked)


def sent_to_elasticsearch(asked: Asked) -> Ask:
    from modelsearch.backends import get_search_backend

    from directory.models import Practitioner

    index: Any = get_search_backend().get_index_for_model(Practitioner)
    return sent_to_index(requests_of(asked), index.alias)


def sent_to_index(requests: list[Any], name: str) -> Ask:
    from modelsearch.backends import get_search_backend

    from search.backends.elasticsearch import asking

    backend: Any = get_search_backend()
    client = backend.server.client
    return lambda: [asking.answers(client, name, bodies) for bodies in requests]


def requests_of(asked: Asked) -> list[Any]:
    """The bodies of each request that the page's code sends to Elasticsearch for this question."""
    from search.backends import elasticsearch as module
    from search.backends.elasticsearch import asking

    found: list[Any] = []
    kept = asking.requests

    def caught(question: Any) -> dict[str, dict[str, Any]]:
        found.append(kept(question))
        made: dict[str, dict[str, Any]] = found[-1]
        return made

    module.requests = caught
    try:
        page_code(asked)()
    finally:
        module.requests = kept
    return found


def sent_to_database(asked: Asked) -> Ask:
    return resent(page_code(asked), lambda sql: "chosen AS MATERIALIZED" in sql)


def resent(ask: Ask, wanted: Callable[[str], bool] = bool) -> Ask:
    """The statements that `ask` sends now, those that are wanted, sent again by a cursor and read."""
    from django.db import connection

    caught: list[tuple[str, Any]] = []

    def catch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if wanted(sql):
            caught.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(catch):
        ask()

    def again() -> list[Any]:
        found = []
        for sql, params in caught:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                found.append(cursor.fetchall())
        return found

    return again
