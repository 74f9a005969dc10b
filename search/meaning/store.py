"""The stored vectors: written where a text has changed, read by engines and by the matrix in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Model
from modelsearch.index import SearchField

from search.documents import kind_of, texts_of
from search.meaning import encoder, kinds, on, takes_part
from search.models import Vector, VectorState

if TYPE_CHECKING:
    from search.meaning.encoder import Vectors

#: Texts that are encoded and written at a time.
BATCH = 200
_TYPE = "<f2"


def text_of(obj: Model) -> str:
    """What is read of an object for its meaning: a line a passage, of the fields it names, a sentence each."""
    fields = {one.field_name: one for one in obj.get_search_fields() if isinstance(one, SearchField)}  # type: ignore[attr-defined]
    passages = []
    for names in getattr(obj, "search_meaning", ()):
        texts: list[str] = []
        for name in names:
            value = fields[name].get_value(obj) if name in fields else getattr(obj, name)
            texts += texts_of(value() if callable(value) else value)
        parts = [" ".join(text.split()) for text in texts if text.strip()]
        passages.append(" ".join(part if part[-1] in ".!?…" else f"{part}." for part in parts))
    return "\n".join(passage for passage in passages if passage)


def digest(text: str) -> str:
    return sha256(f"{encoder.VERSION}\n{text}".encode()).hexdigest()


def refresh(alias: str, objs: Sequence[Model]) -> list[Model]:
    """Compute the vectors of objects whose text has changed; returns those. Two statements and four a batch changed.

    Does nothing while meaning is off, and for models that take no part in it.
    """
    from search.backends.database.index import object_id

    changed: list[Model] = []
    if not on():
        return changed
    for kind in dict.fromkeys(kind_of(type(obj)) for obj in objs if takes_part(type(obj))):
        wanted = {
            object_id(obj, alias): (obj, text_of(obj))
            for obj in objs
            if takes_part(type(obj)) and kind_of(type(obj)) == kind
        }
        held = dict(
            Vector.objects.using(alias)
            .filter(kind=kind, object_id__in=list(wanted))
            .values_list("object_id", "digest")
        )
        forget(alias, kind, [key for key, (_obj, text) in wanted.items() if not text and key in held])
        due = [key for key, (_obj, text) in wanted.items() if text and held.get(key) != digest(text)]
        for start in range(0, len(due), BATCH):
            part = due[start : start + BATCH]
            write(alias, kind, {key: wanted[key][1] for key in part})
            changed += [wanted[key][0] for key in part]
    return changed


def write(alias: str, kind: str, texts: dict[str, str]) -> None:
    vectors = encoder.encode_passages([text.split("\n") for text in texts.values()]).astype(_TYPE)
    with transaction.atomic(using=alias):
        version = next_version(alias, kind)
        Vector.objects.using(alias).bulk_create(
            [
                Vector(kind=kind, object_id=key, digest=digest(text), data=vector.tobytes(), version=version)
                for (key, text), vector in zip(texts.items(), vectors, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["digest", "data", "version"],
        )


def forget(alias: str, kind: str, keys: Collection[str]) -> None:
    """Delete the vectors of objects that are gone or say nothing."""
    rows = Vector.objects.using(alias).filter(kind=kind, object_id__in=list(keys))
    if not keys or not rows.exists():
        return
    with transaction.atomic(using=alias):
        version = next_version(alias, kind)
        rows.delete()
        VectorState.objects.using(alias).filter(kind=kind).update(erased_at=version)


def next_version(alias: str, kind: str) -> int:
    """The version of a write, whose transaction holds the kind's row from here on."""
    rows = VectorState.objects.using(alias).filter(kind=kind)
    if not rows.update(version=F("version") + 1):
        VectorState.objects.using(alias).bulk_create([VectorState(kind=kind)], ignore_conflicts=True)
        rows.update(version=F("version") + 1)
    return int(rows.values_list("version", flat=True).get())


def vectors_of(alias: str, kind: str, keys: Iterable[str]) -> dict[str, list[float]]:
    """The stored vectors of objects, as an outside engine takes them. One statement."""
    if not on() or kind not in kinds():
        return {}
    rows = Vector.objects.using(alias).filter(kind=kind, object_id__in=list(keys))
    # Nine digits are all that a float has: those of its double would only be written and read.
    found = rows.values_list("object_id", "data")
    return {key: unpacked(data).astype(float).round(9).tolist() for key, data in found}


def unpacked(data: Any) -> Vectors:
    """A stored vector, of length one again."""
    import numpy

    vector = numpy.frombuffer(bytes(data), dtype=_TYPE).astype(numpy.float32)
    return vector / numpy.linalg.norm(vector)
