"""What somebody notices who looks for people near a municipality."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.gazetteer import Place, gazetteer
from directory.models import Municipality, Practitioner
from directory.nearness import Where
from tests.directory.test_base import URL, ask, counts, names, queries
from tests.factories import MunicipalityFactory

ŁÓDŹ, ZGIERZ, KUTNO, WARSAW, BRZEZINY = "1061011", "1020031", "1002011", "1465011", "1021011"


@pytest.fixture
def people(add: Callable[..., Practitioner]) -> dict[str, Practitioner]:
    def there(name: str, code: str, **more: Any) -> Practitioner:
        place = Municipality.objects.get(pk=code)
        return add(name, municipality=place, voivodeship=place.voivodeship, **more)

    return {
        "Ewa Łódzka": there("Ewa Łódzka", ŁÓDŹ, methods="mediacja"),
        "Jan Zgierski": there("Jan Zgierski", ZGIERZ, methods="panel obywatelski"),
        "Ola Kutnowska": there("Ola Kutnowska", KUTNO, methods="panel obywatelski"),
        "Piotr Warszawski": there("Piotr Warszawski", WARSAW, methods="panel obywatelski"),
        "Anna Bezgminna": add("Anna Bezgminna", voivodeship="lodzkie", methods="panel obywatelski"),
    }


def near(page: BeautifulSoup) -> dict[str, str]:
    cards = page.select("ol.results > li")
    return {
        card.h3.get_text(): found.get_text() if (found := card.select_one(".distance")) else ""
        for card in cards
    }


def asked(link: str) -> dict[str, list[str]]:
    return parse_qs(link.partition("?")[2].partition("#")[0])


# ---- who is near


def test_the_nearest_come_first_with_their_distance(client: Any, people: Any) -> None:
    page = ask(client, blisko="Łódź", km="100")
    assert list(near(page).items()) == [
        ("Ewa Łódzka", "w tej gminie"),
        ("Jan Zgierski", "11 km stąd"),
        ("Ola Kutnowska", "51 km stąd"),
    ]
    assert names(ask(client, blisko="Łódź")) == ["Ewa Łódzka", "Jan Zgierski"], "50 km where nothing is said"
    assert names(ask(client, blisko="Łódź", km="25", metoda="panel-obywatelski")) == ["Jan Zgierski"]


def test_the_whole_voivodeship_holds_those_without_a_municipality_last(client: Any, people: Any) -> None:
    page = ask(client, blisko="Łódź", km="wojewodztwo")
    assert list(near(page)) == ["Ewa Łódzka", "Jan Zgierski", "Ola Kutnowska", "Anna Bezgminna"]
    assert near(page)["Anna Bezgminna"] == ""
    everywhere = near(ask(client, blisko="Łódź", km="polska"))
    assert list(everywhere)[-2:] == ["Piotr Warszawski", "Anna Bezgminna"]
    assert everywhere["Piotr Warszawski"] == "117 km stąd"


def test_who_named_only_the_voivodeship_is_told_of_and_linked(client: Any, people: Any) -> None:
    line = ask(client, blisko="Łódź").select_one(".near")
    assert "1 osoba podała tylko województwo (łódzkie)" in line.get_text()
    link = line.find("a", string="Pokaż całe województwo")
    assert "Anna Bezgminna" in names(ask(client, URL + link["href"]))
    assert "podała" not in ask(client, blisko="Warszawa").select_one(".near").get_text()


def test_only_those_whom_the_question_finds_are_told_of(client: Any, people: Any, add: Any) -> None:
    """In words and by filters alike; nobody is told of whom the link would not find."""
    add(
        "Zofia Bezgminna", voivodeship="lodzkie", headline="mediatorka", methods="mediacje", sector="uczelnia"
    )
    add("Wit Skądinąd", voivodeship="slaskie", works_in=["lodzkie"], headline="mediator")

    def told(**asked: Any) -> tuple[str, list[str]]:
        line = ask(client, blisko="Łódź", **asked).select_one(".near")
        link = line.find("a", string="Pokaż całe województwo")
        return line.get_text(), [*near(ask(client, URL + link["href"]))] if link else []

    text, found = told()
    assert "2 osoby podały tylko województwo (łódzkie)" in text
    for asked in ({"q": "mediatorka"}, {"metoda": "mediacje"}, {"q": "mediatorka", "sektor": "uczelnia"}):
        text, found = told(**asked)
        assert "1 osoba podała tylko województwo (łódzkie)" in text, asked
        assert "Zofia Bezgminna" in found
        assert "Anna Bezgminna" not in found
    for asked in ({"q": "xyzzyk"}, {"metoda": "mediacje", "sektor": "firma"}, {"rodzaj": "miejska"}):
        assert "tylko województwo" not in told(**asked)[0], asked


def test_a_point_that_is_the_middle_of_a_county_is_told_to_be_rough(client: Any, people: Any) -> None:
    Municipality.objects.filter(pk=ZGIERZ).update(approximate=True)
    assert near(ask(client, blisko="Łódź")) == {
        "Ewa Łódzka": "w tej gminie",
        "Jan Zgierski": "około 11 km stąd",
    }
    assert near(ask(client, blisko="Zgierz (miejska)"))["Ewa Łódzka"] == "około 11 km stąd"


def test_words_rank_and_nearness_narrows_and_orders_are_chosen(client: Any, people: Any) -> None:
    page = ask(client, q="panel", blisko=ŁÓDŹ, km="100")
    assert set(names(page)) == {"Jan Zgierski", "Ola Kutnowska"}
    orders = {link.get_text(): link["href"] for link in page.select(".toolbar .meta a")}
    assert asked(orders["odległość"])["kolejnosc"] == ["odleglosc"]
    assert names(ask(client, URL + orders["odległość"])) == ["Jan Zgierski", "Ola Kutnowska"]
    assert "odległość" not in ask(client, q="panel").select_one(".toolbar").get_text()
    assert names(ask(client, kolejnosc="odleglosc"))[0] == "Anna Bezgminna", "by name where no place is said"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_distances_are_those_of_the_sphere(db: None, data: st.DataObject) -> None:
    """By another formula than ours: the angle between two vectors from the Earth's middle."""
    register = gazetteer()
    one, other = (register.places[data.draw(st.sampled_from(sorted(register.places)))] for _ in "ab")

    def vector(place: Place) -> tuple[float, float, float]:
        north, east = math.radians(place.latitude), math.radians(place.longitude)
        return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)

    apart = math.dist(vector(one), vector(other))
    assert abs(register.kilometres(one.code)[other.code] - 2 * 6371.0088 * math.asin(apart / 2)) <= 0.5001
    assert register.kilometres(one.code)[other.code] == register.kilometres(other.code)[one.code]


def test_the_page_agrees_with_plain_python_about_any_place(client: Any, people: Any) -> None:
    register = gazetteer()
    for code in [ŁÓDŹ, WARSAW, BRZEZINY, *list(register.places)[::400]]:
        far = register.kilometres(code)
        for km in (25, 50, 100):
            inside = [
                one for one in people.values() if one.municipality_id and far[one.municipality_id] <= km
            ]
            inside.sort(key=lambda one: (far[one.municipality_id], one.sort_name()))
            assert names(ask(client, blisko=code, km=km)) == [one.name for one in inside], (code, km)


# ---- municipalities like one's own


def test_only_people_from_municipalities_of_the_same_kind(client: Any, add: Any, people: Any) -> None:
    rural = Municipality.objects.get(pk="1021022")
    add("Iga Wiejska", municipality=rural, voivodeship="lodzkie")
    page = ask(client, blisko=rural.pk)
    link = page.find("a", string="Tylko z gmin wiejskich, jak Brzeziny")
    alike = ask(client, URL + link["href"])
    assert names(alike) == ["Iga Wiejska"]
    assert not alike.find("a", string="Tylko z gmin wiejskich, jak Brzeziny")
    assert counts(alike, "rodzaj") == {"wiejska": "1", "miejska": "1", "miasto-na-prawach-powiatu": "1"}
    city = ask(client, blisko=ŁÓDŹ).find("a", string="Tylko z miast na prawach powiatu, jak Łódź")
    assert names(ask(client, URL + city["href"])) == ["Ewa Łódzka"]


# ---- the map and the facets stay true


def test_facets_and_map_count_those_within_the_distance(client: Any, people: Any) -> None:
    page = ask(client, blisko="Łódź", km="100")
    assert counts(page, "metoda") == {"panel-obywatelski": "2", "mediacja": "1"}
    assert counts(page, "wojewodztwo") == {"lodzkie": "3"}
    [region] = page.select("svg.map[role=group] a")
    assert region["aria-label"] == "łódzkie: 3 osoby"
    assert asked(region["href"]) == {"blisko": [ŁÓDŹ], "km": ["100"], "wojewodztwo": ["lodzkie"]}
    table = page.select_one("details.map-table")
    assert [cell.get_text() for cell in table.select("tbody :is(th, td)")] == ["łódzkie", "3"]
    assert [step.get_text() for step in page.select(".legend li")] == ["0", "1", "2", "3"]
    assert page.select_one("svg .ring")
    assert page.select_one("svg .spot title").get_text() == "Łódź"


# ---- the question in the address


def test_the_place_is_a_chip_and_goes_with_every_link_and_form(client: Any, people: Any) -> None:
    page = ask(client, q="panel", blisko="lodz", km="100", metoda="panel-obywatelski")
    [chip, _method] = page.select(".chip")
    assert chip.get_text() == "Usuń filtr: do 100 km od gminy Łódź"
    assert asked(chip["href"]) == {"q": ["panel"], "metoda": ["panel-obywatelski"]}
    field = page.select_one("input#blisko")
    assert (field["value"], field["data-code"]) == ("Łódź", ŁÓDŹ)
    assert page.select_one("select#km option[selected]").get_text() == "do 100 km"
    hidden = {one["name"]: one["value"] for one in page.select("#filtry input[type=hidden]")}
    assert hidden == {"q": "panel", "blisko": ŁÓDŹ, "km": "100"}
    for link in page.select(".near a[href^='?'], #wyniki .toolbar a"):
        assert asked(link["href"])["blisko"] == [ŁÓDŹ]
    kept = {one["name"]: one["value"] for one in page.select("form.search [data-kept]")}
    assert kept == {"metoda": "panel-obywatelski"}
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex, follow"


def test_an_unknown_municipality_changes_nothing_else(client: Any, people: Any) -> None:
    page = ask(
        client, blisko="Xyzzyków", metoda="panel-obywatelski", q="panel", kolejnosc="nazwisko", km="25"
    )
    plain = ask(client, metoda="panel-obywatelski", q="panel", kolejnosc="nazwisko")
    assert names(page) == names(plain) != []
    assert page.select_one("#blisko-said").get_text(strip=True) == (
        "Nie znamy gminy „Xyzzyków”, więc szukamy bez niej."
    )
    field = page.select_one("input#blisko")
    assert (field["value"], field.get("aria-invalid")) == ("Xyzzyków", "true")
    assert page.select_one("select#km option[selected]").get_text() == "do 25 km"


def test_namesakes_are_told_apart_and_chosen(client: Any, people: Any) -> None:
    page = ask(client, blisko="brzeziny", q="panel", km="25")
    said = page.select_one("#blisko-said")
    assert "Która gmina? Do „brzeziny” pasuje kilka:" in said.get_text()
    rows = [row.get_text(" ", strip=True) for row in said.select("li")]
    assert rows == [
        "Brzeziny gmina miejska, pow. brzeziński, woj. łódzkie",
        "Brzeziny gmina wiejska, pow. brzeziński, woj. łódzkie",
        "Brzeziny gmina wiejska, pow. kaliski, woj. wielkopolskie",
    ]
    assert asked(said.a["href"]) == {"q": ["panel"], "blisko": [BRZEZINY], "km": ["25"]}
    assert names(ask(client, URL + said.a["href"])) == ["Jan Zgierski"]


# ---- names


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Łódź", ŁÓDŹ), ("  LODZ ", ŁÓDŹ), ("lódz", ŁÓDŹ), (ŁÓDŹ, ŁÓDŹ), ("miasto Łódź", ŁÓDŹ), ("gmina Zgierz miejska", ZGIERZ),
        ("zgierz (miejska)", ZGIERZ), ("w Warszawie", WARSAW), ("w Łodzi", ŁÓDŹ), ("w Kutnie", KUTNO),
        ("Brzeziny, pow. brzeziński, miejska", BRZEZINY),
        ("Brzeziny pow. kaliski", "3007022"), ("brzeziny wielkopolskie", "3007022"), ("kedzierzyn", "1603011"),
        ("Stare Miasto", "3010112"), ("gmina Stare Miasto", "3010112"),
    ],
)  # fmt: skip
def test_a_name_is_understood_however_it_is_typed(db: None, typed: str, code: str) -> None:
    assert gazetteer().named(typed).place == gazetteer().places[code]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Krakuw", "Kraków"), ("Warszwa", "Warszawa"), ("Bjałystok", "Białystok")]
)
def test_a_misspelt_name_is_offered_as_it_is_written(db: None, typed: str, meant: str) -> None:
    named = gazetteer().named(typed)
    assert (named.place, named.namesakes) == (None, False)
    assert named.choices[0].name == meant


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_municipality_has_a_name_of_its_own_that_leads_to_it(db: None, language: str) -> None:
    register = gazetteer()
    assert len(register.places) == 2477
    with translation.override(language):
        labels = {register.label(place): place for place in register.places.values()}
    assert len(labels) == 2477
    assert not [label for label in labels if label.isdigit()]
    assert all(register.named(label).place is place for label, place in labels.items())


def test_all_municipalities_are_suggested_with_what_tells_them_apart(client: Any, db: None) -> None:
    def suggested(text: str) -> list[dict[str, str]]:
        groups = client.get("/gminy/podpowiedzi/", {"q": text}).json()["groups"]
        return groups[0]["items"] if groups else []

    assert [(one["value"], one["detail"]) for one in suggested("brzeziny")][:2] == [
        ("Brzeziny (miejska), pow. brzeziński", "gmina miejska, pow. brzeziński, woj. łódzkie"),
        ("Brzeziny (wiejska), pow. brzeziński", "gmina wiejska, pow. brzeziński, woj. łódzkie"),
    ]
    assert suggested("LODZ")[0]["code"] == ŁÓDŹ, "the very name first"
    assert len(suggested("a")) == 8
    assert suggested("brzeziny kalisk")[0]["code"] == "3007022"
    for text in ("", "xyzzy", "\0", "%", '"', "-", "<script>", "a" * 5000):
        assert client.get("/gminy/podpowiedzi/", {"q": text}).status_code == 200
    english = client.get("/en/gminy/podpowiedzi/", {"q": "lodz"}).json()["groups"][0]["items"][0]
    assert english["detail"].endswith("Łódź")


def test_a_municipality_without_a_position_is_nobodys_neighbour(client: Any, people: Any) -> None:
    MunicipalityFactory(name="Bezmapów", latitude=None, longitude=None)
    assert Where.of("Bezmapów").place is None
    assert len(names(ask(client, blisko="Bezmapów"))) == 5


def test_programs_ask_by_the_code_and_get_kilometres(client: Any, people: Any) -> None:
    answer = client.get("/api/v1/practitioners", {"near": ŁÓDŹ, "km": "100"}).json()
    told = {one["name"]: one["distance"] for one in answer["results"]}
    assert list(told.items()) == [("Ewa Łódzka", 0), ("Jan Zgierski", 11), ("Ola Kutnowska", 51)]
    [first, *_more] = client.get("/api/v1/practitioners", {"q": "Bezgminna"}).json()["results"]
    assert first["distance"] is None
    page = client.get("/api/v1/practitioners", {"near": ŁÓDŹ, "page_size": "1"}).json()
    assert client.get(page["next"]).json()["results"][0]["name"] == "Jan Zgierski"
    other = page["next"].replace(ŁÓDŹ, WARSAW)
    assert client.get(other).status_code == 400, "the cursor belongs to another question"


# ---- faults and budgets


anything = st.one_of(
    st.text(max_size=100), st.sampled_from(['"', "%", "\0", "a" * 5000, "-", "pow.", "w", "99", "²"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blisko=st.one_of(anything, st.sampled_from(["łódź", ŁÓDŹ, "brzeziny"])), km=anything, order=anything)
def test_no_place_is_an_error(client: Any, people: Any, blisko: str, km: str, order: str) -> None:
    def safe(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    query = urlencode({"blisko": safe(blisko), "km": safe(km), "kolejnosc": safe(order)})
    assert client.get(f"{URL}?{query}", follow=True).status_code == 200
    assert client.get(f"/gminy/podpowiedzi/?{urlencode({'q': safe(blisko)})}").status_code == 200


def test_near_takes_fourteen_queries_at_most_however_many_people(client: Any, add: Any, people: Any) -> None:
    questions: list[dict[str, str]] = [
        {"blisko": "lodz"},
        {"blisko": ŁÓDŹ, "km": "100", "q": "panel", "metoda": "panel-obywatelski"},
        {"blisko": ŁÓDŹ, "km": "polska"},
        {"blisko": "brzeziny"},
    ]
    few = [queries(client, URL, **one) for one in questions]
    place = Municipality.objects.get(pk=ZGIERZ)
    for number in range(40):
        add(f"Osoba {number}", municipality=place, voivodeship="lodzkie", methods="panel obywatelski; narada")
    assert [queries(client, URL, **one) for one in questions] == few
    assert max(few) <= 14
