"""A link and a step of the yearly question, taken by many at the same moment on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from wagtail.models import Locale

from directory.models import EntryLink, FreshnessStep
from directory.self_service import freshness, links
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def polish(transactional_db: None) -> None:
    """A test with real transactions before this one has emptied the tables."""
    Locale.objects.get_or_create(language_code="pl")


def at_once(work: Callable[[], object], times: int = 8) -> list[object]:
    def one(_n: int) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_of_eight_with_one_link_one_gets_in() -> None:
    person = PractitionerFactory(email="halina@example.org")
    link, _path = links.issue(person=person, purpose=EntryLink.Purpose.ASKED, now=NOW)
    answers = at_once(lambda: links.use(link, NOW))
    assert len([secret for secret in answers if secret]) == 1


def test_of_eight_clocks_one_writes() -> None:
    PractitionerFactory(email="halina@example.org", confirmed_at=date(2025, 1, 1))
    assert sum(map(int, map(str, at_once(lambda: freshness.run(NOW))))) == 1
    assert FreshnessStep.objects.count() == OutboxMail.objects.count() == 1
