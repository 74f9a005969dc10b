"""Terms as the reader reads them, whatever language they were chosen in."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Case, Count, QuerySet, When
from django.utils.translation import get_language

from home.frame import remembered
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


def term_names(model: type[Term]) -> dict[str, str]:
    """Slug → name of every term in the reader's language; remembered."""
    language = get_language()

    def find() -> dict[str, str]:
        rows = model._default_manager.filter(locale__language_code__in=["pl", language])
        names = rows.order_by(Case(When(locale__language_code="pl", then=0), default=1)).values_list(
            "slug", "name"
        )
        return dict(names)

    return remembered(f"terms-{model._meta.model_name}-{language}", find)


def term_filter(
    name: str, label: str, model: type[Term], path: str, found: QuerySet, choice: Choice
) -> Filter:
    """The terms in use among `found`, the most frequent first, in the reader's language. One query."""
    counts = dict(
        found.order_by()
        .values_list(f"{path}__slug")
        .annotate(Count("pk", distinct=True))
        .exclude(**{path: None})
    )
    names = term_names(model)
    options = [
        Option(slug, names[slug], count, slug in choice[name], choice.toggled(name, slug))
        for slug, count in counts.items()
        if slug in names
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
