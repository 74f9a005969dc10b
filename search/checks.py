"""What `manage.py check` says of the search."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from search.analysis import problem


@register(Tags.compatibility)
def dictionary_present(**_options: Any) -> list[CheckMessage]:
    """search.W001: without Morfeusz a stemmer stands in and many inflected forms are missed."""
    told = problem()
    return [Warning(told, id="search.W001")] if told else []
