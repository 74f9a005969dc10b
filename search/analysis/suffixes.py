"""Suffix rules for Polish words that no dictionary knows: rare surnames, young loanwords.

A stem is what is left when the ending of a declension is taken off and the sound changes it causes are undone
(ó/o, ą/ę, k/c, g/dz, t/ć, d/dź, r/rz, ł/l, a fleeting e). Where an ending is ambiguous a word has several stems; two
forms of one word share at least one. Stems carry the mark ``0``, so that none is taken for a lemma of the dictionary.
"""

import re

MARK = "0"
_VOWELS = "aąeęioóuy"

# Endings longest first. True: the word may also simply end like this (Ulrich, Radom), so the shorter readings count too.
_ENDINGS: tuple[tuple[str, bool], ...] = (
    ("iowie", True),
    ("ies", True),  # English plurals, as this field's loanwords have them
    ("owie", True),
    ("iego", False),
    ("iemu", False),
    ("iami", False),
    ("iowi", True),
    ("iach", True),
    ("owi", True),
    ("ego", False),
    ("emu", False),
    ("ami", False),
    ("imi", False),
    ("ymi", False),
    ("ach", True),
    ("ich", True),
    ("ych", True),
    ("ium", True),
    ("iem", True),
    ("iow", True),  # -iów, -ów typed without diacritics
    ("iom", True),
    ("iów", True),
    ("iej", True),
    ("em", True),
    ("om", True),
    ("ów", True),
    ("ow", True),
    ("ej", True),
    ("im", True),
    ("ym", True),
    ("um", True),
    ("ia", False),
    ("ią", False),
    ("ie", False),
    ("ię", False),
    ("ii", False),
    ("io", False),
    ("iu", False),
    ("a", False),
    ("ą", False),
    ("e", False),
    ("ę", False),
    ("i", False),
    ("o", False),
    ("u", False),
    ("y", False),
    ("s", True),
)
# What a soft ending has made of the last consonant, and what it may have been.
_HARDENED: dict[str, tuple[tuple[str, str], ...]] = {
    "ie": (("śc", "st"), ("źdz", "zd"), ("dz", "d"), ("c", "t")),
    "e": (("dz", "g"), ("rz", "r"), ("sz", "ch"), ("c", "k"), ("l", "ł")),
    "y": (("dz", "g"), ("rz", "r"), ("c", "k")),
    "i": (("en", "on"), ("śc", "st"), ("źdz", "zd"), ("dz", "d"), ("c", "t"), ("l", "ł")),
}
_FLEETING = re.compile(r"i?e([kcłlrnńwć]|cz)$|io(ł)$")
_AFTER_SOFT = re.compile(r"i(?:owie|owi|ami|ach|em|om|ów|ow|ej|a|ą|e|ę|o|u)?$")
_SOFT = str.maketrans("ńśźć", "nszc")
_ADJECTIVE = re.compile(r"(.{2,}(?:[sc]|dz))k(iego|iemu|imi|ich|iej|im|ie|i|a|ą|o|u)$|(.{2,}(?:[sc]|dz))cy$")
_VERB = re.compile(
    r"(.{3,}?)(?:uj(?:ę|e|esz|emy|ecie|ą|a|my|cie|[ąa]c\w{0,3})|owa(?:ć|c|w?szy|ni(?:a|e|u|em|om|ach|ami)?|ń|[łln]\w{0,5}))$"
)


def stems(word: str) -> tuple[str, ...]:
    """Marked stems of one lower-case word; numbers and words too short to have an ending come unmarked too."""
    if not word.isalpha() or len(word) < 3:
        return (word,)
    if len(word) == 3:
        return (word, word + MARK)
    verb = _VERB.match(word)
    if verb:
        return (f"{_normal(verb[1])}owac{MARK}",)
    raw = _raw_stems(word)
    raw += [stem.removesuffix("in") for stem in raw if stem.endswith("anin")]  # tyszanin, tyszanie
    found = dict.fromkeys(_normal(stem) + MARK for stem in raw)
    adjective = _ADJECTIVE.match(word)
    if adjective:
        base = _normal((adjective[1] or adjective[3]) + "k")
        if adjective[2] in ("a", "ą", "iej"):
            found = {f"{base}a{MARK}": None} | found
        found = {f"{base}i{MARK}": None} | found
    return tuple(found)


def careful(word: str) -> tuple[str, ...]:
    """The stems of a word where no dictionary says which words there are: a soft consonant stays soft, so that sieć is
    no siec and radio no rada."""
    found = stems(word)
    if len(word) < 4 or not word.isalpha() or _VERB.match(word):
        return found
    soft = f"{_normal(word)}i{MARK}"
    if word[-1] in "ćśźń" or word.endswith("dź"):
        return (soft, *(stem for stem in found if stem != _normal(word) + MARK))
    if word.endswith("io"):
        return (f"{_normal(word[:-1])}{MARK}", *(stem for stem in found if stem != _normal(word[:-2]) + MARK))
    ending = _AFTER_SOFT.search(word)
    if ending and ending.start() >= 2 and word[ending.start() - 1] not in _VOWELS:
        return (*found, f"{_normal(word[: ending.start()])}i{MARK}")
    return found


def base_forms(word: str) -> tuple[str, ...]:
    """Base forms the word may belong to, to be looked up in a dictionary.

    A form of a rare surname may be unknown while its base form is known as some other word: "kwiczoła" is a genitive of
    "kwiczoł", "kwiczołę" is nothing in the dictionary, and both are the surname Kwiczoła.
    """
    found: dict[str, None] = {}
    for ending, _also_bare in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 4:
            continue
        for hard in _undo(stem, ending):
            if hard[-1] not in _VOWELS:
                found |= dict.fromkeys((hard, f"{hard}a", f"{hard}o"))
                if hard[-1] in "kcł" and hard[-2] not in _VOWELS:
                    found[f"{hard[:-1]}e{hard[-1]}"] = None
                if ending in ("ie", "ego", "emu", "ej", "ym", "ych", "ymi"):
                    found[f"{hard}y"] = None
    found.pop(word, None)
    return tuple(form for form in found if len(form) >= 5)


def _raw_stems(word: str) -> list[str]:
    result: list[str] = []
    for ending, also_bare in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3 or not any(letter in _VOWELS for letter in stem):
            continue
        result += _undo(stem, ending)
        if not also_bare:
            return result
    result.append(word)
    fleeting = _FLEETING.search(word)
    if fleeting and fleeting.start() >= 2:
        stem = word[: fleeting.start()] + (fleeting[1] or fleeting[2])
        result += [
            stem,
            re.sub(r"(?<=[rd])z(?=[^aąeęioóuyz]+$)", "", stem),
        ]  # Jaworzec, Jaworca; tydzień, tygodnia
    return result


def _undo(stem: str, ending: str) -> list[str]:
    """The stem as it stands before this ending, and as it may stand in the base form."""
    result = [stem]
    for soft, hard in _HARDENED.get(ending, ()):
        if stem.endswith(soft):
            result.append(stem.removesuffix(soft) + hard)
            break
    if ending in ("e", "ie"):
        result.append(re.sub(r"(?<=[ij])e(?=[^aąeęioóuy]+$)", "a", result[-1]))  # powiecie, powiat
    if ending == "i" and stem[-1] in _VOWELS:
        result.append(stem + "j")
    return result


def _normal(stem: str) -> str:
    """One spelling for the sound changes inside a stem: ó, ą of the last syllable; accents of consonants; x."""
    for position in range(len(stem) - 1, -1, -1):
        if stem[position] in _VOWELS:
            changed = {"ó": "o", "ą": "ę"}.get(stem[position], stem[position])
            stem = stem[:position] + changed + stem[position + 1 :]
            break
    return stem.translate(_SOFT).replace("x", "ks")
