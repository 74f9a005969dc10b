"""Terms as the reader reads them, whatever language they were chosen in."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import CharField, Count, QuerySet, Value
from django.utils.translation import get_language

from home.frame import at_hand
from home.listing import Choice, Filter, filter_of, labelled
from home.querysets import SOURCE_LANGUAGE

from .models.vocabulary import Audience, Method, Term, Topic, Voivodeship

# By the name in the address.
TERMS: dict[str, type[Method] | type[Topic] | type[Audience]] = {
    "metoda": Method,
    "temat": Topic,
    "grupa": Audience,
}

TermT = TypeVar("TermT", bound=Term)


def in_readers_language(terms: Iterable[TermT]) -> list[TermT]:
    """The same terms in the reader's language where a translation exists; one query at most, none in Polish."""
    chosen = list(terms)
    language = get_language()
    if not chosen or language == "pl":
        return chosen
    translated = {
        term.translation_key: term
        for term in type(chosen[0])._default_manager.filter(
            translation_key__in=[term.translation_key for term in chosen], locale__language_code=language
        )
    }
    return [translated.get(term.translation_key, term) for term in chosen]


def term_names(model: type[Term]) -> dict[str, str]:
    """Slug → name of every term in the reader's language; not to be changed."""
    return vocabulary()[model].names


def explanations(model: type[Term]) -> dict[str, tuple[str, str]]:
    """Slug → the first sentence of what a term means, and the language of that where it is not the reader's; not to be
    changed."""
    return vocabulary()[model].explanations


@dataclass(frozen=True, slots=True)
class Vocabulary:
    names: dict[str, str] = field(default_factory=dict)
    explanations: dict[str, tuple[str, str]] = field(default_factory=dict)


def vocabulary() -> dict[type[Term], Vocabulary]:
    """What all terms are called in the reader's language, and what they mean; at hand. One query for all models."""
    language = get_language() or SOURCE_LANGUAGE

    def find() -> dict[type[Term], Vocabulary]:
        found: dict[type[Term], Vocabulary] = {model: Vocabulary() for model in TERMS.values()}
        first, *others = (
            model._default_manager.filter(locale__language_code__in=[SOURCE_LANGUAGE, language])
            .order_by()
            .values_list(Value(facet, CharField()), "slug", "name", "description", "locale__language_code")
            for facet, model in TERMS.items()
        )
        # What is told in the reader's language comes over the Polish.
        for facet, slug, name, text, code in sorted(
            first.union(*others, all=True), key=lambda row: (row[4] != SOURCE_LANGUAGE, *row[:2])
        ):
            told = found[TERMS[str(facet)]]
            told.names[slug] = name
            if text:
                told.explanations[slug] = (first_sentence(text), "" if code == language else str(code))
        return found

    return at_hand(f"vocabulary-{language}", find)


def first_sentence(text: str) -> str:
    """Up to the first full stop behind which another sentence begins."""
    return re.split(r"(?<=[.!?…])\s+(?=[^\Wa-ząćęłńóśźż])", " ".join(text.split()), maxsplit=1)[0]


def terms_of(people: Collection[Any]) -> dict[Any, list[tuple[str, str]]]:
    """Name in the address and slug of every term of `people` (keys of source rows). One query."""
    theirs: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    if people:
        first, *others = (
            TERMS[facet]
            ._default_manager.filter(practitioners__in=people)
            .order_by()
            .values_list("practitioners", Value(facet, CharField()), "slug")
            for facet in TERMS
        )
        order = list(TERMS)
        rows = sorted(
            first.union(*others, all=True), key=lambda row: (row[0], order.index(str(row[1])), row[2])
        )
        for person, facet, slug in rows:
            theirs[person].append((facet, slug))
    return theirs


def term_filter(
    name: str, label: str, model: type[Term], path: str, found: QuerySet, choice: Choice
) -> Filter:
    """The terms in use among `found`, the most frequent first, in the reader's language. One query."""
    counts = (
        found.order_by()
        .values_list(f"{path}__slug")
        .annotate(Count("pk", distinct=True))
        .exclude(**{path: None})
    )
    return filter_of(name, label, counts, term_names(model), choice)


def voivodeship_filter(name: str, label: str, path: str, found: QuerySet, choice: Choice) -> Filter:
    """The voivodeships in use among `found`, in their own order; `path` leads to the field. One query."""
    counts = found.order_by().exclude(**{path: None}).values_list(path).annotate(Count("pk", distinct=True))
    return filter_of(name, label, counts, labelled(Voivodeship), choice, order=lambda option: option.value)
