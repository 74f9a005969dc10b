"""Inflected forms meet their base form; different words don't. Words here are in no benchmark file."""

import pytest

from search.analysis import exact_keys, lemmas, suffixes

SAME = """
facylitacja facylitacji facylitację facylitacją facylitacjach
facylitator facylitatora facylitatorowi facylitatorem facylitatorze facylitatorzy facylitatorów facylitatorami
facylitatorka facylitatorki facylitatorce facylitatorkę facylitatorek facylitatorkami
facylitować facylituje facylitujemy facylitowałem facylitowała facylitowanie facylitowaniem facylitując
deliberatywny deliberatywna deliberatywnego deliberatywnych deliberatywnie
hackathon hackathonu hackathonie hackathony hakatonów hackatonach
coworking coworkingu coworkingiem
webinar webinaru webinarze webinary webinarów
socjokracja socjokracji socjokracją
crowdfunding crowdfundingu crowdfundingiem
mikrogrant mikrogranty mikrograntów
geoankieta geoankiecie geoankietach
streetworkerka streetworkerce streetworkerek
interesariusz interesariusze interesariuszom
tokenizm tokenizmu tokenizmie
parklet parklety parkletów
tyszanin tyszanie tyszan tyszanami
Grzmociński Grzmocińskiego Grzmocińskim Grzmocińscy
Grzmocińska Grzmocińskiej Grzmocińską
Zbrzydzka Zbrzydzkiej Zbrzydzką
Kwiczoła Kwiczoły Kwiczole Kwiczołę
Ździebłowicz Ździebłowicza Ździebłowiczem
Gżegżółka Gżegżółki Gżegżółce
Pszczonek Pszczonka Pszczonkiem
Skrzydełko Skrzydełki Skrzydełce
Chrząszczyca Chrząszczycy Chrząszczycę
Nowakówna Nowakówny Nowakównie
Krząpiel Krząpiela Krząpielem
Karpiniec Karpińca Karpińcu
Ożarzyce Ożarzyc Ożarzycach
Kociołek Kociołka Kociołkowi
Gołąb Gołębia Gołębiowi
Kozioł Kozła Koziołem
Łódź Łodzi Łodzią
Świdnica Świdnicy Świdnicą
Wielkopolska Wielkopolsce Wielkopolską
Krasnystaw Krasnegostawu Krasnymstawie
niesłyszący niesłyszących niesłyszącym
urzędniczka urzędniczki urzędniczek
""".strip().splitlines()

DIFFERENT = [
    ("Krasiński", "kras"),
    ("Sikorski", "Sikora"),
    ("panel", "panienka"),
    ("facylitator", "facylitatorka"),
    ("webinar", "weba"),
    ("sąd", "sad"),
    ("łaska", "laska"),
    ("niesłyszący", "słyszący"),
    ("pisz", "pisać"),
    ("Grzmociński", "Grzmot"),
    ("Ździebłowicz", "źdźbło"),
    ("coworking", "kowal"),
    ("Opole", "opolanin"),
    ("konsultacja", "konsul"),
    ("Szczupajło", "szczupak"),
]


def keys(word: str) -> set[str]:
    return set(exact_keys(word.lower()).split())


@pytest.mark.parametrize("line", SAME, ids=lambda line: line.split()[0])
def test_inflected_forms_meet(line: str) -> None:
    word, *forms = line.split()
    assert [form for form in forms if keys(word).isdisjoint(keys(form))] == []


@pytest.mark.parametrize(("word", "other"), DIFFERENT)
def test_different_words_do_not_meet(word: str, other: str) -> None:
    assert keys(word).isdisjoint(keys(other))


def test_a_known_word_keeps_every_lemma_in_lower_case_without_dictionary_marks() -> None:
    assert {"gołąb", "gołębi"} <= keys("gołębia")
    assert not any(":" in key for key in keys("białymstoku"))


def test_stems_are_alphanumeric_and_marked() -> None:
    for word in ("facylitatorce", "ożarzewskiej", "szczupajle", "błędziszewscy"):
        assert all(stem.isalnum() and stem.endswith(suffixes.MARK) for stem in suffixes.stems(word))


def test_surnames_of_both_sexes_meet_but_the_same_sex_shares_more() -> None:
    assert len(keys("ożarzewska") & keys("ożarzewskiej")) > len(keys("ożarzewski") & keys("ożarzewskiej")) > 0


def test_fingerprint_names_the_dictionary() -> None:
    assert lemmas.fingerprint().startswith("morfeusz2-")
    assert lemmas.problem() is None
