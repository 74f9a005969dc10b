"""A person who asks to be forgotten: everything goes, and no file brings them back."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry, ReferenceIndex
from wagtail_localize.operations import translate_object

from directory import importing, services
from directory.importing.report import Report
from directory.models import Consent, EntryLink, Erased, Practitioner
from directory.models.imports import ImportRow
from directory.self_service import links
from home.clock import run_due
from home.privacy import tasks
from search.faceted import faceted
from search.indexing import flush
from search.models import Entry
from search.worker import drain
from tests.factories import PractitionerFactory
from tests.search.conftest import elasticsearch, shorten_the_register

from .people_files import people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROW = {
    "id": "t1",
    "name": "Świętosława Rzadka",
    "bio": "Jedyne takie zdanie o powodziach.",
    "email": "rzadka@example.org",
    "website": "example.org/rzadka",
    "voivodeship": "łódzkie",
    "municipality": "Łódź",
}
TRACES = ("rzadka", "Rzadka", "Jedyne takie zdanie", "t1@")


def everything_stored() -> dict[str, str]:
    """The text of every table of the database, by its name."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = repr(cursor.fetchall())
    return found


def tables_that_name_her() -> set[str]:
    return {name for name, text in everything_stored().items() if any(trace in text for trace in TRACES)}


@pytest.fixture
def person() -> Practitioner:
    importing.run(people(ROW))
    person = Practitioner.objects.get()
    image = get_image_model().objects.create(title="Rzadka", file=get_test_image_file("rzadka.png"))
    person.photo = image
    person.save()
    person.headline = "szkic Rzadkiej"
    person.save_revision()
    log(person, "wagtail.edit")
    english, _new = Locale.objects.get_or_create(language_code="en")
    translate_object(person, [english])
    flush("default")
    return person


def test_nothing_names_an_erased_person_anywhere(person: Practitioner) -> None:
    assert {
        "directory_practitioner",
        "wagtailcore_revision",
        "wagtailcore_modellogentry",
    } <= tables_that_name_her()
    assert {"wagtail_localize_string", "directory_importrow"} <= tables_that_name_her()
    key, file = str(person.pk), person.photo.file
    assert file.storage.exists(file.name)
    services.erase(practitioner=person, now=NOW)
    flush("default")
    assert tables_that_name_her() == set()
    assert not Practitioner.objects.exists()
    assert not Consent.objects.exists()
    assert not get_image_model().objects.exists()
    assert not Entry.objects.filter(kind="directory.practitioner", object_id=key).exists()
    assert not ReferenceIndex.objects.filter(content_type__model="practitioner").exists()
    assert faceted(Practitioner.objects.all(), "Rzadka").total == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="autovacuum does it in PostgreSQL")
def test_her_words_leave_the_files_of_the_index(person: Practitioner) -> None:
    PractitionerFactory(name="Anna Zielona")
    flush("default")
    assert "rzadek" in everything_stored()["search_fts_data"]
    services.erase(practitioner=person, now=NOW)
    flush("default")
    assert "rzadek" in everything_stored()["search_fts_data"], "FTS5 only marks what is deleted"
    run_due(NOW)
    assert "rzadek" not in everything_stored()["search_fts_data"]
    assert faceted(Practitioner.objects.all(), "Zielona").total == 1


@pytest.mark.django_db(transaction=True)
def test_no_photo_in_any_size_stays_and_no_task_that_names_it(tmp_path: Path, settings: Any) -> None:
    """As in production: files on a disk, and a worker that deletes them."""
    settings.STORAGES |= {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    person = PractitionerFactory(name="Świętosława Rzadka")
    person.photo = get_image_model().objects.create(title="Rzadka", file=get_test_image_file("rzadka.png"))
    person.save()
    person.photo.get_rendition("fill-200x200")
    person.photo.get_rendition("fill-80x80|format-webp")

    def files() -> list[str]:
        return [path.name for path in tmp_path.rglob("*") if path.is_file()]

    assert len(files()) == 3
    services.erase(practitioner=person, now=NOW)
    call_command("db_worker", batch=True, interval=0, reload=False)
    assert files() == []
    assert "rzadka" in everything_stored()["django_tasks_database_dbtaskresult"]
    tasks.forget_finished(timezone.now() + timedelta(hours=23))
    assert "rzadka" in everything_stored()["django_tasks_database_dbtaskresult"]
    tasks.forget_finished(timezone.now() + timedelta(hours=25))
    assert "rzadka" not in everything_stored()["django_tasks_database_dbtaskresult"]


def test_no_line_of_a_log_names_them(
    client: Client, person: Practitioner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        path = links.issue(person=person, purpose=EntryLink.Purpose.ASKED, now=timezone.now())[1]
        client.post(path)
        client.get("/moj-wpis/moje-dane/")
        client.get("/moj-wpis/czego-nie-ma/")
        assert client.post("/moj-wpis/usun/", {"entry": person.public_id}).status_code in (200, 302)
        flush("default")
    assert not Practitioner.objects.exists()
    assert caplog.records
    lines = "\n".join(str(record.__dict__) for record in caplog.records)
    assert not [trace for trace in (*TRACES, "rzadka@example.org") if trace in lines]


@pytest.mark.elasticsearch
def test_nothing_of_them_stays_in_elasticsearch(person: Practitioner) -> None:
    shorten_the_register()
    prefix = f"erasing_{os.getpid()}_"
    backends = elasticsearch(os.environ["TEST_ELASTICSEARCH_URL"], INDEX_PREFIX=prefix, TIMEOUT=60)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        backend: Any = get_search_backend()
        call_command("update_index", backend_name="default", verbosity=0)

        def held() -> str:
            client, indexes = backend.server.client, f"{prefix}*,-{prefix}directory_municipality*"
            client.indices.refresh(index=indexes)
            return str(client.search(index=indexes, size=1000))

        try:
            assert "rzadk" in held().lower()
            services.erase(practitioner=person, now=NOW)
            flush("default")
            drain()
            assert not [trace for trace in ("rzadk", "powodzi", "swietoslaw") if trace in held().lower()]
        finally:
            backend.remove_indices()


def test_it_stands_in_the_history_without_a_name(person: Practitioner, admin_user: User) -> None:
    services.erase(practitioner=person, now=NOW, user=admin_user)
    entry = ModelLogEntry.objects.get(action=services.ERASE_ACTION)
    assert (entry.user, entry.timestamp, entry.label) == (admin_user, NOW, "usunięta osoba")


def test_no_file_brings_an_erased_person_back(person: Practitioner) -> None:
    services.erase(practitioner=person, now=NOW)
    report = importing.run(people(ROW, ROW | {"id": "t2"}, ROW | {"id": "t3", "email": ""}))
    assert [row.outcome for row in report.rows] == ["refused", "refused", "created"]
    assert "poprosiła o usunięcie" in next(report.rows).notes[0]


def test_a_person_who_was_deleted_but_not_erased_comes_back(person: Practitioner) -> None:
    """The other way: what stops the import is the tombstone and nothing else."""
    for row in Practitioner.objects.all():
        row.delete()
    assert importing.run(people(ROW)).created == 1


def test_a_file_that_waits_for_confirmation_does_not_either(person: Practitioner) -> None:
    staging = importing.staged(people(ROW | {"name": "Świętosława Rzadka-Nowak"}))
    services.erase(practitioner=person, now=NOW)
    assert not ImportRow.objects.exclude(data={}).exists()
    importing.store(staging)
    assert Report(staging).refused == 1
    assert not Practitioner.objects.exists()


def test_others_keep_what_is_theirs(person: Practitioner) -> None:
    importing.run(people({"id": "t9", "name": "Inna", "bio": ROW["bio"]}))
    other = Practitioner.objects.get(public_id="t9")
    other.photo = person.photo
    other.save()
    ReferenceIndex.create_or_update_for_object(other)
    translate_object(other, [Locale.objects.get(language_code="en")])
    services.erase(practitioner=person, now=NOW)
    assert get_image_model().objects.get() == other.photo
    assert apps.get_model("wagtail_localize.String").objects.filter(data=ROW["bio"]).exists()


def url(view: str, person: Practitioner) -> str:
    return reverse(f"wagtailsnippets_directory_practitioner:{view}", args=[person.pk])


def test_the_desk_asks_before_it_erases(admin_client: Client, person: Practitioner) -> None:
    assert url("erase", person) in admin_client.get(url("state", person)).content.decode()
    page = admin_client.get(url("erase", person)).content.decode()
    assert "Usunąć dane: Świętosława Rzadka?" in page
    assert Practitioner.objects.filter(pk=person.pk).exists()
    assert not Erased.objects.exists()
    after = admin_client.post(url("erase", person), follow=True)
    assert after.status_code == 200
    assert "Usunięto dane tej osoby." in after.content.decode()
    assert not Practitioner.objects.exists()
    assert Erased.objects.count() == 2


def test_only_those_who_may_delete_may_erase(
    client: Client, django_user_model: type[User], person: Practitioner
) -> None:
    user = django_user_model.objects.create_user("redakcja", password="x")
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "publish_practitioner", "change_practitioner"]
        )
    )
    client.force_login(user)
    client.post(url("erase", person))
    assert Practitioner.objects.filter(pk=person.pk).exists()
    page = client.get(url("state", person)).content.decode()
    assert "Nowy stan" in page
    assert url("erase", person) not in page
