"""What is suggested while somebody types. Each app registers its own groups in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import beginnings, typed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

IN_GROUP = 4
SHORTEST = 2
#: Seconds for which an answer is kept.
KEPT = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`detail` tells namesakes apart; `lang` is the language of the text where it is not the reader's."""

    text: str
    url: str
    detail: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """`find` takes the folded words typed and how many are wanted, and gives only what the reader may see."""

    name: str
    label: StrPromise
    find: Callable[[Sequence[str], int], list[Suggestion]]
    order: int


_registered: dict[str, Source] = {}


def register(
    name: str, label: StrPromise, find: Callable[[Sequence[str], int], list[Suggestion]], *, order: int = 100
) -> None:
    _registered[name] = Source(name, label, find, order)


def suggest(text: str) -> list[dict[str, Any]]:
    """Groups that have something to suggest, in their order; kept for a moment."""
    words = beginnings.words(typed.question(text))
    if len("".join(words)) < SHORTEST:
        return []
    key = f"suggest-{get_language()}-{sha256(' '.join(words).encode()).hexdigest()[:24]}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        groups = (
            (source, source.find(words, IN_GROUP))
            for source in sorted(_registered.values(), key=lambda source: source.order)
        )
        found = [
            {"name": source.name, "label": str(source.label), "items": [asdict(item) for item in items]}
            for source, items in groups
            if items
        ]
        cache.set(key, found, KEPT)
    return found


@require_safe
def view(request: HttpRequest) -> JsonResponse:
    response = JsonResponse({"groups": suggest(request.GET.get("q", ""))})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
