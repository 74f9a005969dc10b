"""Three nodes under a mixed load: one dies, then all do. No page fails, no write is lost, and in the end all is equal.

The figures are in the log: add `-o log_cli=true -o log_cli_level=INFO`.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page

from directory.models import DirectoryPage, Practitioner
from home.models import HomePage
from search.checking import differences
from search.faceted import faceted
from search.outbox import behind, lag
from search.worker import drain
from tests.factories import PractitionerFactory, polish_home
from tests.search.cluster import NODES, Cluster, three_nodes, until
from tests.search.conftest import elasticsearch

pytestmark = [
    pytest.mark.slow,
    pytest.mark.elasticsearch,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]

logger = logging.getLogger("tests.search.cluster")
PEOPLE = 24
READERS = 3
#: Seconds of load before and after a node dies.
BEFORE, AFTER = 8, 20
RECOVERY = 180


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with three_nodes() as made:
        yield made


@dataclass
class Load:
    """Readers and an editor, each a thread that asks the site's own pages until `stop`."""

    people: list[Practitioner]
    editor: Any
    stop: threading.Event = field(default_factory=threading.Event)
    failed: list[str] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    reserve: int = 0
    saved: dict[int, str] = field(default_factory=dict)

    def __enter__(self) -> Load:
        work = [*(self._reader(number) for number in range(READERS)), self._editor, self._worker]
        self._threads = [threading.Thread(target=self._guarded, args=(one,)) for one in work]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.failed.append(repr(error))
        finally:
            connection.close()

    def _reader(self, number: int) -> Callable[[], None]:
        words = ["Żubr", "mediacja", "budżetów", "panel obywatelski", "lublin"]

        def read() -> None:
            client = Client(raise_request_exception=False)
            if number == 0:
                client.force_login(self.editor)
            pages = ["/baza-praktykow/", "/szukaj/"]
            if number == 0:
                pages.append(reverse(Practitioner.snippet_viewset.get_url_name("list")))  # type: ignore[attr-defined]
            turn = number
            while not self.stop.is_set():
                address = pages[turn % len(pages)]
                began = time.monotonic()
                answer = client.get(address, {"q": words[turn % len(words)]})
                self.reads.append(time.monotonic() - began)
                if answer.status_code != 200:
                    self.failed.append(f"{address}: {answer.status_code}")
                self.reserve += "trybie zapasowym" in answer.content.decode()
                turn += 1

        return read

    def _editor(self) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(self.editor)
        turn = 0
        while not self.stop.is_set():
            person = self.people[turn % len(self.people)]
            address = reverse(Practitioner.snippet_viewset.get_url_name("edit"), args=[person.pk])  # type: ignore[attr-defined]
            values = filled(client.get(address).content.decode())
            text = f"Prowadzi mediacje, zmiana {turn}"
            began = time.monotonic()
            answer = client.post(address, values | {"headline": text, "action-publish": "1"})
            self.saves.append(time.monotonic() - began)
            if answer.status_code == 302:
                self.saved[person.pk] = text
            else:
                self.failed.append(f"{address}: {answer.status_code}")
            turn += 1

    def _worker(self) -> None:
        """What `manage.py db_worker` and the clock do on a site."""
        while not self.stop.wait(0.3):
            drain()

    def told(self, name: str) -> str:
        reads, saves = (quantiles(times, n=100) for times in (self.reads, self.saves))
        return (
            f"{name}: {len(self.reads)} pages ({self.reserve} from the database), p50 {reads[49]:.2f} s,"
            f" p95 {reads[94]:.2f} s, longest {max(self.reads):.2f} s; {len(self.saves)} saves, p50 {saves[49]:.2f} s,"
            f" p95 {saves[94]:.2f} s, longest {max(self.saves):.2f} s; failed: {len(self.failed)}"
        )


def filled(html: str) -> dict[str, Any]:
    """What a browser would send of the editor's form."""
    form = BeautifulSoup(html, "html.parser").select_one("form[data-edit-form]")
    assert form is not None
    values: dict[str, Any] = {}
    for entry in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(entry["name"]), entry.get("type", "")
        if entry.name == "select":
            values[name] = [str(one.get("value", "")) for one in entry.select("option[selected]")]
        elif entry.name == "textarea":
            values[name] = entry.get_text().removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if entry.has_attr("checked"):
                values.setdefault(name, []).append(str(entry.get("value", "on")))
        elif kind not in ("file", "submit"):
            values[name] = str(entry.get("value", ""))
    return values


def settled(backend: Any) -> None:
    """Until the outbox is empty and Elasticsearch answers again, by itself."""

    def done() -> bool:
        drain()
        if lag().pending or behind():
            return False
        return faceted(Practitioner.objects.visible("pl"), "mediacje").engine == "elasticsearch"

    until(done, RECOVERY, "an empty outbox and an answer from Elasticsearch")
    unequal = [one for one in differences() if not one.equal]
    assert not unequal, unequal


def primary_of(cluster: Cluster, index: str) -> str:
    """The name of the node that writes of this index go to."""
    with urllib.request.urlopen(f"{cluster.urls[0]}/_cat/shards/{index}?format=json", timeout=10) as answer:
        return next(str(shard["node"]) for shard in json.load(answer) if shard["prirep"] == "p")


def test_a_node_dies_and_then_all_do(cluster: Cluster) -> None:
    backends = elasticsearch("", URLS=cluster.urls, INDEX_PREFIX="chaos_", TIMEOUT=0.5)
    nobody = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends, TASKS=nobody):
        home_page().add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow"))
        people = [
            PractitionerFactory(name=f"Jan Żubr {n}", headline="Prowadzi mediacje") for n in range(PEOPLE)
        ]
        editor = get_user_model().objects.create_superuser("redaktorka", password="x")
        backend: Any = get_search_backend()
        call_command("update_index", verbosity=0)
        cluster.await_nodes(NODES)
        settled(backend)

        with Load(people, editor) as load:
            time.sleep(BEFORE)
            name = primary_of(cluster, backend.get_index_for_model(Practitioner).alias)
            cluster.kill(*(node for node in cluster.nodes if node.name == name))
            time.sleep(AFTER)
        cluster.await_nodes(NODES - 1, "yellow")
        logger.info(load.told("One node of three killed"))
        assert not load.failed
        began = time.monotonic()
        settled(backend)
        logger.info(f"Equal again after {time.monotonic() - began:.1f} s")
        kept(load)

        with Load(people, editor) as load:
            time.sleep(BEFORE)
            cluster.kill(*cluster.nodes)
            time.sleep(AFTER)
        logger.info(load.told("All nodes killed"))
        assert not load.failed
        assert load.reserve
        assert lag().pending
        kept(load)

        cluster.start(*cluster.nodes)
        logger.info(f"Three nodes again after {cluster.await_nodes(NODES):.0f} s")
        began = time.monotonic()
        settled(backend)
        logger.info(f"Equal again after {time.monotonic() - began:.1f} s")


def home_page() -> HomePage:
    """Made where a test with real transactions has swept the migrations' rows away."""
    locale, _new = Locale.objects.get_or_create(language_code="pl")
    if not HomePage.objects.exists():
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
        root.add_child(instance=HomePage(title="Przestrzeń", slug="start", locale=locale))
    return polish_home()


def kept(load: Load) -> None:
    held = dict(Practitioner.objects.filter(pk__in=load.saved).values_list("pk", "headline"))
    assert held == load.saved
