"""The photograph of somebody who joins: stripped, seen by them alone, gone with the form, the profile's once accepted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model

from directory import services
from directory.joining import drafts, moderation, retention
from directory.models import EntryPhoto, Practitioner, SignUp, SignUpPhoto
from directory.self_service import photos
from tests.factories import PractitionerFactory

from .entry_forms import picture
from .joining_form import AGREED, CONSENT, EMAIL, SENT, START, WHAT, WHERE, WHO, WORK, join
from .own_entry import text_of
from .standing import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "base")]
Picture = get_image_model()
PHOTO = "/dolacz/zdjecie.jpg"


def begin(client: Client, photo: Any = None, **more: Any) -> Any:
    return client.post(START, WHO | {"photo": photo or picture()} | more)


def person_with_photo(client: Client) -> Practitioner:
    client.post(join(client, who={"photo": picture(place="Dom Łucji")}))
    return Practitioner.objects.get(email=EMAIL)


def test_it_is_seen_in_the_form_and_in_the_preview_by_its_owner_alone(client: Client) -> None:
    assert begin(client, picture(size=(3000, 2000), place="Dom Łucji"))["Location"] == WHERE
    assert PHOTO in text_of(client.get(START))
    client.post(WHERE, {"voivodeship": "lubelskie"})
    client.post(WHAT, WORK)
    assert PHOTO in text_of(client.get(CONSENT))
    assert PHOTO in text_of(client.get("/dolacz/strona/"))
    answer = client.get(PHOTO)
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert b"Dom \xc5\x81ucji" not in answer.content
    assert not Image.open(BytesIO(answer.content)).getexif()
    assert Image.open(BytesIO(answer.content)).size == (1600, 1067)
    assert Client().get(PHOTO).status_code == 404
    assert not Picture.objects.exists(), "the staff's library has nothing of who is nobody yet"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"to nie jest zdjecie", "nie da się odczytać"),
        (b"", "pusty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "nie da się odczytać"),
        (b"x" * (photos.LARGEST + 1), "za duży"),
        (picture(size=(90, 300)).read(), "za małe"),
    ],
    ids=["text", "empty", "svg", "large", "small"],
)
def test_what_is_no_photograph_is_refused_and_the_rest_stays(
    client: Client, content: bytes, said: str
) -> None:
    answer = begin(client, SimpleUploadedFile("ja.jpg", content, "image/jpeg"))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert WHO["headline"] in text_of(answer)
    assert 'aria-describedby="id_photo-hint id_photo-error"' in answer.content.decode()
    assert not SignUpPhoto.objects.exists()
    assert WHO["headline"] in text_of(client.get(START))


def test_a_mistake_elsewhere_does_not_lose_it_and_another_takes_its_place(client: Client) -> None:
    assert begin(client, headline="").status_code == 422
    before = client.get(PHOTO).content
    assert begin(client, picture(size=(200, 300))).status_code == 302
    assert client.get(PHOTO).content != before
    assert SignUpPhoto.objects.count() == 1
    client.post(START, WHO)
    assert SignUpPhoto.objects.exists(), "no file is no wish to remove it"
    client.post(START, WHO | {"remove_photo": "on"})
    assert not SignUpPhoto.objects.exists()
    assert client.get(PHOTO).status_code == 404


def test_a_robot_in_the_trap_leaves_nothing(client: Client) -> None:
    begin(client, website="x")
    assert not SignUpPhoto.objects.exists()


def test_there_is_an_end_to_sending_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = drafts.limits.Limit("join-photos", 1, timedelta(hours=1))
    monkeypatch.setattr(drafts, "PHOTOS", limit)
    begin(client)
    answer = begin(client, headline="zostaje")
    assert answer.status_code == 429
    assert "zostaje" in text_of(answer)


def test_it_goes_with_the_form(client: Client, clock: Clock) -> None:
    begin(client)
    client.post("/dolacz/usun/")
    assert not SignUpPhoto.objects.exists()
    begin(client)
    clock.forward(days=8)
    retention.erase_old(clock.now)
    assert not SignUp.objects.exists()
    assert not SignUpPhoto.objects.exists()


def test_it_goes_when_nobody_confirms_and_when_the_address_is_known(client: Client, clock: Clock) -> None:
    join(client, who={"photo": picture()})
    assert SignUpPhoto.objects.exists()
    clock.forward(days=4)
    retention.erase_old(clock.now)
    assert not SignUpPhoto.objects.exists()
    PractitionerFactory(email="znana@example.org")
    begin(client, email="znana@example.org")
    client.post(WHERE, {"voivodeship": "lubelskie"})
    client.post(WHAT, WORK)
    assert SignUpPhoto.objects.exists()
    assert client.post(CONSENT, AGREED)["Location"] == SENT
    assert not SignUpPhoto.objects.exists()


def test_erasing_somebody_takes_what_is_being_typed_with_their_address(client: Client, clock: Clock) -> None:
    person = PractitionerFactory(email=EMAIL)
    begin(client)
    services.erase(practitioner=person, now=clock.now)
    assert not SignUpPhoto.objects.exists()


def test_the_staff_see_it_and_it_becomes_the_profiles(
    client: Client, admin_user: AbstractUser, clock: Clock
) -> None:
    person = person_with_photo(client)
    assert not SignUpPhoto.objects.exists()
    image = Picture.objects.get()
    staff = Client()
    staff.force_login(admin_user)
    page = text_of(staff.get(f"/admin/zgloszenia-do-bazy/{person.pk}/"))
    assert 'alt="Zdjęcie: Łucja Ćwiklińska"' in page
    moderation.accept(sign_up=person.sign_up, user=admin_user, now=clock.now)
    person = Practitioner.objects.get(pk=person.pk)
    assert person.photo == image
    assert (
        "images/" in text_of(Client().get(person.get_absolute_url())).split('class="portrait" src="')[1][:60]
    )
    clock.forward(days=400)
    assert photos.forget_unused(clock.now) == 0


def test_who_is_refused_leaves_no_file(
    client: Client, admin_user: AbstractUser, clock: Clock, tmp_path: Path, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    settings.STORAGES |= {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    person = person_with_photo(client)
    file = Picture.objects.get().file
    moderation.reject(sign_up=person.sign_up, reason="To nie zdjęcie.", user=admin_user, now=clock.now)
    clock.forward(days=2)
    assert photos.forget_unused(clock.now) == 0, "the staff may bring the person back"
    assert file.storage.exists(file.name)
    clock.forward(days=31)
    with django_capture_on_commit_callbacks(execute=True):
        retention.erase_old(clock.now)
    assert not Picture.objects.exists()
    assert not EntryPhoto.objects.exists()
    assert not file.storage.exists(file.name)
