"""The page that tells the staff how the search does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import Practitioner
from search import outbox
from search.documents import kind_of
from search.models import Change
from tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db
KIND = kind_of(Practitioner)


def state(client: Any) -> str:
    answer = client.get(reverse("search_state:index"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_is_well(admin_client: Any) -> None:
    text = state(admin_client)
    assert "Na pytania odpowiada baza danych." in text
    assert "Wszystkie zmiany są zindeksowane." in text
    assert "Spróbuj teraz" not in text


def test_what_waits_is_told_and_can_be_tried_now(admin_client: Any, client: Any) -> None:
    person = PractitionerFactory(name="Hanna Czapla")
    Change.objects.all().delete()
    outbox.note(KIND, [str(person.pk)], "default")
    Change.objects.update(noted_at=timezone.now() - timedelta(minutes=7), attempts=1)
    text = state(admin_client)
    assert "czeka 1 zmiana" in text
    assert "od 7 minut" in text
    told = client.get("/health/ready").json()["search"]
    assert (told["waiting"], told["lag_seconds"] >= 420, told["refused"]) == (1, True, 0)
    answer = admin_client.post(reverse("search_state:index"), follow=True)
    assert "Zindeksowano 1 zmianę" in answer.content.decode()
    assert not Change.objects.pending().exists()


def test_what_was_given_up_is_named_and_can_be_tried_again(admin_client: Any) -> None:
    person = PractitionerFactory(name="Hanna Czapla")
    outbox.note(KIND, [str(person.pk)], "default")
    Change.objects.update(done_at=timezone.now(), error="ValueError: broken")
    assert "Hanna Czapla" in state(admin_client)
    admin_client.post(reverse("search_state:index"), {"again": "1"})
    assert "Tego nie udało się" not in state(admin_client)


def test_who_may_not_see_questions_may_not_see_the_state(client: Any, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("nikt", password="x")
    client.force_login(user)
    assert client.get(reverse("search_state:index")).status_code == 302
