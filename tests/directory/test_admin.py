"""The directory in the admin, as editors meet it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from directory.models import Audience, Method, Municipality, Practitioner, Topic
from tests.factories import PractitionerFactory

ODD = ['"', "\0", "'; --", "%", "*", "ł" * 300, "Łódź", "🙂", "a AND (", "\\"]
MODELS = (Practitioner, Method, Topic, Audience, Municipality)

EDITING = (
    "view_practitioner",
    "change_practitioner",
    "publish_practitioner",
    "view_municipality",
    "view_method",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def signed_in(*rights: str, group: str = "") -> Client:
    """A member of staff with these rights in the directory, or of a group."""
    user = User.objects.create_user("u", password="x")
    user.groups.set(Group.objects.filter(name=group))
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="directory", codename__in=rights)
        | Permission.objects.filter(codename="access_admin")
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db: None) -> Client:
    """Edits people and reads the rest, and has no business with their addresses."""
    return signed_in(*EDITING)


@pytest.fixture
def keeper(db: None) -> Client:
    return signed_in(group="Opieka nad bazą praktyków")


@pytest.fixture
def panel() -> Method:
    return Method.objects.create(
        locale=Locale.objects.get(language_code="pl"), name="panel", slug="panel", synonyms="minipublika"
    )


@pytest.fixture
def person(panel: Method) -> Practitioner:
    return PractitionerFactory(
        name="Anna Nowak",
        headline="mediatorka",
        organisation="Pracownia Styku",
        email="tajna.anna@example.org",
        municipality=Municipality.objects.get(teryt="1465011"),
        methods=[panel],
    )


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def chooser(model: Any, view: str = "choose_results") -> str:
    return reverse(model.snippet_viewset.chooser_viewset.get_url_name(view))


def text(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open(model: Any, keeper: Client, person: Practitioner) -> None:
    row = person if model is Practitioner else model.objects.first()
    for url in (
        address(model, "list"),
        address(model, "add"),
        *([address(model, "edit", row.pk), address(model, "usage", row.pk)] if row else []),
        chooser(model, "choose"),
        chooser(model),
    ):
        assert keeper.get(url).status_code == 200, url


@pytest.mark.parametrize("typed", ODD)
@pytest.mark.parametrize("model", MODELS)
def test_no_search_breaks_a_list_or_a_chooser(
    model: Any, typed: str, keeper: Client, person: Practitioner
) -> None:
    assert keeper.get(address(model, "list"), {"q": typed}).status_code == 200
    assert keeper.get(chooser(model), {"q": typed}).status_code == 200


def test_the_list_shows_what_tells_people_apart(editor: Client, person: Practitioner) -> None:
    shown = text(editor.get(address(Practitioner, "list")))
    for words in ("Anna Nowak", "mediatorka", "Warszawa", "w bazie"):
        assert words in shown


def test_the_chooser_tells_two_nowaks_apart(editor: Client, person: Practitioner) -> None:
    PractitionerFactory(name="Anna Nowak", headline="urbanistka", organisation="Biuro Miast")
    shown = text(editor.get(chooser(Practitioner)))
    assert shown.count("Anna Nowak") >= 2
    for words in ("mediatorka", "urbanistka", "Pracownia Styku", "Biuro Miast"):
        assert words in shown


def test_a_list_asks_no_more_for_more_people(
    keeper: Client, panel: Method, django_assert_max_num_queries: Any
) -> None:
    # Who may translate is also asked, row by row, by wagtail-localize's own buttons; a page has 50 rows at most.
    Permission.objects.get(codename="submit_translation").group_set.clear()
    PractitionerFactory.create_batch(30, methods=[panel])
    keeper.get(address(Practitioner, "list"))
    with django_assert_max_num_queries(45):
        keeper.get(address(Practitioner, "list"))


class TestMunicipalities:
    def test_the_chooser_finds_without_diacritics_and_tells_namesakes_apart(self, editor: Client) -> None:
        shown = text(editor.get(chooser(Municipality), {"q": "olawa"}))
        for words in ("Oława", "gmina miejska", "gmina wiejska", "oławski", "dolnośląskie"):
            assert words in shown

    def test_it_narrows_by_voivodeship(self, editor: Client) -> None:
        found = editor.get(chooser(Municipality), {"q": "Lubin", "voivodeship": "dolnoslaskie"})
        assert "dolnośląskie" in text(found)
        nowhere = editor.get(chooser(Municipality), {"q": "Lubin", "voivodeship": "podlaskie"})
        assert "dolnośląskie" not in text(nowhere)

    def test_the_list_searches_and_filters_the_register(self, editor: Client) -> None:
        shown = text(editor.get(address(Municipality, "list"), {"q": "łodz"}))
        assert "Łódź" in shown
        table = text(editor.get(address(Municipality, "list"), {"kind": "rural", "voivodeship": "lubelskie"}))
        assert "Abramów" in table
        assert "Wrocław" not in table

    def test_all_are_there(self) -> None:
        assert Municipality.objects.filter(is_demo=False).count() == 2477

    def test_an_editor_reads_the_register_but_does_not_change_it(self, editor: Client) -> None:
        assert editor.get(address(Municipality, "list")).status_code == 200
        assert editor.get(address(Municipality, "add")).status_code == 302


class TestAddresses:
    def test_an_editor_sees_no_address_of_a_person(self, editor: Client, person: Practitioner) -> None:
        for url in (
            address(Practitioner, "list"),
            address(Practitioner, "edit", person.pk),
            chooser(Practitioner),
        ):
            assert "tajna.anna" not in editor.get(url).content.decode()
        sheet = editor.get(address(Practitioner, "list"), {"export": "csv"})
        assert "Anna Nowak" in sheet.getvalue().decode()
        assert "tajna.anna" not in sheet.getvalue().decode()

    def test_a_keeper_sees_and_exports_it(self, keeper: Client, person: Practitioner) -> None:
        assert "tajna.anna" in keeper.get(address(Practitioner, "edit", person.pk)).content.decode()
        sheet = keeper.get(address(Practitioner, "list"), {"export": "csv"})
        assert "tajna.anna" in sheet.getvalue().decode()
        assert keeper.get(address(Practitioner, "list"), {"export": "xlsx"}).status_code == 200


def test_whoever_is_in_no_group_sees_nothing(person: Practitioner) -> None:
    client = signed_in()
    for model in MODELS:
        assert client.get(address(model, "list")).status_code == 302


def test_a_term_shows_how_many_people_have_it(keeper: Client, person: Practitioner) -> None:
    shown = text(keeper.get(address(Method, "list")))
    assert "minipublika" in shown
    assert "Osób w bazie" in shown
