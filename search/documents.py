"""What the index holds of an object: the same keys for every engine.

A document is a bag of keys in four classes of weight and one class that carries none. The first letter of a key says
what it is, so that one stream of keys serves every question:

    =łódź            an exact key: a lemma with its diacritics
    lodz             a folded key: a folded lemma, or the folded word as it stands
    panel+obywatel   a pair: folded keys of two neighbours in their order (phrases, closeness)
    title.lodz       a folded key of one SearchField (questions limited to `fields`)
    ^lodz            a folded key of an AutocompleteField; ^title.lodz of a named one
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from math import log
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.html import strip_tags
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField
from wagtail.models import Page

from search import rules
from search.analysis import tokens

#: (class, smallest boost of a SearchField that belongs to it, weight of a match there)
CLASSES = (("a", 6.0, 8.0), ("b", 3.0, 3.0), ("c", 2.0, 1.5), ("d", 0.0, 1.0))
WEIGHTS = {name: weight for name, _boost, weight in CLASSES}
#: Keys that only say yes or no: those of single fields and of autocomplete.
UNWEIGHTED = "x"
MAX_KEY = 100
MAX_COUNT = 20
MAX_VALUE = 200
#: A text of this many words is neither damped nor lifted.
TYPICAL_LENGTH = 60


@dataclass(slots=True)
class Document:
    keys: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in (*WEIGHTS, UNWEIGHTED)}
    )
    length: int = 0

    def add(self, texts: list[str], name: str, boost: float) -> None:
        # Gathered in lists first: a document of a hundred words has a thousand keys, and a Counter counts a list fast.
        bag: list[str] = []
        extra: list[str] = []
        for text in texts:
            found = [tokens.keys(word[0]) for word in tokens.words(text)]
            self.length += len(found)
            for exact, folded, _stop in found:
                bag += plain_keys(exact, folded)
                extra += field_keys(name, folded)
            for (_exact, one, _stop), (_exact2, next_, _stop2) in pairwise(found):
                bag += pair_keys(one, next_)
        self.keys[weight_class(boost)].update(bag)
        self.keys[UNWEIGHTED].update(extra)

    def add_autocomplete(self, texts: list[str], name: str) -> None:
        extra = self.keys[UNWEIGHTED]
        for text in texts:
            for word in tokens.words(text):
                for key in tokens.keys(word[0])[1]:
                    extra.update((f"^{key}"[:MAX_KEY], f"^{name}.{key}"[:MAX_KEY]))

    @property
    def norm(self) -> float:
        return round(max(0.7, 1 + 0.25 * log(max(self.length, 1) / TYPICAL_LENGTH)), 3)

    def words(self) -> set[str]:
        """Folded keys: what a misspelt word is compared with."""
        plain = {key for name in WEIGHTS for key in self.keys[name] if key[0] != "=" and "+" not in key}
        return plain | {key[1:] for key in self.keys[UNWEIGHTED] if key[0] == "^" and "." not in key}

    def text(self, name: str) -> str:
        """One class of keys as space-joined text, a repeated key repeated."""
        bag = self.keys[name]
        if bag and max(bag.values()) > MAX_COUNT:
            bag = Counter({key: min(count, MAX_COUNT) for key, count in bag.items()})
        return " ".join(bag.elements())

    def digest(self, *more: object) -> str:
        """Sixteen letters that differ where the keys, or anything in `more`, do."""
        parts = [repr((self.length, *more)), *(repr(sorted(bag.items())) for bag in self.keys.values())]
        return blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def weight_class(boost: float | None) -> str:
    return next(name for name, least, _weight in CLASSES if (boost or 1.0) >= least)


@lru_cache(maxsize=16_384)
def plain_keys(exact: tuple[str, ...], folded: tuple[str, ...]) -> tuple[str, ...]:
    """The exact and the folded keys of a word."""
    return (*(f"={key}"[:MAX_KEY] for key in exact), *(key[:MAX_KEY] for key in folded))


@lru_cache(maxsize=16_384)
def field_keys(name: str, folded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}.{key}"[:MAX_KEY] for key in folded)


def pair_keys(one: Sequence[str], next_: Sequence[str]) -> list[str]:
    """Keys of two neighbouring words from their folded keys: every reading of the first with every one of the second.

    At most four readings of each; the word as it stands comes last among them and is left to its lemmas.
    """
    return [f"{a}+{b}"[:MAX_KEY] for a in one[:4] for b in next_[:4]]


def kind_of(model: type[models.Model]) -> str:
    """The kind an object is indexed under: all page types are one kind, every other model its own."""
    return str(get_model_root(model)._meta.label_lower)


def document(obj: models.Model) -> Document:
    """The keys of an Indexed object."""
    rules.refresh()
    made = Document()
    for entry, texts in _fields(obj, obj.get_search_fields()):  # type: ignore[attr-defined]
        if isinstance(entry, SearchField):
            made.add(texts, entry.field_name, entry.boost or 1.0)
        else:
            made.add_autocomplete(texts, entry.field_name)
    return made


def _fields(obj: models.Model, search_fields: list[Any]) -> Iterator[tuple[Any, list[str]]]:
    for entry in search_fields:
        if isinstance(entry, SearchField | AutocompleteField):
            texts = [text for text in texts_of(entry.get_value(obj)) if text.strip()]
            if texts:
                yield entry, texts
        elif isinstance(entry, RelatedFields):
            related = entry.get_value(obj)
            if callable(related) and not isinstance(related, models.Manager):
                related = related()
            if related is None:
                continue
            for other in (
                related.all() if isinstance(related, models.Manager | models.QuerySet) else [related]
            ):
                yield from _fields(other, entry.fields)


def texts_of(value: Any) -> list[str]:
    """The texts inside a field's value, markup left out."""
    if value is None:
        return []
    if isinstance(value, str):
        return [strip_tags(value) if "<" in value else value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [text for item in value for text in texts_of(item)]
    return [force_str(value)]


def filter_values(obj: models.Model) -> dict[str, list[str]]:
    """Values of the FilterFields that can be facets: texts, truths, and lists of texts.

    Wagtail's own fields of every page (path, depth, …) are no facets.
    """
    found: dict[str, list[str]] = {}
    for entry in facet_fields(type(obj)):
        value = entry.get_value(obj)
        values = value if isinstance(value, list | tuple | set) else [value]
        texts = dict.fromkeys(facet_text(item) for item in values if isinstance(item, str | bool))
        kept = [text for text in texts if text and len(text) <= MAX_VALUE]
        if kept:
            found[entry.field_name] = kept
    return found


@cache
def facet_fields(model: Any) -> list[FilterField]:
    return [
        entry
        for entry in model.get_search_fields()
        if isinstance(entry, FilterField) and entry.get_definition_model(model) is not Page
    ]


def facet_text(value: str | bool) -> str:
    """A facet value as it stands in addresses: truths are "true" and "false"."""
    return str(value).lower() if isinstance(value, bool) else str(value)
