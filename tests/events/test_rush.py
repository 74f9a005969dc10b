"""A rush through HTTP: two server processes, one real database, 24 people clicking at once for 300 seats."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SEATS, PEOPLE, THREADS = 300, 500, 24
ROOT = Path(__file__).resolve().parents[2]
PREPARE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import EventIndexPageFactory, EventPageFactory, polish_home
start, today = timezone.now() + timedelta(days=30), timezone.localdate()
index = EventIndexPageFactory(parent=polish_home())
EventPageFactory(
    parent=index, slug="rush", mode="signup", seats={SEATS}, on=(start, start + timedelta(minutes=1)),
    applications_open=today, applications_close=today + timedelta(days=5),
)
"""
COUNT = """
import json
from django.db.models import Count
from events.models import Registration, SeatLedger
from home.models.mail import OutboxMail
rows = Registration.objects.order_by("number")
print(json.dumps({
    "states": dict(rows.order_by().values_list("state").annotate(Count("pk"))),
    "numbers": list(rows.values_list("number", flat=True)),
    "queue": list(Registration.objects.queue().values_list("number", flat=True)),
    "people": rows.values("address_hash").distinct().count(),
    "taken": SeatLedger.objects.get().taken,
    "mails": OutboxMail.objects.filter(kind__in=["event-confirmed", "event-waiting"]).count(),
}))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings of an installation of its own: a file, or a database made for this and dropped."""
    base = {
        **os.environ,
        "PRZESTRZEN_IGNORE_DOTENV": "1",
        "DJANGO_SETTINGS_MODULE": "przestrzen.settings.dev",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "VAR_DIR": str(tmp_path),
        # Each of the many comes from a network of their own, as the proxy says.
        "PROXIES": "1",
    }
    if request.param == "sqlite":
        yield base | {"DATABASE_URL": f"sqlite:///{tmp_path / 'rush.sqlite3'}"}
        return
    import psycopg

    server = os.environ["TEST_POSTGRESQL_URL"]
    name = f"rush_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield base | {"DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def django(environment: dict[str, str], code: str) -> str:
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return run.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def servers(environment: dict[str, str], tmp_path: Path) -> Iterator[list[str]]:
    """Two processes of the site with one database; their addresses."""
    django(environment, PREPARE)
    running, sites = [], []
    for _number in range(2):
        port = free_port()
        with (tmp_path / f"{port}.log").open("wb") as log:
            running.append(
                subprocess.Popen(
                    [
                        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"),
                        *("--port", str(port), "przestrzen.wsgi:application"),
                    ],
                    cwd=ROOT,
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            )
        sites.append(f"http://127.0.0.1:{port}")
    try:
        for site in sites:
            for _attempt in range(240):
                try:
                    urllib.request.urlopen(f"{site}/zapisy/rush/", timeout=60).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.5)
        yield sites
    finally:
        for process in running:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def come(site: str, number: int) -> int:
    """One person's whole way: the form, and what the server answers to it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("X-Forwarded-For", f"10.{number // 250}.{number % 250}.1")]
    page = browser.open(f"{site}/zapisy/rush/", timeout=120).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    typed = {
        "csrfmiddlewaretoken": token[1],
        "name": f"Osoba {number}",
        "email": f"osoba{number}@example.org",
        "agreed": "on",
    }
    answer = browser.open(f"{site}/zapisy/rush/", urllib.parse.urlencode(typed).encode(), timeout=120)
    assert answer.geturl() == f"{site}/zapisy/rush/wyslane/", answer.geturl()
    return int(answer.status)


def test_three_hundred_seats_are_given_once(environment: dict[str, str], servers: list[str]) -> None:
    # Every tenth sends the form twice, to the other server.
    wanted = [(servers[n % 2], n) for n in range(PEOPLE)] + [
        (servers[1 - n % 2], n) for n in range(0, PEOPLE, 10)
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda one: come(*one), wanted))
    assert answers == [200] * len(wanted)
    found = json.loads(django(environment, COUNT))
    assert found["states"] == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}
    assert found["numbers"] == list(range(1, PEOPLE + 1))
    assert found["queue"] == list(range(SEATS + 1, PEOPLE + 1))
    assert (found["people"], found["taken"], found["mails"]) == (PEOPLE, SEATS, PEOPLE)
