"""The import in the admin, as an editor meets it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import Practitioner
from directory.models.imports import ImportRun

from .people_files import people

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/import-praktykow/"


def upload(client: Client, content: bytes, **more: str) -> object:
    return client.post(UPLOAD, {"file": SimpleUploadedFile("osoby.csv", content), **more}, follow=True)


def test_upload_report_confirm_result(admin_client: Client) -> None:
    content = people({"methods": "nieznana"}, {"email": "zły"}).getvalue()
    page = upload(admin_client, content)
    html = page.content.decode()  # type: ignore[attr-defined]
    assert "Nowe osoby: 1, zmiany: 0, bez zmian: 0, odrzucone wiersze: 1." in html
    assert "Nieznane słowo (metoda): „nieznana”." in html
    assert "To nie jest adres e-mail" in html
    assert not Practitioner.objects.exists()
    run = ImportRun.objects.get()
    store = reverse("import_practitioners:store", args=[run.pk])
    refused = admin_client.post(store, follow=True).content.decode()
    assert "Zaznacz, że osoby" in refused
    assert not Practitioner.objects.exists()
    assert admin_client.get(store).status_code == 405
    assert "Zapisano." in admin_client.post(store, {"consent": "on"}, follow=True).content.decode()
    assert Practitioner.objects.visible().count() == 1
    assert "już zapisany" in admin_client.post(store, {"consent": "on"}, follow=True).content.decode()
    assert Practitioner.objects.count() == 1


def test_words_are_added_when_the_editor_says_so(admin_client: Client) -> None:
    upload(admin_client, people({"methods": "nowa"}).getvalue(), create_terms="on")
    admin_client.post(
        reverse("import_practitioners:store", args=[ImportRun.objects.get().pk]), {"consent": "on"}
    )
    assert Practitioner.objects.get().methods.get().name == "nowa"


def test_more_rows_than_a_browser_waits_for_go_to_the_worker(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.viewsets.importing.AT_ONCE", 2)
    upload(admin_client, people({}, {}, {}).getvalue())
    run = ImportRun.objects.get()
    admin_client.post(reverse("import_practitioners:store", args=[run.pk]), {"consent": "on"})
    run.refresh_from_db()
    assert run.state == "done"  # tasks run at once in tests
    assert Practitioner.objects.count() == 3


def test_a_file_can_be_thrown_away(admin_client: Client) -> None:
    upload(admin_client, people({}).getvalue())
    admin_client.post(reverse("import_practitioners:discard", args=[ImportRun.objects.get().pk]))
    assert not ImportRun.objects.exists()


def test_rows_can_be_narrowed_and_paged(admin_client: Client) -> None:
    upload(admin_client, people(*({} for _n in range(60)), {"email": "zły"}).getvalue())
    url = reverse("import_practitioners:report", args=[ImportRun.objects.get().pk])
    assert "Osoba 60" not in admin_client.get(url).content.decode()
    assert "Osoba 60" in admin_client.get(url + "?p=2").content.decode()
    refused = admin_client.get(url + "?wynik=refused").content.decode()
    assert "Osoba 61" in refused
    assert "Osoba 5<" not in refused
    for odd in ("?wynik=%00", "?p=abc", "?p=-1", "?wynik=uwagi"):
        assert admin_client.get(url + odd).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Plik jest pusty"),
        (b"\x00\x01\x02", "To nie jest plik tekstowy"),
        (b"PK\x03\x04", "To jest arkusz"),
        ("id;name\na;Żółć".encode("cp1250"), "Windows-1250"),
        (b"imie,nazwisko\n", "brakuje kolumn: id, name"),
    ],
)
def test_a_bad_file_gets_a_clear_message(admin_client: Client, content: bytes, said: str) -> None:
    page = upload(admin_client, content)
    assert page.status_code == 200  # type: ignore[attr-defined]
    assert said in page.content.decode()  # type: ignore[attr-defined]
    assert not ImportRun.objects.exists()


def test_too_big_and_missing_files_are_told(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.viewsets.importing.LARGEST", 10)
    assert "najwyżej 10 MB" in upload(admin_client, people({}).getvalue()).content.decode()  # type: ignore[attr-defined]
    assert admin_client.post(UPLOAD).status_code == 200


def test_only_those_who_may_edit_people_see_it(client: Client) -> None:
    user = User.objects.create_user("redaktor", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(UPLOAD).status_code in (302, 403)
    assert b"import-praktykow" not in client.get("/admin/").content
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["add_practitioner", "change_practitioner"])
    )
    user = User.objects.get(pk=user.pk)
    client.force_login(user)
    assert client.get(UPLOAD).status_code == 200
    assert b"import-praktykow" in client.get("/admin/").content
