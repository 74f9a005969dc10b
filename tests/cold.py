"""A site whose caches are empty and whose process has just started, as far as queries go."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home import frame
from search import rules, vocabulary
from search.backends.database import faceting
from search.meaning import matrix


def cool() -> None:
    """Forget what the cache and this process hold of the database."""
    cache.clear()
    frame._at_hand.clear()
    ContentType.objects.clear_cache()
    rules._held = None
    rules.forget()
    vocabulary._held.clear()
    faceting._sizes.clear()
    matrix.reset()


def queries_of(client: Client, address: str, *, cold: bool = False) -> int:
    """How many queries an answer of 200 takes: of a site that has been up for a while, or of a cold one."""
    client.get(address)
    if cold:
        cool()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
