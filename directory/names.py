"""People's names: in the order of a Polish list, and alike where a slip of the hand or the order of words differs."""

from __future__ import annotations

import unicodedata
from collections import Counter

from django.utils.text import slugify

#: A letter with a diacritic follows all words with its plain one.
_KEYS = {
    **{chr(code): "" for code in range(128) if not chr(code).isalnum()},
    **{letter: f"{plain}zz" for letter, plain in zip("ąćęłńóśź", "acelnosz", strict=True)},
    "ż": "zzzz",
    "-": "0",
    "–": "0",
}
_TABLE = str.maketrans(_KEYS)


#: The letters of a Polish list, with those that only foreign names begin with.
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
#: Where a name begins with none of them.
OTHER = "inne"


def initial(name: str) -> str:
    """The letter of the alphabet under which a person stands: the surname's first, without a diacritic that is no Polish one."""
    last = (name.split() or [""])[-1].lower().lstrip("-–'’„\"(")
    letter = unicodedata.normalize("NFC", last)[:1]
    if letter not in ALPHABET:
        letter = unicodedata.normalize("NFKD", letter)[:1]
    return letter if letter and letter in ALPHABET else OTHER


def sort_key(name: str) -> str:
    """Surname first, in Polish alphabetical order whatever the collation of the store.

    Only lower-case ASCII letters and digits, so that every database and engine orders it alike: a letter with a
    diacritic follows all words with its plain one ("ł" is "lzz", "ż" is "zzzz"), and "0" ends a word.
    """
    *first, last = name.split() or [""]
    return alphabetical(" ".join((last, *first)))


def alphabetical(text: str) -> str:
    """What a text is ordered by, word by word, as `sort_key` says."""
    words = "0".join(word.translate(_TABLE) for word in text.lower().split())
    return words.encode("ascii", "ignore").decode()[:200]


def plain_words(name: str) -> list[str]:
    """The words of a name in ASCII, in alphabetical order: "Nowak-Łoś Anna" and "Anna Nowak Los" have the same."""
    return sorted(slugify(name.replace("ł", "l").replace("Ł", "L")).split("-"))


def alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: diacritics, case, hyphens and the order of words apart, they differ by
    one letter at most (written wrong, left out, added, or two changed over)."""
    mine, theirs = plain_words(one), plain_words(other)
    if not any(mine) or len(mine) != len(theirs):
        return False
    mine, theirs = unshared(mine, theirs), unshared(theirs, mine)
    return not mine or (len(mine) == 1 and one_slip(mine[0], theirs[0]))


def unshared(words: list[str], others: list[str]) -> list[str]:
    return sorted((Counter(words) - Counter(others)).elements())


def one_slip(one: str, other: str) -> bool:
    """Whether one letter apart, or two neighbours changed over."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, theirs = one[start:], other[start:]
    return (
        mine[1:] == theirs[1:]
        or mine[1:] == theirs
        or mine == theirs[1:]
        or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])
    )
