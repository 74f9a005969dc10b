"""Questions as people type them: no diacritics, phrases, prefixes, stop words, synonyms, English."""

import pytest

from search.analysis import Query, analyze, find_phrase, fold, folded_keys, folded_map, parse
from search.analysis.thesaurus import Thesaurus, read, trying


def weighty(query: Query) -> list[str]:
    return [word.surface for word in query.words if not word.stop]


def alternatives(query: Query) -> set[str]:
    return {" ".join(word.surface for word in found.words) for found in query.alternatives}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swidnica", "świdnica"),
        ("lodz", "łódź"),
        ("budzetow", "budżet"),
        ("zajaca", "zając"),
        ("mlodziezy", "młodzież"),
        ("gmin", "gmina"),
        ("niepelnosprawnych", "niepełnosprawny"),
        ("swietokrzyskiego", "świętokrzyski"),
        ("soltysow", "sołtys"),
        ("uchwal", "uchwała"),
    ],
)
def test_words_without_diacritics(typed: str, meant: str) -> None:
    assert meant in parse(typed).words[0].exact


def test_a_word_that_is_known_as_typed_keeps_its_meaning_and_finds_the_other_by_folded_keys() -> None:
    (word,) = parse("sad").words
    assert word.exact == ("sad",)
    assert set(word.folded) & set(folded_keys("sądu").split())


def test_diacritics_that_were_typed_are_taken_at_their_word() -> None:
    assert "sad" not in parse("sąd").words[0].exact


def test_the_index_vocabulary_tells_what_an_unknown_word_may_mean() -> None:
    vocabulary = folded_map(["żółw", "łąka"])
    assert vocabulary["zolwiami"] == ("żółw",)
    assert "łąka" in parse("lakami", vocabulary=vocabulary).words[0].exact


def test_a_word_that_the_index_holds_as_typed_keeps_its_exact_meaning() -> None:
    (word,) = parse("sad", vocabulary=folded_map(["sad", "sąd"])).words
    assert word.exact == ("sad",)


@pytest.mark.parametrize("quotes", ['"{}"', "„{}”", "«{}»", "“{}”"])
def test_a_quoted_phrase_keeps_its_words_in_order(quotes: str) -> None:
    query = parse("mediator " + quotes.format("strefa bez samochodów"))
    assert [[word.surface for word in phrase] for phrase in query.phrases] == [
        ["strefa", "bez", "samochodów"]
    ]
    assert weighty(query) == ["mediator", "strefa", "samochodów"]


def test_a_phrase_is_found_in_any_inflection_and_only_in_order() -> None:
    (phrase,) = parse('"projekt uchwały"').phrases
    assert find_phrase(analyze("Piszę z nimi projekty uchwał"), phrase) == [3]
    assert find_phrase(analyze("Uchwały, czyli projekt"), phrase) == []


def test_a_quoted_phrase_asks_for_no_synonyms() -> None:
    assert parse('"budżet obywatelski"').alternatives == ()
    assert "BO" in alternatives(parse("budżet obywatelski"))


def test_an_unbalanced_quote_is_no_phrase() -> None:
    query = parse('panel "obywatelski')
    assert query.phrases == ()
    assert weighty(query) == ["panel", "obywatelski"]


@pytest.mark.parametrize(
    ("text", "prefix"), [("budżet obyw", True), ("budżet obyw ", False), ("obyw!", False)]
)
def test_the_last_word_is_a_prefix_unless_it_is_ended(text: str, prefix: bool) -> None:
    query = parse(text)
    assert query.words[-1].prefix is prefix
    assert not any(word.prefix for word in query.words[:-1])


def test_wrapping_of_a_question_carries_no_weight() -> None:
    query = parse("szukam kogoś, kto zrobi bezpieczną ulicę przy szkole")
    assert weighty(query) == ["bezpieczną", "ulicę", "szkole"]


def test_a_question_of_stop_words_alone_is_still_asked() -> None:
    assert weighty(parse("kto i jak")) == ["kto", "i", "jak"]


def test_a_noun_that_looks_like_grammar_keeps_its_weight() -> None:
    assert weighty(parse("koło gospodyń wiejskich")) == ["koło", "gospodyń", "wiejskich"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("bo", "budżet obywatelski"),
        ("BO w szkole", "budżet obywatelski"),
        ("budżety partycypacyjne", "BO"),
        ("NGO", "organizacja pozarządowa"),
        ("ngosy", "organizacja pozarządowa"),
        ("głusi", "niesłyszący"),
        ("rada mlodziezowa", "młodzieżowa rada gminy"),
        ("na Śląsku", "śląski"),
        ("z Podlasia", "podlaski"),
        ("wielkopolsce", "wielkopolski"),
        ("sieradzkie", "Sieradz"),
        ("trojmiasto", "Gdynia"),
        ("citizens' assembly", "panel obywatelski"),
        ("participatory budgeting", "budżet obywatelski"),
        ("deaf", "niesłyszący"),
    ],
)
def test_synonyms_places_and_english(text: str, wanted: str) -> None:
    assert wanted in alternatives(parse(text))


def test_english_names_are_one_way() -> None:
    assert "citizens assembly" not in alternatives(parse("panel obywatelski"))


def test_the_acronym_is_not_the_conjunction() -> None:
    acronym, conjunction = analyze("BO")[0], analyze("bo tak")[0]
    assert not acronym.stop
    assert conjunction.stop
    assert set(acronym.exact).isdisjoint(conjunction.exact)


def test_offsets_stand_in_the_given_text_also_for_decomposed_letters() -> None:
    text = "W Ło\u0301dz\u0301 Kennedy'ego i NGO-so\u0301w: 3D"
    for token in analyze(text):
        assert text[token.start : token.end] == token.surface
    assert "łódź" in analyze(text)[1].exact


def test_endings_behind_an_apostrophe_or_hyphen_belong_to_the_word() -> None:
    assert [token.exact for token in analyze("Kennedy'ego NGO-sów")] == [("kennedy",), ("ngo",)]
    assert [token.surface for token in analyze("polsko-niemieckie")] == ["polsko", "niemieckie"]


def test_fold() -> None:
    assert fold("Świdnica ŁÓDŹ Straße") == "swidnica lodz strasse"


@pytest.mark.parametrize(
    ("asked", "left", "instead"),
    [
        ("who can help us with bike lanes", ["bike", "lanes"], "droga rowerowa"),
        ("we are looking for someone to run a citizens' jury", ["citizens'", "jury"], "panel obywatelski"),
        (
            "facilitating meetings with refugees in Łódź",
            ["facilitating", "meetings", "refugees", "Łódź"],
            "facylitacja",
        ),
    ],
)
def test_an_english_sentence_leaves_its_words_of_content(asked: str, left: list[str], instead: str) -> None:
    query = parse(asked)
    assert query.english
    assert [word.strip("'") for word in weighty(query)] == [word.strip("'") for word in left]
    assert instead in alternatives(query)


@pytest.mark.parametrize(
    "asked",
    ["participatory budgeting evaluation", "conflicts over mountain tourism", "town planning Wrocław"],
)
def test_english_is_told_by_its_words_too(asked: str) -> None:
    assert parse(asked).english


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evaluator", "ewaluacja"),
        ("evaluating", "ewaluacja"),
        ("facilitate", "facylitacja"),
        ("participation", "partycypacja"),
        ("homelessness", "bezdomność"),
        ("environmental", "środowisko"),
    ],
)
def test_words_of_an_english_family_say_the_same(one: str, other: str) -> None:
    assert other in alternatives(parse(one))


def test_a_cooperative_is_more_than_cooperation() -> None:
    assert "spółdzielnia" not in alternatives(parse("cooperation"))
    assert "spółdzielnia" in alternatives(parse("cooperative"))


def test_what_the_thesaurus_states_first_counts_most() -> None:
    with trying(Thesaurus(read("kość > szpik = żebro = chrząstka"))):
        weights = [other.weight for other in parse("kości").alternatives]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


@pytest.mark.parametrize(
    "asked",
    [
        "kto zna in vitro",
        "most na rzece",
        "budżet obywatelski",
        "run",
        "open spejs",
        "konsultacje online",
        "facilitator w szkole",
        "",
    ],
)
def test_polish_is_not_taken_for_english(asked: str) -> None:
    assert not parse(asked).english


@pytest.mark.parametrize("asked", ["pod Krakowem", "w okolicach Krakowa", "koło Krakowa", "near Cracow"])
def test_around_a_town_are_its_counties(asked: str) -> None:
    assert {"powiat wielicki", "powiat krakowski"} <= alternatives(parse(asked))
    assert "powiat wielicki" not in alternatives(parse("Kraków"))
