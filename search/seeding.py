"""What an installation's thesaurus and lexicon begin with. Run again, it adds what is new and touches nothing else.

Takes the models, so that migrations can give their own. A seed that was given out once never comes back, whatever
editors made of it: changed, switched off or deleted.
"""

from __future__ import annotations

from typing import Any

from search.analysis import lexicon, thesaurus


def seed(group_model: Any, entry_model: Any, stamp_model: Any) -> int:
    """How many rows were added."""
    state, _made = stamp_model.objects.get_or_create(pk=1)
    given = set(state.given)
    languages = thesaurus.seed()
    groups = {group_key(group): group for group in languages}
    entries = {f"word {entry.base}": entry for entry in lexicon.seed()}
    fresh = [group for key, group in groups.items() if key not in given]
    group_model.objects.bulk_create(
        [
            group_model(
                kind=group.kind.value,
                terms="\n".join(group.terms),
                answers="\n".join(group.answers),
                language=languages[group],
                origin="seed",
            )
            for group in fresh
        ]
    )
    held = set(entry_model.objects.values_list("base", flat=True))
    words = [entry for key, entry in entries.items() if key not in given and entry.base not in held]
    entry_model.objects.bulk_create(
        [
            entry_model(base=entry.base, like=entry.like, forms=" ".join(entry.forms), origin="seed")
            for entry in words
        ]
    )
    state.given = sorted(given | groups.keys() | entries.keys())
    state.stamp = state.stamp or "seed"
    state.save()
    return len(fresh) + len(words)


def group_key(group: thesaurus.Group) -> str:
    return f"{group.kind.value} {' = '.join(group.terms)} > {' = '.join(group.answers)}"
