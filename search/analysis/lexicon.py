"""Words that the dictionary lacks: their forms and the keys that stand for them.

A `Lexicon` is an immutable snapshot, held by the process as the thesaurus is. Without one the entries stand that an
installation begins with (data/lexicon.txt).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os.path import commonprefix
from pathlib import Path

MAX_FORMS = 80  # of one entry
LONG_ENOUGH = 5  # letters: the suffix rules say something of a word


@dataclass(frozen=True, slots=True)
class Entry:
    """A base form with its forms. `like`: a word of the dictionary whose inflection it shares."""

    base: str
    forms: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Lower-case forms and their keys. Compared by identity, so that answers can be cached under it."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Lexicon:
        """An unknown base form becomes a key of its own, beside the stems by which forms left out still meet."""
        from . import lemmas
        from .suffixes import stems
        from .tokens import fold

        found: dict[str, tuple[str, ...]] = {}
        plain: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            base = spelled(entry.base)
            if not base:
                continue
            made = lemmas.known(base) or (base, *(stems(base) if len(base) >= LONG_ENOUGH else ()))
            for form in forms_of(entry):
                found[form] = tuple(dict.fromkeys((*found.get(form, ()), *made)))
                if fold(form) != form and not lemmas.known(fold(form)):
                    plain[fold(form)] = found[form]
        return cls({**plain, **found})


def spelled(word: str) -> str:
    """As the analysis asks for words: lower case, letters and digits only."""
    from .tokens import normal

    return normal(word.strip())


def forms_of(entry: Entry) -> tuple[str, ...]:
    """Every form of an entry, the base form first."""
    base = spelled(entry.base)
    listed = [spelled(form) for form in entry.forms]
    return tuple(dict.fromkeys(form for form in (base, *listed, *inflected(base, entry.like)) if form))[
        :MAX_FORMS
    ]


def inflected(base: str, like: str) -> tuple[str, ...]:
    """Forms of `base` after the pattern of a known word; none when the pattern does not fit."""
    from . import lemmas

    like = spelled(like)
    if not like or not lemmas.known(like):
        return ()
    forms = [form for form in lemmas.generate(like) if not form.startswith(("naj", "nie"))]
    stem = commonprefix(forms)
    ending = like[len(stem) :]
    if len(forms) < 2 or len(stem) < 2 or not base.endswith(ending) or len(base) <= len(ending) + 1:
        return ()
    own = base.removesuffix(ending)
    return tuple(own + form.removeprefix(stem) for form in forms)


def read(text: str) -> Iterator[Entry]:
    """Entries of the seed file: ``base ~ like: form form``; the pattern and the forms may be left out."""
    for line in text.splitlines():
        line = line.partition("#")[0]
        if line.strip():
            head, _colon, forms = line.partition(":")
            base, _tilde, like = head.partition("~")
            yield Entry(base.strip(), tuple(forms.split()), like.strip())


def seed() -> tuple[Entry, ...]:
    path = Path(__file__).parent / "data" / "lexicon.txt"
    return tuple(read(path.read_text(encoding="utf-8")))


_held: Lexicon | None = None


def current() -> Lexicon:
    global _held
    if _held is None:
        _held = Lexicon.of(seed())
    return _held


def hold(lexicon: Lexicon | None) -> None:
    """From now on this process analyzes with it; None brings the seed back."""
    global _held
    _held = lexicon


def has(word: str) -> bool:
    """Whether a lower-case word is a form that stands here."""
    return word in current().keys
