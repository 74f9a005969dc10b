"""The Wagtail admin's own searches, on every engine."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.search.conftest import Engine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ['"', 'panel "', "panel\0", "\0", "'", "%"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/search/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/snippets/directory/practitioner/",
    ],
)
def test_the_admins_own_search_takes_any_text(
    engine: Engine, admin_client: Client, address: str, text: str
) -> None:
    """Stock defect 1: a quote was a 500 on SQLite, a NUL on SQLite and PostgreSQL."""
    assert admin_client.get(address, {"q": text}).status_code == 200


def test_the_admins_listing_knows_polish(engine: Engine, admin_client: Client) -> None:
    for text in ("zubr", "Żubra", "dobr"):
        page = admin_client.get("/admin/snippets/directory/practitioner/", {"q": text})
        assert "Dobrosław Żubr" in page.content.decode(), text
