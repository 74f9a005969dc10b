"""What every test may ask for, and what happens where a real service is missing.

A test marked `elasticsearch`, `postgresql`, `browser`, `gettext` or `git` needs the real thing. Without it the test is
skipped and named loudly at the end; with CI=true it fails, because a suite that silently does not run proves nothing.

By hand, the PostgreSQL suites run so: DATABASE_URL=$TEST_POSTGRESQL_URL python -m pytest -m postgresql
"""

import gc
import math
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from search import rules
from tests import migrated as migrated_database
from tests.postman import Postman, delivering

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

NEEDS = {
    "elasticsearch": (os.environ.get("TEST_ELASTICSEARCH_URL"), "Elasticsearch (see bin/services)"),
    "postgresql": (os.environ.get("TEST_POSTGRESQL_URL"), "PostgreSQL (see bin/services)"),
    "browser": (CHROMIUM, "Chromium"),
    "gettext": (shutil.which("xgettext"), "gettext"),
    "git": (shutil.which("git"), "git"),
}
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
IN_CI = os.environ.get("CI") == "true"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `postgresql` want PostgreSQL as the database: bin/test gives them a process of their own."""
    if ON_POSTGRESQL or not NEEDS["postgresql"][0]:
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again takes a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (present, name) in NEEDS.items():
        if not present and item.get_closest_marker(marker):
            message = f"needs {name}"
            if IN_CI:
                pytest.fail(message, pytrace=False)
            pytest.skip(message)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    for _present, name in NEEDS.values():
        count = sum(f"needs {name}" in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"{count} TESTS DID NOT RUN: no {name}", red=True, bold=True)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of a real Elasticsearch; for tests marked `elasticsearch`."""
    return os.environ["TEST_ELASTICSEARCH_URL"]


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """The address of a real PostgreSQL, whose user may create databases; for tests marked `postgresql`."""
    return os.environ["TEST_POSTGRESQL_URL"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for a worker's whole run; for tests marked `browser`."""
    # Playwright's own loop runs in this thread, and Django would take every query for one made in a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A fresh tab with its own cookies, 360 px wide, as the reader's phone."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="pl-PL")
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)  # a request for an English page leaves its language behind
    # The search's rules are those of the first migration; looking for newer ones would come into counts of queries.
    monkeypatch.setattr(rules, "_next", math.inf)


SEEDED = pytest.StashKey[sqlite3.Connection]()
BLOCKER = pytest.StashKey[Any]()


@pytest.fixture(scope="session")
def migrated(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> Iterator[tuple[ExitStack, Path | None]]:
    """What the database begins with (see tests.migrated); the stack holds the others up until it is closed."""
    with ExitStack() as stack:
        file = None
        if connection.vendor == "sqlite":
            assert request.config.cache
            folder = request.config.cache.mkdir("migrated")
            name = connection.creation._get_test_db_name()
            anew = bool(request.config.getvalue("create_db"))
            file = stack.enter_context(migrated_database.migrated(folder, name, anew=anew))
        yield stack, file


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    migrated: tuple[ExitStack, Path | None],
    django_db_setup: None,
    django_db_blocker: Any,
) -> None:
    """Keep a copy of what the migrations brought in: the first pages, the groups, the register of municipalities."""
    stack, file = migrated
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            assert file
            migrated_database.keep(connection.connection, file)
            stack.close()
            request.config.stash[BLOCKER] = django_db_blocker
            request.config.stash[SEEDED] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(request.config.stash[SEEDED])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test with real transactions ends by emptying every table: the copy takes their place."""
    yield
    marker = item.get_closest_marker("django_db")
    transactional = (
        "transactional_db" in getattr(item, "fixturenames", ()) or "live_server" in item.fixturenames
    )
    if (transactional or (marker and marker.kwargs.get("transaction"))) and SEEDED in item.config.stash:
        with item.config.stash[BLOCKER].unblock():
            connection.ensure_connection()
            item.config.stash[SEEDED].backup(connection.connection)


@pytest.fixture
def postman() -> Iterator[Postman]:
    """A real mail server, to which the site's mails go."""
    with delivering() as post:
        yield post
