"""Terms as the reader reads them, whatever language they were chosen in."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from home.listing import Choice, Filter, Option

from .models.vocabulary import Term, Voivodeship

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


def term_filter(
    name: str, label: str, model: type[Term], path: str, found: QuerySet, choice: Choice
) -> Filter:
    """The terms in use among `found`, the most frequent first, in the reader's language. Two queries at most."""
    counts = dict(
        found.order_by()
        .values_list(f"{path}__slug")
        .annotate(Count("pk", distinct=True))
        .exclude(**{path: None})
    )
    terms = in_readers_language(model._default_manager.filter(slug__in=counts, locale__language_code="pl"))
    options = [
        Option(
            term.slug,
            term.name,
            counts[term.slug],
            term.slug in choice[name],
            choice.toggled(name, term.slug),
        )
        for term in terms
    ]
    return Filter(name, label, sorted(options, key=lambda option: (-option.count, option.label)))


def voivodeship_filter(name: str, label: str, path: str, found: QuerySet, choice: Choice) -> Filter:
    """The voivodeships in use among `found`, in their own order; `path` leads to the field. One query."""
    rows = found.order_by().exclude(**{path: None}).values_list(path).annotate(Count("pk", distinct=True))
    options = [
        Option(slug, str(Voivodeship(slug).label), count, slug in choice[name], choice.toggled(name, slug))
        for slug, count in rows
    ]
    return Filter(name, label, sorted(options, key=lambda option: option.value))
