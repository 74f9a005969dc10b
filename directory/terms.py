"""Terms as the reader reads them, whatever language they were chosen in."""

from collections.abc import Iterable
from typing import TypeVar

from django.utils.translation import get_language

from .models.vocabulary import Term

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
