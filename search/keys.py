"""What an index says of an object: the same keys for every engine, made of its texts alone.

A document is a bag of keys in four classes of weight and one class that carries none. The first letter of a key says
what it is, so that one stream of keys serves every question:

    =łódź            an exact key: a lemma with its diacritics
    lodz             a folded key: a folded lemma, or the folded word as it stands
    panel+obywatel   a pair: folded keys of two neighbours in their order (phrases, closeness)
    title.lodz       a folded key of one SearchField (questions limited to `fields`)
    ^lodz            a folded key of an AutocompleteField; ^title.lodz of a named one

Neither a model nor a setting is asked for here: this runs in processes that know nothing of the site (analysing.py).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from math import ceil, log
from typing import Any, NamedTuple

from search.analysis import lexicon, tokens
from search.analysis.lexicon import Lexicon

#: (class, smallest boost of a SearchField that belongs to it, weight of a match there)
CLASSES = (("a", 6.0, 8.0), ("b", 3.0, 3.0), ("c", 2.0, 1.5), ("d", 0.0, 1.0))
WEIGHTS = {name: weight for name, _boost, weight in CLASSES}
#: Keys that only say yes or no: those of single fields and of autocomplete.
UNWEIGHTED = "x"
MAX_KEY = 100
#: Stands behind every letter: what begins with a key lies between it and it with this.
LAST = "\U0010ffff"
MAX_COUNT = 20
#: A text of this many words is neither damped nor lifted.
TYPICAL_LENGTH = 60


class Part(NamedTuple):
    """The texts of one field. `boost` is None for an AutocompleteField."""

    name: str
    boost: float | None
    texts: list[str]


class Body(NamedTuple):
    """What a document of Elasticsearch is made of: texts to analyse, and what stands in it beside their keys.

    `told` goes into the digest with the keys.
    """

    parts: list[Part]
    told: tuple[Any, ...]
    rest: dict[str, Any]


@dataclass(slots=True)
class Document:
    #: Keys by class in the order of the text, a repeated key repeated. A document of a hundred words has a thousand.
    keys: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in (*WEIGHTS, UNWEIGHTED)})
    length: int = 0

    def add(self, texts: Sequence[str], name: str, boost: float) -> None:
        bag, extra = self.keys[weight_class(boost)], self.keys[UNWEIGHTED]
        under = lexicon.current()
        for text in texts:
            found = [plain_keys(word, under) for word in tokens.surfaces(text)]
            self.length += len(found)
            for plain, folded in found:
                bag += plain
                extra += field_keys(name, folded)
            for (_plain, one), (_plain2, next_) in pairwise(found):
                bag += remembered_pairs(one, next_)

    def add_autocomplete(self, texts: Sequence[str], name: str) -> None:
        extra = self.keys[UNWEIGHTED]
        for text in texts:
            for word in tokens.surfaces(text):
                extra += beginning_keys(name, tokens.keys(word)[1])

    @property
    def norm(self) -> float:
        return round(max(0.7, 1 + 0.25 * log(max(self.length, 1) / TYPICAL_LENGTH)), 3)

    def counts(self, name: str) -> Counter[str]:
        """The keys of a class, each as often as it counts."""
        bag = Counter(self.keys[name])
        if bag and max(bag.values()) > MAX_COUNT:
            bag = Counter({key: min(count, MAX_COUNT) for key, count in bag.items()})
        return bag

    def words(self) -> set[str]:
        """Folded keys: what a misspelt word is compared with."""
        plain = {key for name in WEIGHTS for key in self.keys[name] if key[0] != "=" and "+" not in key}
        return plain | {key[1:] for key in self.keys[UNWEIGHTED] if key[0] == "^" and "." not in key}

    def bounded(self, name: str) -> list[str]:
        """The same as a list, a repeated key repeated."""
        bag = self.keys[name]
        # Counting takes as long as joining: only where enough keys are repeated for one to count too often.
        often = len(bag) - len(set(bag)) >= MAX_COUNT
        return [*self.counts(name).elements()] if often else bag

    def text(self, name: str) -> str:
        """One class of keys as space-joined text."""
        return " ".join(self.bounded(name))

    def weighed(self) -> str:
        """Every weighted key as often as its occurrences weigh, rounded up: a server of plain text counts no other way."""
        texts: list[str] = []
        for name, weight in WEIGHTS.items():
            if bag := self.bounded(name):
                whole = int(weight)
                texts += bag * whole
                if part := weight - whole:
                    often = Counter(bag)
                    texts += often
                    texts += [
                        key
                        for key, number in often.items()
                        if number > 1
                        for _ in range(ceil(number * part) - 1)
                    ]
        return " ".join(texts)

    def unweighed(self) -> str:
        """Every key that carries no weight once."""
        return " ".join(dict.fromkeys(self.keys[UNWEIGHTED]))

    def digest(self, *more: object) -> str:
        """Differs where the keys, or anything in `more`, do."""
        return digest((self.length, *more), (" ".join(bag) for bag in self.keys.values()))


def digest(told: object, texts: Iterable[str]) -> str:
    """Sixteen letters that differ where something does. No key has a space or a line's end in it."""
    return blake2b("\n".join([repr(told), *texts]).encode("utf-8", "replace"), digest_size=8).hexdigest()


def weight_class(boost: float | None) -> str:
    return next(name for name, least, _weight in CLASSES if (boost or 1.0) >= least)


@lru_cache(maxsize=65_536)
def plain_keys(surface: str, _under: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exact and folded keys of a word as an index has them, and its folded keys alone."""
    exact, folded, _stop = tokens.keys(surface)
    return (*(f"={key}"[:MAX_KEY] for key in exact), *(key[:MAX_KEY] for key in folded)), folded


@lru_cache(maxsize=65_536)
def field_keys(name: str, folded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}.{key}"[:MAX_KEY] for key in folded)


@lru_cache(maxsize=65_536)
def beginning_keys(name: str, folded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(made[:MAX_KEY] for key in folded for made in (f"^{key}", f"^{name}.{key}"))


def pair_keys(one: Sequence[str], next_: Sequence[str]) -> tuple[str, ...]:
    """Keys of two neighbouring words from their folded keys: every reading of the first with every one of the second.

    At most four readings of each; the word as it stands comes last among them and is left to its lemmas.
    """
    return tuple([f"{a}+{b}"[:MAX_KEY] for a in one[:4] for b in next_[:4]])


#: Many neighbours are neighbours again: terms and turns of phrase. About 20 MB at most.
remembered_pairs = lru_cache(maxsize=32_768)(pair_keys)


def document(parts: Sequence[Part]) -> Document:
    made = Document()
    for name, boost, texts in parts:
        if boost is None:
            made.add_autocomplete(texts, name)
        else:
            made.add(texts, name, boost)
    return made


def documents(batch: Sequence[Sequence[Part]]) -> list[Document]:
    return [document(parts) for parts in batch]


def source(body: Body) -> dict[str, Any]:
    """A document as Elasticsearch takes it."""
    texts = texts_of(document(body.parts))
    return {**texts, **body.rest, "h": digest(body.told, texts.values())}


def texts_of(made: Document) -> dict[str, str]:
    return {"t": made.weighed(), "k": made.unweighed()}


def bulk(batch: Sequence[Body]) -> bytes:
    """The request that puts documents in the place of what was there."""
    return b"".join(
        b'{"index":{"_id":%b}}\n%b\n' % (json.dumps(body.rest["pk"]).encode(), line(body)) for body in batch
    )


def line(body: Body) -> bytes:
    """A document as JSON."""
    return json.dumps(source(body), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
