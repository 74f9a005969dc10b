"""What a reader probably meant: misspelt words put right, as real words and as a whole question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from search.analysis import analyze, fold
from search.analysis.diacritics import spelling
from search.analysis.lemmas import is_place

Pairs = tuple[tuple[str, str], ...]


def shown(pairs: Iterable[tuple[str, str]], hits: Sequence[Any]) -> Pairs:
    """Pairs of a typed word and a folded word of the index, as readers know it; one a word, the first stated.

    `hits` are the objects found: names that no dictionary holds are spelled as they stand there.
    """
    first: dict[str, str] = {}
    for typed, folded in pairs:
        first.setdefault(typed, folded)
    return tuple((typed, spelled(folded, hits)) for typed, folded in first.items())


def spelled(folded: str, hits: Sequence[Any]) -> str:
    known = spelling(folded)
    if known:
        return known.capitalize() if is_place(known) else known
    for hit in hits:
        card = hit.card() if hasattr(hit, "card") else None
        for token in analyze(f"{card.title} . {card.text}" if card else str(hit)):
            if fold(token.surface) == folded:
                return token.surface
    return folded


def question(text: str, pairs: Pairs) -> str | None:
    """The whole question with its misspelt words put right; None where there is nothing to put right."""
    made = text
    for typed, meant in pairs:
        made = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _match, word=meant: word, made)
    return made if pairs and made != text else None


def verbatim(text: str, pairs: Pairs) -> str:
    """The question with those words in quotes: who asks so wants them as they are typed."""
    made = text
    for typed, _meant in pairs:
        made = re.sub(rf'(?<![\w"]){re.escape(typed)}(?![\w"])', lambda match: f'"{match[0]}"', made)
    return made
