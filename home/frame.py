"""What stands around every page changes seldom and is asked for always: kept for half a minute.

A change in this process is seen at once (the signals below), in another after half a minute at most.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from search.signals import indexing_begins

T = TypeVar("T")

SECONDS = 30
GENERATION = "frame-generation"

#: Of each key: the generation, until when, and the value.
_at_hand: dict[str, tuple[int, float, Any]] = {}


def remembered(key: str, make: Callable[[], T]) -> T:
    """The value of `make()`, at most half a minute old; it must be picklable."""
    full = f"frame-{generation()}-{key}"
    found: T | None = cache.get(full)
    if found is None:
        found = make()
        cache.set(full, found, SECONDS)
    return found


def at_hand(key: str, make: Callable[[], T]) -> T:
    """The same for what is asked for a thousand times in a row: the very value, which nobody may change."""
    now, present = time.monotonic(), generation()
    held = _at_hand.get(key)
    if held is None or held[0] != present or held[1] < now:
        held = _at_hand[key] = (present, now + SECONDS, make())
    found: T = held[2]
    return found


def generation() -> int:
    """Another number after each change. The first is drawn: a cache that was emptied begins with none of before."""
    # Asked for by itself first, because get_or_set asks three times.
    found: int | None = cache.get(GENERATION) or cache.get_or_set(
        GENERATION,
        lambda: random.getrandbits(48),  # nosec B311
        None,
    )
    return found or 0


def forget(**_signal: Any) -> None:
    """Everything remembered is asked for anew."""
    try:
        cache.incr(GENERATION)
    except ValueError:
        generation()


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
