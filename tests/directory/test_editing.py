"""A person edits their own entry: what they write waits for the staff, and nothing of it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from directory.models import DirectorySettings, EntryChange, Method, Practitioner, PractitionerLink
from directory.self_service import editing
from tests.factories import MunicipalityFactory, PractitionerFactory

from .entry_forms import CHANGE, EDIT, filled, send
from .own_entry import ENTRY, issued, text_of
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def again(person: Practitioner) -> Practitioner:
    return Practitioner.objects.get(pk=person.pk)


def said(person: Practitioner) -> list[str]:
    return [str(entry.message) for entry in log_registry.get_logs_for_instance(person)]


def test_a_change_waits_and_the_public_sees_what_was(inside: Client, person: Practitioner) -> None:
    panel = Method.objects.create(name="panel obywatelski", slug="panel", locale=person.locale)
    page = send(
        inside, person, headline="facylitatorka", methods=[panel.pk], url_1="https://example.org/halina",
        label_1="Strona", languages=["pl", "uk"], biography="Mieszkam nad rzeką.",
    )  # fmt: skip
    assert page.status_code == 200
    assert "Zmiany czekają na redakcję od 23 listopada 2026" in text_of(page)
    now = again(person)
    assert (now.headline, now.biography, now.languages) == ("", "", [])
    assert not now.methods.exists()
    assert not now.links.exists()
    assert "facylitatorka" not in text_of(Client().get(person.get_absolute_url()))
    draft: Any = now.latest_revision
    assert draft.user is None
    draft.publish()
    now = again(person)
    assert (now.headline, now.biography, now.languages) == (
        "facylitatorka",
        "Mieszkam nad rzeką.",
        ["pl", "uk"],
    )
    assert list(now.methods.all()) == [panel]
    assert [(link.url, link.label) for link in now.links.all()] == [("https://example.org/halina", "Strona")]
    assert "Zmiany czekają" not in text_of(inside.get(ENTRY))
    assert "Osoba sama wysłała zmiany: Czym się zajmuje, Metody, Języki, O sobie, Linki" in said(person)


def test_the_form_shows_what_is_there(inside: Client, person: Practitioner) -> None:
    place = MunicipalityFactory(name="Olszanka", county="brzeski")
    person.municipality, person.headline = place, "mediatorka"
    person.links = [PractitionerLink(url="https://example.org/stary", label="Stary")]
    person.save()
    page = inside.get(EDIT)
    text = page.content.decode()
    for shown in ("mediatorka", "Olszanka (miejska), pow. brzeski", "https://example.org/stary"):
        assert shown in text
    assert "Halina@example.org" not in text
    assert page["Cache-Control"].startswith("max-age=0")
    assert "noindex" in page["X-Robots-Tag"]
    assert "Wpis jest już taki" in text_of(send(inside, person))
    assert not Revision.objects.exists()


def test_the_newest_draft_is_what_one_goes_on_with(inside: Client, person: Practitioner) -> None:
    send(inside, person, headline="pierwsza")
    assert "pierwsza" in inside.get(EDIT).content.decode()
    send(inside, person, organisation="Fundacja")
    draft: Any = again(person).latest_revision
    assert (draft.content["headline"], draft.content["organisation"]) == ("pierwsza", "Fundacja")
    assert Revision.objects.count() == 1, "what was superseded is not kept"
    assert EntryChange.objects.get().fields == ["headline", "organisation"]


def test_one_sees_the_difference_and_takes_it_back(inside: Client, person: Practitioner) -> None:
    Practitioner.objects.filter(pk=person.pk).update(biography="Lubię rozmowy z ludźmi.")
    send(inside, person, biography="Lubię długie rozmowy z <b>ludźmi</b>.")
    page = inside.get(CHANGE).content.decode()
    assert "<ins>długie" in page
    assert "&lt;b&gt;" in page
    assert "<del>ludźmi.</del>" in page
    answer = inside.post(CHANGE, {"entry": person.public_id}, follow=True)
    assert "Zmiany są cofnięte" in text_of(answer)
    now = again(person)
    assert (now.has_unpublished_changes, now.latest_revision, now.biography) == (
        False,
        None,
        "Lubię rozmowy z ludźmi.",
    )
    assert not Revision.objects.exists()
    assert not EntryChange.objects.exists()
    assert "Osoba cofnęła swoje zmiany" in said(person)
    assert "Nie ma już zmian" in text_of(inside.post(CHANGE, {"entry": person.public_id}, follow=True))


def test_taking_back_leaves_an_editors_draft(inside: Client, person: Practitioner) -> None:
    person.headline = "szkic redakcji"
    editors = person.save_revision()
    send(inside, person, organisation="Fundacja")
    inside.post(CHANGE, {"entry": person.public_id})
    now = again(person)
    assert (now.latest_revision, now.has_unpublished_changes) == (editors, True)


def test_what_the_staff_work_on_is_not_taken_back(inside: Client, person: Practitioner) -> None:
    send(inside, person, headline="nowa")
    draft: Any = editing.newest(again(person))
    draft.organisation = "poprawka redakcji"
    draft.save_revision()
    assert "Redakcja już poprawia te zmiany" in text_of(
        inside.post(CHANGE, {"entry": person.public_id}, follow=True)
    )
    assert editing.waiting(again(person))


def test_writing_back_what_is_published_is_taking_it_back(inside: Client, person: Practitioner) -> None:
    send(inside, person, headline="nowa")
    send(inside, person, headline="")
    assert editing.change_of(again(person)) is None
    assert not again(person).has_unpublished_changes


def test_a_conflict_loses_nothing(inside: Client, person: Practitioner) -> None:
    """An editor published something, or another tab sent something, after this form was opened."""
    older = filled(person, headline="z formularza")
    changed = again(person)
    changed.headline = "z redakcji"
    changed.save_revision().publish()
    page = inside.post(EDIT, older)
    assert page.status_code == 409
    text = text_of(page)
    assert "Wpis zmienił się w międzyczasie" in text
    assert 'value="z formularza"' in text
    assert "<del>z redakcji</del>" in text or "redakcji</del>" in text
    assert again(person).has_unpublished_changes is False
    made_from = page.context["form"]["made_from"].value()
    assert made_from != older["made_from"]
    assert inside.post(EDIT, older | {"made_from": made_from}).status_code == 302
    draft: Any = again(person).latest_revision
    assert draft.content["headline"] == "z formularza"


def test_an_entry_the_staff_locked_is_left_alone(inside: Client, person: Practitioner) -> None:
    form = filled(person, headline="nowa")
    Practitioner.objects.filter(pk=person.pk).update(locked=True)
    assert inside.get(EDIT).status_code == 409
    assert inside.post(EDIT, form).status_code == 409
    assert not Revision.objects.exists()


def test_a_withdrawn_entry_is_not_edited(inside: Client, person: Practitioner) -> None:
    Practitioner.objects.filter(pk=person.pk).update(state="withdrawn", state_reason="x")
    assert inside.get(EDIT).status_code == 409
    assert "Zmień wpis" not in text_of(inside.get(ENTRY))


@pytest.mark.parametrize("state", ["moderation", "paused", "hidden"])
def test_an_entry_out_of_sight_can_be_edited_and_stays_there(
    inside: Client, person: Practitioner, state: str
) -> None:
    Practitioner.objects.filter(pk=person.pk).update(state=state, state_reason="x")
    send(inside, person, headline="nowa")
    draft: Any = again(person).latest_revision
    draft.publish()
    assert (again(person).headline, again(person).state) == ("nowa", state)
    assert not Practitioner.objects.visible().exists()


def test_small_changes_go_live_at_once_where_the_staff_say_so(inside: Client, person: Practitioner) -> None:
    send(inside, person, languages=["pl"])
    assert again(person).languages == [], "nothing does unless it is set"
    inside.post(CHANGE, {"entry": person.public_id})
    settings = DirectorySettings.load()
    settings.at_once = ["languages", "links"]
    settings.save()
    page = send(inside, person, languages=["pl"], url_1="https://example.org/")
    assert "Zmiany już widać w bazie" in text_of(page)
    now = again(person)
    assert (now.languages, now.has_unpublished_changes, now.links.count()) == (["pl"], False, 1)
    assert "Osoba sama zmieniła wpis, od razu: Języki, Linki" in said(person)
    send(inside, person, languages=["pl", "de"], headline="nowa")
    assert again(person).languages == ["pl"], "with anything else it waits"
    send(inside, person, languages=["pl", "de", "cs"])
    assert again(person).languages == ["pl"], "and while something waits, all does"


def test_the_preview_shows_card_and_page_and_keeps_nothing(inside: Client, person: Practitioner) -> None:
    panel = Method.objects.create(name="panel obywatelski", slug="panel", locale=person.locale)
    page = inside.post(
        EDIT,
        filled(person, act="preview", headline="facylitatorka", methods=[panel.pk], url_1="https://e.org/x"),
    )
    text = text_of(page)
    assert text.count("<h1") == 1
    assert text.count("facylitatorka") >= 3  # the page, the card, the form that sends it
    assert "panel obywatelski" in text
    assert "e.org/x" in text
    assert not Revision.objects.exists()
    back = inside.post(EDIT, filled(person, act="edit", headline="facylitatorka"))
    assert 'value="facylitatorka"' in back.content.decode()
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "To pole jest wymagane"),
        ({"headline": "x" * 141}, "140"),
        ({"biography": "x" * 3001}, "3000"),
        ({"biography": "a\x00b"}, "O sobie: "),
        ({"biography": "piszcie: halina@example.org"}, "Usuń stąd adres e-mail albo numer telefonu"),
        ({"headline": "mediator, tel. 600 700 800"}, "Usuń stąd adres e-mail albo numer telefonu"),
        ({"url_1": "javascript:alert(1)"}, "Adres 1"),
        ({"url_1": "ftp://example.org/x"}, "Adres zaczyna się od"),
        ({"label_2": "sam napis"}, "brakuje adresu"),
        ({"methods": ["99999999"]}, "Metody"),
        ({"methods": ["x"]}, "Metody"),
        ({"languages": ["tlh"]}, "Języki"),
        ({"sector": "?"}, "Sektor"),
        ({"place": "Nigdzie Takie"}, "Nie znamy gminy o takiej nazwie"),
        ({"place": "o"}, "Nie znamy gminy o takiej nazwie"),
        ({"place": "a\x00b"}, "Gmina"),
        ({"kept_photo": "x"}, "kept_photo"),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(
    inside: Client, person: Practitioner, typed: dict[str, Any], said: str
) -> None:
    page = inside.post(EDIT, filled(person, **{"organisation": "Zostaje „to” <script>", **typed}))
    assert page.status_code == 422
    assert said in text_of(page)
    assert "Zostaje „to” &lt;script&gt;" in text_of(page)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("text", ['"', "%", "😀", "<script>alert(1)</script>", "ą" * 140, "'; --"])
def test_any_words_are_kept_as_they_are(inside: Client, person: Practitioner, text: str) -> None:
    send(inside, person, headline=text)
    draft: Any = again(person).latest_revision
    assert draft.content["headline"] == text
    assert "<script>alert" not in inside.get(CHANGE).content.decode()


def test_an_empty_form_says_what_is_missing(inside: Client, person: Practitioner) -> None:
    assert inside.post(EDIT, {"entry": person.public_id}).status_code == 422


def test_a_municipality_is_found_by_name_and_county(inside: Client, person: Practitioner) -> None:
    first = MunicipalityFactory(name="Zmyślna", slug="zmyslna", county="brzeski", voivodeship="opolskie")
    second = MunicipalityFactory(name="Zmyślna", slug="zmyslna", county="nyski", voivodeship="mazowieckie")
    page = inside.post(EDIT, filled(person, place="zmyslna"))
    assert page.status_code == 422
    assert "Jest kilka takich gmin" in text_of(page)
    assert f'value="{second.teryt}"' in text_of(page)
    send(inside, person, place="zmyslna", place_code=second.teryt)
    draft: Any = again(person).latest_revision
    assert (draft.content["municipality"], draft.content["voivodeship"]) == (second.teryt, "mazowieckie")
    send(inside, person, place="Zmyślna, powiat brzeski", place_code=second.teryt)
    draft = again(person).latest_revision
    assert draft.content["municipality"] == first.teryt
    send(inside, person, place=str(second))
    assert again(person).latest_revision.content["municipality"] == second.teryt  # type: ignore[union-attr]
    send(inside, person, place="")
    assert again(person).latest_revision.content["municipality"] is None  # type: ignore[union-attr]


def test_a_form_of_another_entry_changes_neither(inside: Client, person: Practitioner) -> None:
    other = PractitionerFactory(name="Jan Wrona", email="jan@example.org")
    form = filled(person, headline="nowa")
    inside.post(issued(other))
    assert inside.post(EDIT, form).status_code == 409
    assert inside.post(CHANGE, {"entry": person.public_id}).status_code == 409
    assert not Revision.objects.exists()


def test_nobody_edits_without_a_link_and_nothing_changes_by_looking(
    client: Client, inside: Client, person: Practitioner
) -> None:
    assert Client().get(EDIT).status_code == 403
    assert Client().post(EDIT, filled(person, headline="nowa")).status_code == 403
    assert Client().post(CHANGE, {"entry": person.public_id}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(EDIT, filled(person)).status_code == 403
    inside.get(EDIT + "?act=send&headline=nowa")
    inside.get(CHANGE)
    assert not Revision.objects.exists()


def test_what_was_returned_can_be_corrected_and_is_forgotten_one_day(
    inside: Client, person: Practitioner, clock: Clock
) -> None:
    send(inside, person, headline="za dużo")
    seen = again(person).latest_revision_id
    editing.send_back(person=person, seen=seen or 0, reason="Prosimy krócej.", now=NOW, user=None)
    assert "Prosimy krócej." in text_of(inside.get(ENTRY))
    page = inside.get(EDIT).content.decode()
    assert "za dużo" in page
    assert "Prosimy krócej." in page
    assert again(person).latest_revision is None
    send(inside, person, headline="mało")
    assert EntryChange.objects.get().state == "waiting"
    assert Revision.objects.count() == 1
    seen = again(person).latest_revision_id
    editing.send_back(person=person, seen=seen or 0, reason="Jeszcze raz.", now=NOW, user=None)
    clock.forward(days=89)
    editing.forget_returned(clock.now)
    assert Revision.objects.exists()
    clock.forward(days=2)
    assert editing.forget_returned(clock.now) == 1
    assert not EntryChange.objects.exists()
    assert not Revision.objects.exists()


def test_english_works(inside: Client, person: Practitioner) -> None:
    assert inside.get("/en" + EDIT).status_code == 200
    assert inside.post("/en" + EDIT, filled(person, headline="nowa")).status_code == 302
    assert inside.get("/en" + CHANGE).status_code == 200
