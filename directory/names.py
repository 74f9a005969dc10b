"""People's names in the order of a Polish list."""

import unicodedata

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
