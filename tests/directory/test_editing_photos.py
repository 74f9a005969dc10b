"""The photograph of one's own entry: stripped, bounded, never lost by a mistake elsewhere, never kept for nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model

from directory import services
from directory.models import EntryPhoto, Practitioner
from directory.self_service import editing, holdings, photos
from tests.factories import PractitionerFactory

from .entry_forms import CHANGE, EDIT, filled, kept_photo, picture, send
from .own_entry import text_of
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Picture = get_image_model()
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00"
    b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def again(person: Practitioner) -> Practitioner:
    return Practitioner.objects.get(pk=person.pk)


def waiting_photo(person: Practitioner) -> Any:
    draft: Any = again(person).latest_revision
    return draft.content["photo"]


def test_it_waits_like_the_rest_and_says_nothing_of_where_it_was_taken(
    inside: Client, person: Practitioner
) -> None:
    big = picture(size=(3000, 2000), place="Dom Haliny")
    assert b"Dom Haliny" in big.read()
    big.seek(0)
    page = send(inside, person, photo=big)
    assert "Zmiany czekają" in text_of(page)
    image = Picture.objects.get()
    assert (again(person).photo, waiting_photo(person)) == (None, image.pk)
    with image.file.open() as file:
        content = file.read()
    assert b"Dom Haliny" not in content
    assert Image.open(BytesIO(content)).size == (1600, 1067)
    assert "halina" not in image.file.name.lower()
    editing.publish(person=person, seen=again(person).latest_revision_id or 0, now=NOW, user=None)
    assert again(person).photo == image


def test_a_mistake_elsewhere_does_not_lose_it(inside: Client, person: Practitioner) -> None:
    page = inside.post(EDIT, filled(person, name="", photo=picture()))
    assert page.status_code == 422
    assert "To zdjęcie już mamy" in text_of(page)
    kept = kept_photo(page)
    preview = inside.post(EDIT, filled(person, act="preview", kept_photo=kept))
    assert kept_photo(preview) == kept
    send(inside, person, kept_photo=kept)
    assert waiting_photo(person) == EntryPhoto.objects.get().image_id
    assert Picture.objects.count() == 1


def test_nobody_takes_anothers(inside: Client, person: Practitioner) -> None:
    other = PractitionerFactory(name="Inna Osoba")
    theirs = photos.keep(person=other, content=photos.prepared(picture()), now=NOW)
    send(inside, person, headline="nowa", kept_photo=str(theirs.pk))
    assert waiting_photo(person) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ja.jpg", b"", "pusty"),
        ("ja.jpg", b"to nie jest zdjecie", "nie da się odczytać"),
        ("ja.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "nie da się odczytać"),
        ("ja.gif", GIF, "nie da się odczytać"),
        ("ja.jpg", picture(size=(90, 300)).read(), "za małe"),
        ("ja.jpg", picture().read()[:700], "nie da się odczytać"),
        ("ja.jpg", b"x" * (photos.LARGEST + 1), "za duży"),
    ],
)  # fmt: skip
def test_what_is_no_photograph_is_refused_and_the_rest_stays(
    inside: Client, person: Practitioner, name: str, content: bytes, said: str
) -> None:
    page = inside.post(EDIT, filled(person, headline="zostaje", photo=SimpleUploadedFile(name, content)))
    assert page.status_code == 422
    assert said in text_of(page)
    assert "zostaje" in text_of(page)
    assert not Picture.objects.exists()


def test_a_picture_of_endless_pixels_is_refused(
    inside: Client, person: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MOST_PIXELS", 1000)
    page = inside.post(EDIT, filled(person, photo=picture()))
    assert "za dużo pikseli" in text_of(page)


def test_there_is_an_end_to_uploading(inside: Client, person: Practitioner, clock: Clock) -> None:
    for _n in range(photos.MOST_A_DAY):
        inside.post(EDIT, filled(person, act="edit", photo=picture()))
    page = inside.post(EDIT, filled(person, act="edit", photo=picture()))
    assert "Dziś wgrano już za dużo zdjęć" in text_of(page)
    assert Picture.objects.count() == photos.MOST_A_DAY


def test_it_can_be_removed(inside: Client, person: Practitioner) -> None:
    kept = photos.keep(person=person, content=photos.prepared(picture()), now=NOW)
    person.photo = kept.image
    person.save()
    send(inside, person, remove_photo="on")
    assert waiting_photo(person) is None
    assert "bez zdjęcia" in text_of(inside.get(CHANGE))
    assert again(person).photo == kept.image


def test_what_nobody_uses_is_erased_after_a_day(inside: Client, person: Practitioner, clock: Clock) -> None:
    inside.post(EDIT, filled(person, act="edit", photo=picture()))
    send(inside, person, photo=picture())
    used = waiting_photo(person)
    assert photos.forget_unused(clock.now) == 0
    clock.forward(days=2)
    assert photos.forget_unused(clock.now) == 1
    assert [image.pk for image in Picture.objects.all()] == [used]
    editing.send_back(
        person=person, seen=again(person).latest_revision_id or 0, reason="x", now=NOW, user=None
    )
    assert photos.forget_unused(clock.now) == 0, "it can still be sent again"
    editing.take_back(person=person, now=clock.now)
    assert photos.forget_unused(clock.now) == 1
    assert not Picture.objects.exists()


def test_a_published_one_stays(person: Practitioner, clock: Clock) -> None:
    kept = photos.keep(person=person, content=photos.prepared(picture()), now=NOW)
    person.photo = kept.image
    person.save()
    clock.forward(days=400)
    assert photos.forget_unused(clock.now) == 0
    assert Picture.objects.exists()


def test_a_rejected_one_is_handed_over_and_erased_with_the_person(
    inside: Client, person: Practitioner
) -> None:
    send(inside, person, photo=picture(), headline="Jedyne takie zdanie")
    editing.send_back(
        person=person,
        seen=again(person).latest_revision_id or 0,
        reason="Zdjęcie nieostre.",
        now=NOW,
        user=None,
    )
    told = str(holdings.as_data(again(person)))
    for kept in ("Jedyne takie zdanie", "Zdjęcie nieostre.", "directory.entryphoto", "directory.entrychange"):
        assert kept in told
    assert Picture.objects.exists()
    services.erase(practitioner=again(person), now=NOW)
    assert not Picture.objects.exists()
    assert not EntryPhoto.objects.exists()
