"""The vectors of a kind in memory: one matrix a database, kind and process, brought up to date by version.

A change costs what changed; the whole is read once a process. Readers never wait for it to be read anew: they compute on
what was there when they looked.
"""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connections

from search.models import Vector
from search.stamps import VectorStamp

from .encoder import DIMENSIONS
from .store import unpacked

if TYPE_CHECKING:
    from .encoder import Vectors

logger = logging.getLogger(__name__)

#: Rows that a process holds of one kind, 2 kB each. A larger base needs an Elasticsearch to search by meaning.
MAX_ROWS = 120_000
_CHUNK = 2000


class Matrix:
    def __init__(self, alias: str, kind: str) -> None:
        self.alias, self.kind = alias, kind
        self._lock = Lock()
        self._empty()

    def _empty(self) -> None:
        import numpy

        self._state: VectorStamp = (None, 0, 0)
        self._rows = numpy.zeros((0, DIMENSIONS), dtype=numpy.float32)
        self._keys: list[str] = []
        self._places: dict[str, int] = {}
        self._free: list[int] = []

    def __len__(self) -> int:
        return len(self._places)

    def nearest(
        self, vector: Vectors, most: int, floor: float, stamp: VectorStamp | None
    ) -> list[tuple[str, float]]:
        """Keys of the objects nearest to a unit vector with their cosine, nearest first; those below `floor` left out.

        `stamp` is how far the database has come; no statement where this process has come as far.
        """
        with self._lock:
            self._catch_up(stamp)
            rows, keys = self._rows[: len(self._keys)], self._keys
        return ranked(rows, keys, vector, most, floor) if len(rows) else []

    def like(self, key: str, most: int, floor: float, stamp: VectorStamp | None) -> list[tuple[str, float]]:
        """The same of what is nearest to the vector of an object, itself included; [] where it has none."""
        with self._lock:
            self._catch_up(stamp)
            rows, keys, place = self._rows[: len(self._keys)], self._keys, self._places.get(key)
        return [] if place is None else ranked(rows, keys, rows[place].copy(), most, floor)

    def _catch_up(self, stamp: VectorStamp | None) -> None:
        if stamp is None:
            self._empty()
            return
        epoch, version, erased_at = stamp
        known, held, _erased = self._state
        if (epoch, version) == (known, held):
            return
        if epoch != known or version < held:
            self._empty()
            held = 0
        vectors = Vector.objects.using(self.alias).filter(kind=self.kind)
        if held and erased_at > held:
            self._drop(set(self._places) - set(vectors.values_list("object_id", flat=True).iterator()))
        fresh = vectors.filter(version__gt=held, version__lte=version).values_list("object_id", "data")
        if not held:
            self._reserve(min(fresh.count(), MAX_ROWS))
        for key, data in fresh.iterator(chunk_size=_CHUNK):
            self._put(key, unpacked(data))
        self._state = (epoch, version, erased_at)

    def _put(self, key: str, vector: Vectors) -> None:
        place = self._places.get(key)
        if place is None:
            if len(self._places) >= MAX_ROWS:
                return
            if self._free:
                place = self._free.pop()
                self._keys[place] = key
            else:
                place = len(self._keys)
                self._reserve(place + 1)
                self._keys.append(key)
            self._places[key] = place
        self._rows[place] = vector

    def _drop(self, keys: set[str]) -> None:
        for key in keys:
            place = self._places.pop(key)
            self._rows[place] = 0.0
            self._free.append(place)

    def _reserve(self, count: int) -> None:
        """Room for so many rows; what readers hold stays as it was."""
        import numpy

        if count > len(self._rows):
            grown = numpy.zeros((max(count, len(self._rows) * 5 // 4, 64), DIMENSIONS), dtype=numpy.float32)
            grown[: len(self._rows)] = self._rows
            self._rows = grown


def ranked(
    rows: Vectors, keys: list[str], vector: Vectors, most: int, floor: float
) -> list[tuple[str, float]]:
    import numpy

    likeness = rows @ vector
    near = numpy.flatnonzero(likeness >= floor)
    if len(near) > most:
        near = near[numpy.argpartition(likeness[near], -most)[-most:]]
    found = [(keys[place], float(likeness[place])) for place in near]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


_held: dict[tuple[str, str, str], Matrix] = {}
_lock = Lock()


def matrix(alias: str, kind: str) -> Matrix:
    """The process's one matrix of a kind in a database."""
    key = (alias, str(connections[alias].settings_dict["NAME"]), kind)
    with _lock:
        if key not in _held:
            _held[key] = Matrix(alias, kind)
        return _held[key]


def reset() -> None:
    """Forget everything held; the next question reads it again."""
    with _lock:
        _held.clear()
