"""What a change of the thesaurus does to the answers of the questions that people ask most. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from search import kinds, query_log
from search.analysis import parse
from search.analysis.thesaurus import Group, Thesaurus, trying
from search.faceted import Results, faceted

TOP = 30
OWN = 8
DEEP = 100
SHOWN = 10
#: Asked where nobody has asked anything yet.
USUAL = (
    "panel obywatelski", "budżet obywatelski", "konsultacje społeczne", "mediacje", "facylitacja", "młodzież",
    "seniorzy", "rewitalizacja", "klimat", "dostępność", "partycypacja", "organizacje pozarządowe",
    "kto poprowadzi warsztaty", "fundusz sołecki", "participatory budgeting", "citizens assembly",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moved:
    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """One question before and after: totals, and within the first `DEEP` who comes, who goes, who moves."""

    text: str
    before: int
    after: int
    enters: list[str]
    leaves: list[str]
    moved: list[Moved]

    @property
    def same(self) -> bool:
        return self.before == self.after and not (self.enters or self.leaves or self.moved)


@dataclass(frozen=True, slots=True)
class Preview:
    changes: list[Change]
    untouched: int
    label: Any


def preview(before: Thesaurus, after: Thesaurus, groups: Iterable[Group]) -> Preview:
    """`groups`: the one that is edited, as it was and as it would be; its own terms are asked too."""
    own = [term for group in groups for term in (*group.terms, *group.answers)]
    asked = query_log.top(TOP) or list(USUAL)
    kind = kinds.registered()[0]
    touched = [text for text in dict.fromkeys([*own[:OWN], *asked]) if differs(text, before, after)]
    changes = []
    for text in touched:
        with trying(before):
            old = faceted(kind.queryset(), text, page_size=DEEP)
        with trying(after):
            new = faceted(kind.queryset(), text, page_size=DEEP)
        changes.append(compared(text, old, new))
    return Preview(changes, len(set(asked) - set(touched)), kind.label or _("Wyniki"))


def differs(text: str, before: Thesaurus, after: Thesaurus) -> bool:
    with trying(before):
        old = parse(text).alternatives
    with trying(after):
        return parse(text).alternatives != old


def compared(text: str, before: Results, after: Results) -> Change:
    old = {hit.object.pk: place for place, hit in enumerate(before.hits, 1)}
    new = {hit.object.pk: place for place, hit in enumerate(after.hits, 1)}
    titles = {hit.object.pk: str(hit.object.card().title) for hit in (*before.hits, *after.hits)}
    moved = [
        Moved(titles[key], old[key], place)
        for key, place in new.items()
        if key in old and old[key] != place and min(place, old[key]) <= SHOWN
    ]
    return Change(
        text,
        before.total,
        after.total,
        [titles[key] for key in new if key not in old],
        [titles[key] for key in old if key not in new],
        moved,
    )
