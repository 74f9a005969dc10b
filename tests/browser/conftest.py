"""A small site with a page of every type, built once a module and served as readers meet it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Locale

from blog.models import ArticleIndexPage, ArticlePage, CaseIndexPage, CasePage
from dialogues.models import DialogueIndexPage, DialoguePage
from directory.models import Consent, DirectoryPage, Method, Municipality, Topic
from home.blocks import ContentBodyBlock
from home.models import ContentPage, HomePage, SectionPage
from mentoring.models import MentoringEditionPage, MentoringIndexPage, MentoringOffer
from search import indexing
from tests.budgets.test_results import OLSZOW
from tests.factories import (
    BudgetEditionPageFactory,
    BudgetIndexPageFactory,
    BudgetProjectFactory,
    EventIndexPageFactory,
    EventPageFactory,
    MunicipalityFactory,
    PractitionerFactory,
    polish_home,
    programme,
)

VOIVODESHIPS = ("lubelskie", "pomorskie", "opolskie")
#: Łódź, Zgierz and Kutno: 0, 11 and 51 kilometres apart.
PLACES = {21: "1061011", 22: "1020031", 23: "1002011"}
TEXT = "Zaczynamy od pytania, na które rada naprawdę chce znać odpowiedź, i od tego, kto jeszcze nie siedzi przy stole."


@dataclass(frozen=True)
class Place:
    """The served site: its address, and a signed-in editor's cookie."""

    url: str
    session: str


def _body() -> str:
    """Every block that needs no file, with the values of its own preview."""
    blocks = ContentBodyBlock().child_blocks.items()
    rows = [
        {"type": name, "value": block.meta.preview_value} for name, block in blocks if name != "declaration"
    ]
    note = {"type": "paragraph", "value": f"<p>{TEXT * 12}<sup>[1]</sup></p>"}
    return json.dumps([note, {"type": "heading", "value": {"text": "Ile to kosztuje", "level": "h2"}}, *rows])


def _build() -> None:
    home: HomePage = polish_home()
    home.title, home.summary = "Strona główna", "Znajdź kogoś, kto już to zrobił"
    home.save_revision().publish()
    polish = Locale.objects.get(language_code="pl")
    methods = [
        Method.objects.create(locale=polish, name=name, slug=slug)
        for name, slug in (("panel obywatelski", "panel-obywatelski"), ("spacer badawczy", "spacer-badawczy"))
    ]
    topic = Topic.objects.create(locale=polish, name="klimat i środowisko", slug="klimat-i-srodowisko")
    today = timezone.localdate()

    people: list[Any] = []
    for number in range(24):
        person: Any = PractitionerFactory(
            name=f"Anna Osoba-{number}",
            headline="koordynatorka, Urząd Miasta",
            experience=f"Prowadziłam panel obywatelski numer {number}.",
            voivodeship=VOIVODESHIPS[number % 3],
            is_mentor=number < 3,
            municipality=PLACES.get(number) and Municipality.objects.get(pk=PLACES[number]),
        )
        person.methods, person.topics = [methods[number % 2]], [topic]
        person.save()
        people.append(person)

    def child(parent: Any, kind: type, title: str, slug: str, **fields: Any) -> Any:
        page = kind(title=title, slug=slug, summary=TEXT, **fields)
        for name in ("methods", "topics", "authors", "practitioners"):
            if hasattr(kind, name) and name not in fields:
                setattr(page, name, {"methods": methods, "topics": [topic]}.get(name, people[:2]))
        return parent.add_child(instance=page)

    menu = {"show_in_menus": True}
    articles = child(home, ArticleIndexPage, "Artykuły", "artykuly", **menu)
    for number in range(14):
        child(articles, ArticlePage, f"Tekst {number}", f"tekst-{number}", date=date(2026, 5, 1 + number))
    notes = json.dumps([{"type": "note", "value": "<p>Art. 5a ustawy.</p>"}])
    child(articles, ArticlePage, "Długi tekst", "dlugi", date=date(2026, 6, 1), body=_body(), notes=notes)
    cases = child(home, CaseIndexPage, "Przykłady działań", "przyklady-dzialan", **menu)
    child(
        cases, CasePage, "Narada o suszy", "susza",
        year=2025, initiator="Urząd Gminy", essence=f"<p>{TEXT}</p>", course=f"<p>{TEXT}</p>", date=date(2026, 5, 1),
    )  # fmt: skip
    child(home, DirectoryPage, "Baza praktyków", "baza-praktykow", **menu)

    events = EventIndexPageFactory(parent=home, show_in_menus=True)
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    span = (start + timedelta(days=60), start + timedelta(days=61, hours=6))
    forum = EventPageFactory(
        parent=events, slug="forum", title="Forum Praktyków Partycypacji", kind="national_forum", on=span,
        applications_open=timezone.localdate(), applications_close=timezone.localdate() + timedelta(days=5),
    )  # fmt: skip
    programme(forum, blocks=2, sessions=6, leaders=[])
    past = (start - timedelta(days=40), start - timedelta(days=40) + timedelta(hours=5))
    EventPageFactory(parent=events, slug="warsztat", title="Warsztat w terenie", on=past)

    budgets = BudgetIndexPageFactory(parent=home, show_in_menus=True)
    edition = BudgetEditionPageFactory(
        parent=budgets, title="Olszów: budżet obywatelski 2027", slug="olszow-2027",
        municipality=MunicipalityFactory(name="Olszów"), amount=2_430_000, voters=8412, eligible=54870,
        voters_of="mieszkanek i mieszkańców",
    )  # fmt: skip
    for number, (name, cost, votes, selected) in enumerate(OLSZOW):
        BudgetProjectFactory(
            edition=edition, project_id=f"{number:02d}", name=name, cost=cost, votes=votes, selected=selected
        )

    mentoring = child(home, MentoringIndexPage, "Mentoring", "mentoring", **menu)
    child(
        mentoring, MentoringEditionPage, "Mentoring 2026/27", "2026-27",
        year=2026, status="recruiting", opens=today, closes=today + timedelta(days=20), body=_body(),
    )  # fmt: skip
    for number, mode in enumerate(("online", "onsite", "mixed")):
        person = people[number]
        Consent.objects.create(
            practitioner=person, kind=Consent.Kind.MENTORING, text_version="1", channel="staff"
        )
        offer = MentoringOffer(
            locale=polish, practitioner=person, title=f"Oferta {mode}", description=TEXT, mode=mode
        )
        offer.methods = methods
        offer.save()

    dialogues = child(home, DialogueIndexPage, "Dialogi", "dialogi", **menu)
    voices = [{"type": "perspective", "value": {"voice": f"Głos {n}", "text": TEXT}} for n in range(3)]
    for slug, status, when in (
        ("las", "held", date(2026, 5, 1)),
        ("jezioro", "planned", today + timedelta(days=9)),
    ):
        child(
            dialogues, DialoguePage, f"Rozmowa: {slug}", slug,
            status=status, date=when, question="Co z tym zrobić?", why=TEXT, learnt=f"<p>{TEXT}</p>",
            municipality=Municipality.objects.get(teryt="0663011"), perspectives=json.dumps(voices),
        )  # fmt: skip

    about = child(
        home, SectionPage, "O programie", "o-programie", intro=f"<p>{TEXT}</p>", body=_body(), **menu
    )
    child(about, ContentPage, "Finansowanie", "finansowanie", body=_body())
    declaration = ContentBodyBlock().child_blocks["declaration"].meta.preview_value
    child(
        home, ContentPage, "Deklaracja dostępności", "deklaracja-dostepnosci",
        body=json.dumps([{"type": "declaration", "value": declaration}]),
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The site in one transaction that is rolled back: the server's threads share the connection in memory."""
    with django_db_blocker.unblock(), transaction.atomic():
        _build()
        indexing.flush("default")
        cache.clear()
        editor = get_user_model().objects.create_superuser("redakcja", "redakcja@example.org", "haslo")
        client = Client()
        client.force_login(editor)
        server = LiveServer("localhost")
        yield Place(server.url, client.cookies[settings.SESSION_COOKIE_NAME].value)
        server.stop()
        transaction.set_rollback(True)


class Tab:
    """A page in the browser that remembers what went wrong and which hosts were asked."""

    def __init__(self, context: BrowserContext, place: Place) -> None:
        self.place, self.context = place, context
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def _failed(self, error: Error) -> None:
        self.troubles.append(str(error))

    def _asked(self, request: Request) -> None:
        if request.url.startswith("http"):
            self.hosts.add(urlsplit(request.url).netloc)

    @property
    def own(self) -> set[str]:
        return {urlsplit(self.place.url).netloc}

    def open(self, path: str) -> Page:
        self.page.goto(self.place.url + path, wait_until="load")
        return self.page


@pytest.fixture
def open_tab(chromium: Browser, place: Place) -> Iterator[Any]:
    """`open_tab(width=360, java_script_enabled=False, answered=True)`: a tab of a reader met for the first time."""
    contexts: list[BrowserContext] = []

    def make(width: int = 360, *, answered: bool = False, staff: bool = False, **options: Any) -> Tab:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="pl-PL", **options)
        contexts.append(context)
        if answered:
            context.add_cookies([{"name": "zgody", "value": "1:", "url": place.url}])
        if staff:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": place.session, "url": place.url}]
            )
        return Tab(context, place)

    yield make
    for context in contexts:
        context.close()
