"""People's names in the order of a Polish list."""

PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")


def sort_key(name: str) -> str:
    """Surname first, in Polish alphabetical order whatever the collation of the store.

    Only lower-case ASCII letters and digits, so that every database and engine orders it alike: a letter with a
    diacritic follows all words with its plain one ("ł" is "lzz", "ż" is "zzzz"), and "0" ends a word.
    """
    *first, last = name.lower().split() or [""]
    return "0".join("".join(_key(letter) for letter in word) for word in (last, *first))[:200]


def _key(letter: str) -> str:
    if letter in "ąćęłńóśź":
        return letter.translate(PLAIN) + "zz"
    if letter == "ż":
        return "zzzz"
    return letter if letter.isascii() and letter.isalnum() else "0" if letter in "-–" else ""
