"""Editors teach the search: the forms, the previews, who may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from search.models import LexiconEntry, ThesaurusGroup
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/search/thesaurusgroup/"
WORDS = "/admin/snippets/search/lexiconentry/"


@pytest.fixture
def editor() -> Client:
    user = User.objects.create_user(username="redaktorka")
    user.groups.add(Group.objects.get(name="Redakcja: prowadzący"))
    client = Client()
    client.force_login(user)
    return client


def form(**fields: str) -> dict[str, str]:
    return {
        "kind": "equal",
        "terms": "",
        "answers": "",
        "language": "pl",
        "note": "",
        "active": "on",
    } | fields


def test_an_editor_adds_changes_and_removes_a_group(editor: Client) -> None:
    saved = editor.post(LIST + "add/", form(terms="kolokwium sąsiedzkie\r\nnarada obywatelska"))
    assert saved.status_code == 302, saved.content.decode()[:2000]
    group = ThesaurusGroup.objects.get(origin="editor")
    assert "kolokwium sąsiedzkie" in editor.get(LIST, {"q": "kolokwium"}).content.decode()
    page = editor.get(f"{LIST}edit/{group.pk}/").content.decode()
    assert "Sprawdź, co się zmieni" in page
    assert "data-w-autosave-interval-value" not in page, "a half-written rule must not reach readers"
    changed = form(terms="kolokwium sąsiedzkie", kind="one_way", answers="narada obywatelska")
    assert editor.post(f"{LIST}edit/{group.pk}/", changed).status_code == 302
    group.refresh_from_db()
    assert group.kind == "one_way"
    assert editor.get(f"{LIST}history/{group.pk}/").status_code == 200
    assert editor.post(f"{LIST}delete/{group.pk}/").status_code == 302
    assert not ThesaurusGroup.objects.filter(pk=group.pk).exists()


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(editor: Client) -> None:
    page = editor.post(LIST + "add/", form(terms="samotne hasło")).content.decode()
    assert "Jedno hasło niczego nie zmieni" in page
    assert "samotne hasło" in page
    twice = editor.post(LIST + "add/", form(terms="BO\r\nbudżet partycypacyjny")).content.decode()
    assert "jest już w grupie „BO = budżet obywatelski = budżet partycypacyjny”" in twice


def test_the_report_leads_to_a_form_that_is_filled_in(editor: Client) -> None:
    page = editor.get(LIST + "add/", {"terms": "hackaton <miejski>"}).content.decode()
    assert "hackaton &lt;miejski&gt;</textarea>" in page
    assert 'value="prosument"' in editor.get(WORDS + "add/", {"terms": "prosument"}).content.decode()


def test_the_preview_shows_who_comes_and_stores_nothing(editor: Client) -> None:
    PractitionerFactory(name="Felicja Pomost", biography="Prowadzę mediacje.")
    before = list(ThesaurusGroup.objects.values_list("pk", "terms", "active"))
    page = editor.post(reverse("thesaurus_preview"), form(terms="zwadogodzenie\r\nmediacja")).content.decode()
    assert "Felicja Pomost" in page
    assert "zwadogodzenie" in page
    assert list(ThesaurusGroup.objects.values_list("pk", "terms", "active")) == before


def test_the_preview_shows_who_leaves_when_a_group_is_switched_off(editor: Client) -> None:
    PractitionerFactory(name="Felicja Pomost", biography="Prowadzę mediacje.")
    group = ThesaurusGroup.objects.create(terms="zwadogodzenie\nmediacja")
    off = form(terms=group.terms)
    del off["active"]
    address = f"{reverse('thesaurus_preview')}?pk={group.pk}"
    page = editor.post(address, off).content.decode()
    row = page.split('<th scope="row">zwadogodzenie</th>')[1].split("</tr>")[0]
    assert [cell.split("</td>")[0] for cell in row.split("<td>")[1:3]] == ["1", "0"]
    assert "Felicja Pomost" in row
    group.refresh_from_db()
    assert group.active


def test_a_preview_of_a_faulty_form_says_what_is_wrong(editor: Client) -> None:
    page = editor.post(reverse("thesaurus_preview"), form(terms="samo")).content.decode()
    assert "Jedno hasło niczego nie zmieni" in page
    page = editor.post(
        reverse("lexicon_preview"), {"base": "dwa słowa", "forms": "", "like": ""}
    ).content.decode()
    assert "To nie jest jedno słowo" in page
    for address in (f"{reverse('thesaurus_preview')}?pk=999999", f"{reverse('lexicon_preview')}?pk=999999"):
        assert editor.post(address, form(terms="a\r\nb")).status_code == 404
    for address in (f"{reverse('thesaurus_preview')}?pk=x", f"{reverse('lexicon_preview')}?pk=²"):
        assert editor.post(address, {}).status_code == 200


def test_the_preview_of_a_word_counts_the_texts_it_touches(editor: Client) -> None:
    PractitionerFactory(name="Felicja Pomost", biography="Jestem prosumentką i prosumentem energii.")
    page = editor.post(
        reverse("lexicon_preview"), {"base": "prosument", "like": "student", "forms": "", "active": "on"}
    ).content.decode()
    assert "prosumentem" in page
    assert ": 1</li>" in page
    assert not LexiconEntry.objects.filter(base="prosument").exists()


def test_looking_changes_nothing_and_strangers_do_not_look(editor: Client, client: Client) -> None:
    for name in ("thesaurus_preview", "lexicon_preview"):
        assert editor.get(reverse(name)).status_code == 405
        assert client.post(reverse(name), form(terms="a\r\nb")).status_code == 302
    writer = User.objects.create_user(username="piszący")
    writer.groups.add(Group.objects.get(name="Redakcja: piszący"))
    client.force_login(writer)
    assert client.get(LIST + "add/").status_code == 302
    assert client.post(reverse("thesaurus_preview"), form(terms="a\r\nb")).status_code == 302
    assert "Tezaurus" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("group", ["Redakcja: prowadzący", "Opieka nad bazą praktyków"])
def test_these_groups_keep_the_words(client: Client, group: str) -> None:
    user = User.objects.create_user(username="ktoś")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    for address in (LIST, LIST + "add/", WORDS, WORDS + "add/", "/admin/zapytania/"):
        assert client.get(address).status_code == 200, address
