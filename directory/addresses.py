"""Where the base stands on this site: asked once a request, so that a list of people costs one query, not one a row."""

from __future__ import annotations

from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.utils.translation import get_language

from directory.querysets import SOURCE_LANGUAGE

_request = Local()


def base_url() -> str:
    """The base's address in the reader's language, where it has a live page, else the Polish one; "" without any.

    Remembered for the length of a request and no longer: an editor may move the page, and tests have one each.
    """
    language = get_language() or SOURCE_LANGUAGE
    known: dict[str, str] | None = getattr(_request, "base_urls", None)
    if known is None:
        return _find(language)
    if language not in known:
        known[language] = _find(language)
    return known[language]


def remember(url: str | None) -> None:
    """The base's own page says where it is, so that nobody has to ask."""
    known: dict[str, str] | None = getattr(_request, "base_urls", None)
    if known is not None and url:
        known[get_language() or SOURCE_LANGUAGE] = url


def _find(language: str) -> str:
    from directory.models import DirectoryPage

    page = DirectoryPage.objects.visible(language).select_related("locale").order_by("path").first()
    return (page.get_url() or "") if page else ""


def _begin(**kwargs: Any) -> None:
    _request.base_urls = {}


def _end(**kwargs: Any) -> None:
    _request.base_urls = None


def connect() -> None:
    request_started.connect(_begin, dispatch_uid="directory.addresses.begin")
    request_finished.connect(_end, dispatch_uid="directory.addresses.end")
