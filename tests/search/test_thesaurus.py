"""The thesaurus and the lexicon by themselves: reading, snapshots, what is wrong with a group."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import analyze, lexicon, parse
from search.analysis.thesaurus import Group, Kind, Thesaurus, alike, current, identities, read, seed, trying
from search.analysis.thesaurus_checks import pairs, problems

EQUAL, ONE_WAY, BROADER = Kind.EQUAL, Kind.ONE_WAY, Kind.BROADER
TERMS = st.lists(st.text(max_size=20), max_size=5).map(tuple)
patient = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
GROUPS = st.lists(st.builds(Group, st.sampled_from(Kind), TERMS, TERMS), max_size=6)


def instead(thesaurus: Thesaurus, text: str) -> set[str]:
    with trying(thesaurus):
        return {" ".join(word.surface for word in one.words) for one in parse(text).alternatives}


def test_equals_find_each_other_in_any_form() -> None:
    rules = Thesaurus([Group(EQUAL, ("kawiarenka sąsiedzka", "sąsiadówka"))])
    assert instead(rules, "kawiarenki sąsiedzkie") == {"sąsiadówka"}
    assert instead(rules, "sąsiadówkach") == {"kawiarenka sąsiedzka"}
    assert instead(rules, "kawiarenka") == set()


def test_one_way_is_one_way() -> None:
    rules = Thesaurus([Group(ONE_WAY, ("worldwide coffee",), ("stolik",))])
    assert instead(rules, "worldwide coffee") == {"stolik"}
    assert instead(rules, "stolik") == set()


def test_who_asks_for_the_broader_gets_all_that_is_narrower() -> None:
    rules = Thesaurus(
        [
            Group(BROADER, ("deliberowanie",), ("minipublika",)),
            Group(BROADER, ("minipublika",), ("sądzik obywatelski",)),
        ]
    )
    assert instead(rules, "deliberowanie") == {"minipublika", "sądzik obywatelski"}
    assert instead(rules, "minipublika") == {"sądzik obywatelski"}
    assert instead(rules, "sądzik obywatelski") == set()


def test_a_trial_ends_with_its_block() -> None:
    before = current()
    with trying(Thesaurus([])):
        assert current() is not before
    assert current() is before


def test_places_are_always_there() -> None:
    assert "śląski" in instead(Thesaurus([]), "na Śląsku")
    assert "Sieradz" in instead(Thesaurus([]), "sieradzkie")


def test_seeds_are_in_order() -> None:
    held: dict[object, list[tuple[str, str]]] = {}
    for group in seed():
        assert problems(group) == {}, group
        for one, two in pairs(group):
            for identity in identities(one):
                twice = [
                    pair for pair in held.get(identity, ()) if alike(one, pair[0]) and alike(two, pair[1])
                ]
                assert not twice, (group, twice)
        for one, two in pairs(group):
            for identity in identities(one):
                held.setdefault(identity, []).append((one, two))


@patient
@given(GROUPS, st.text(max_size=40))
def test_any_groups_and_any_question_will_do(groups: list[Group], text: str) -> None:
    rules = Thesaurus(groups)
    with trying(rules):
        first = parse(text).alternatives
        assert parse(text).alternatives == first
    for start, end, _words, weight in rules.expand([(word, (word,)) for word in text.split()]):
        assert 0 <= start < end
        assert 0 < weight <= 1


@patient
@given(GROUPS)
def test_checking_never_breaks(groups: list[Group]) -> None:
    for group in groups:
        problems(group, [(str(other), other) for other in groups])


@patient
@given(st.text())
def test_any_seed_file_can_be_read(text: str) -> None:
    for group in read(text):
        assert all(term == term.strip() for term in (*group.terms, *group.answers))


@pytest.mark.parametrize(
    ("group", "field", "said"),
    [
        (Group(EQUAL, ("panel",)), "terms", "Jedno hasło niczego nie zmieni"),
        (Group(EQUAL, ("panel", "narada"), ("debata",)), "answers", "zostaw to pole puste"),
        (Group(ONE_WAY, ("panel",)), "answers", "czego szukać także"),
        (Group(ONE_WAY, ("panel",), ("panele",)), "answers", "po obu stronach"),
        (Group(EQUAL, ("panel", "panele")), "terms", "odmiana hasła „panel”"),
        (Group(EQUAL, ("panel", "Panel")), "terms", "dwa razy"),
        (Group(EQUAL, ("dla kogoś", "panel")), "terms", "same słowa pomocnicze"),
        (Group(EQUAL, ('"panel"', "narada")), "terms", "usuń cudzysłów"),
        (Group(EQUAL, ("!!!", "narada")), "terms", "nie ma w sobie żadnego słowa"),
        (Group(EQUAL, ("x" * 81, "narada")), "terms", "za długie"),
        (Group(EQUAL, ("raz dwa trzy cztery pięć sześć siedem", "narada")), "terms", "za długie"),
    ],
)
def test_what_is_wrong_is_said(group: Group, field: str, said: str) -> None:
    assert said in " ".join(problems(group)[field])


def test_the_acronym_that_looks_like_a_conjunction_may_stand_alone() -> None:
    assert problems(Group(EQUAL, ("BO", "budżet obywatelski"))) == {}


def test_the_same_pair_twice_is_refused_in_any_form_and_order() -> None:
    held = [("grupa", Group(EQUAL, ("seniorzy", "emeryt", "osoba starsza")))]
    assert "jest już w grupie „grupa”" in problems(Group(EQUAL, ("emeryci", "senior")), held)["terms"][0]
    assert "jest już" in problems(Group(ONE_WAY, ("emeryci",), ("senior",)), held)["terms"][0]
    assert problems(Group(EQUAL, ("emeryt", "dziadek")), held) == {}


def test_a_round_of_broader_and_narrower_is_refused() -> None:
    held = [("a", Group(BROADER, ("drzewo",), ("gałąź",))), ("b", Group(BROADER, ("gałąź",), ("liść",)))]
    told = problems(Group(BROADER, ("liście",), ("drzewa",)), held)["answers"][0]
    assert "liście → drzewa → gałąź → liść" in told
    assert problems(Group(BROADER, ("liść",), ("nerw",)), held) == {}


def test_forms_of_a_term_are_alike() -> None:
    assert alike("seniorzy obywatelscy", "senior obywatelski")
    assert not alike("budżety obywatelskie", "budżet")
    assert not alike("", "budżet")


# ---- the lexicon


@pytest.fixture
def words() -> object:
    yield lexicon.hold
    lexicon.hold(None)


def test_a_word_gets_the_inflection_of_another() -> None:
    forms = lexicon.forms_of(lexicon.Entry("prosument", like="student"))
    assert {"prosument", "prosumentem", "prosumenci", "prosumentów"} <= set(forms)
    assert lexicon.inflected("żabka", "student") == ()
    assert lexicon.inflected("prosument", "qwertyuiop") == ()


def test_forms_share_the_key_of_their_base_also_without_diacritics(words: object) -> None:
    entry = lexicon.Entry("żulernia", ("żulerni", "żulernię"))
    lexicon.hold(lexicon.Lexicon.of([entry]))
    keys = [token.exact for token in analyze("żulernia żulernię zulernie")]
    assert keys[0] == keys[1] == keys[2]
    assert keys[0][0] == "żulernia"
    assert set(analyze("żulerniami")[0].exact) & set(keys[0])  # a form left out still meets


def test_a_word_may_be_read_as_one_that_the_dictionary_has(words: object) -> None:
    lexicon.hold(lexicon.Lexicon.of([lexicon.Entry("budżet", ("budgecik",))]))
    assert analyze("budgecik")[0].exact == ("budżet",)
    lexicon.hold(lexicon.Lexicon.of([]))
    assert analyze("budgecik")[0].exact != ("budżet",)


def test_the_seed_brings_the_words_of_the_field_together() -> None:
    assert set(analyze("facylitatorze")[0].exact) & set(analyze("facylitator")[0].exact)
    assert analyze("engieosów")[0].exact == ("ngo",)


@patient
@given(st.text(max_size=30), st.lists(st.text(max_size=15), max_size=4), st.text(max_size=15))
def test_any_entry_can_be_taken(base: str, forms: list[str], like: str) -> None:
    made = lexicon.Lexicon.of([lexicon.Entry(base, tuple(forms), like)])
    assert all(key.isalnum() and key == key.lower() for keys in made.keys.values() for key in keys)
