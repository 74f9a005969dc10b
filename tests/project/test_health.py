from typing import Any

import pytest
from django.db import DatabaseError
from django.test import override_settings

from przestrzen import health


@pytest.mark.django_db
def test_a_sound_site_is_live_and_ready(client: Any) -> None:
    assert client.get("/health/live").content == b"ok"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    told = answer.json()["search"]
    assert (told["engine"], told["state"], told["waiting"]) == ("database", "ok", 0)


@pytest.mark.django_db
def test_without_its_database_it_lives_but_is_not_ready(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "MigrationExecutor", away)
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
def test_late_mail_is_told(client: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from home.models import OutboxMail

    long_ago = timezone.now() - timedelta(hours=1)
    OutboxMail.objects.create(
        recipient="a@example.org",
        subject="x",
        text="y",
        kind="test",
        not_before=long_ago,
        created_at=long_ago,
    )
    assert client.get("/health/ready").json()["mail"] == {"late": 1, "state": "behind"}


@pytest.mark.django_db
@override_settings(MAINTENANCE=True)
def test_during_maintenance_readers_get_one_page_and_the_staff_go_on(client: Any) -> None:
    answer = client.get("/artykuly/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert client.get("/health/live").status_code == 200
    assert client.get("/admin/login/").status_code == 200


@pytest.mark.django_db
def test_robots_close_the_staff_side_and_name_the_sitemap(client: Any) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "/sitemap.xml" in text


@pytest.mark.django_db
def test_the_public_policy_allows_nothing_inline_and_the_admin_has_its_own(client: Any) -> None:
    public = client.get("/robots.txt")["Content-Security-Policy"]
    assert "unsafe-inline" not in public
    assert "default-src 'none'" in public
    assert "unsafe-inline" in client.get("/admin/login/")["Content-Security-Policy"]
