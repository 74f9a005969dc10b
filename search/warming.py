"""Readying a web process for its first question: dictionary, vectors, vocabulary and the encoder take seconds to load."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import connections

from search import kinds
from search.faceted import faceted

logger = logging.getLogger(__name__)

#: No dictionary and no index holds the word, so that it is looked for among all words, and in meaning.
QUESTION = "rozgrzewkaxyz mieszkańców"


def begin() -> Thread:
    """Load while the first pages are served already."""
    thread = Thread(target=warm, name="search-warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Ask what the first reader would wait for. Never raises: who starts without a database finds out elsewhere."""
    try:
        for kind in kinds.registered()[:1]:
            faceted(kind.queryset(), QUESTION, page_size=1)
    except Exception:
        logger.warning("The search was not readied; the first question will be slow.", exc_info=True)
    finally:
        connections.close_all()
