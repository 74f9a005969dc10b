"""What stands around every page changes seldom and is asked for always: kept for half a minute.

A change in this process is seen at once (the signals below), in another after half a minute at most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from search.signals import indexing_begins

T = TypeVar("T")

SECONDS = 30
GENERATION = "frame-generation"


def remembered(key: str, make: Callable[[], T]) -> T:
    """The value of `make()`, at most half a minute old; it must be picklable."""
    full = f"frame-{cache.get_or_set(GENERATION, 1, None)}-{key}"
    found: T | None = cache.get(full)
    if found is None:
        found = make()
        cache.set(full, found, SECONDS)
    return found


def forget(**_signal: Any) -> None:
    """Everything remembered is asked for anew."""
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, 1, None)


def forget_with(*models: type) -> None:
    """Forget whenever one of these models changes."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(
                forget, sender=model, dispatch_uid=f"frame-{model.__module__}.{model.__name__}-{id(signal)}"
            )


def connect() -> None:
    from wagtail.models import Locale, Site, get_page_models

    from home.models import SiteSettings

    for signal in (page_published, page_unpublished, post_page_move, indexing_begins):
        signal.connect(forget, dispatch_uid="frame")
    forget_with(Locale, Site, SiteSettings, *get_page_models())
