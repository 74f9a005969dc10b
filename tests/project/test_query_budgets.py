"""How many queries the pages of people take, whatever the number of people: of a site that is up, and of a cold one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale

from benchmarks import profiles
from blog.models import ArticleIndexPage, ArticlePage, CaseIndexPage, CasePage
from dialogues.models import DialogueIndexPage, DialoguePage
from directory.models import Consent, DirectoryPage, Method, Practitioner, Topic
from home.models import HomePage
from mentoring.models import MentoringIndexPage, MentoringOffer
from search.indexing import flush
from tests.cold import queries_of
from tests.factories import EventIndexPageFactory, EventPageFactory, programme

FEW, MANY = 10, 300
TOWN = "0663011"
PROFILE = "/baza-praktykow/anna-wszedobylska/"
BUDGETS = {
    f"/baza-praktykow/?blisko={TOWN}&km=100": 14,
    f"/baza-praktykow/?q=konsultacje&blisko={TOWN}": 14,
    PROFILE: 16,
    "/metody/mediacje/": 20,
    "/tematy/klimat/": 20,
    f"/gminy/{TOWN}-lublin/": 20,
}


@pytest.fixture
def home(db: None) -> HomePage:
    found = HomePage.objects.get(locale__language_code="pl")
    found.add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow", show_in_menus=True))
    return found


@pytest.fixture
def everything(home: HomePage) -> Practitioner:
    """Somebody of whom every part of the programme has something to tell, with terms that others have too."""
    polish = Locale.objects.get(language_code="pl")
    person = Practitioner(
        locale=polish, name="Anna Wszędobylska", state="live", is_mentor=True, email="ktos@example.org",
        municipality_id=TOWN, voivodeship="lubelskie",
    )  # fmt: skip
    person.methods = [
        Method.objects.create(locale=polish, name="mediacje", slug="mediacje", description="Ktoś łagodzi.")
    ]
    person.topics = [Topic.objects.create(locale=polish, name="klimat", slug="klimat")]
    person.save()
    for kind in ("public_profile", "mentoring"):
        Consent.objects.create(practitioner=person, kind=kind, text_version="1", channel="staff")
    day = date(2026, 5, 1)
    article = ArticlePage(title="Tekst", slug="tekst", date=day)
    article.authors = [person]
    home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly")).add_child(instance=article)
    case = CasePage(
        title="Przykład", slug="p", year=2025, initiator="Urząd", essence="<p>Narada.</p>", date=day
    )
    case.practitioners = [person]
    home.add_child(instance=CaseIndexPage(title="Przykłady", slug="przyklady")).add_child(instance=case)
    talk = DialoguePage(title="Rozmowa", slug="r", question="Co z parkiem?", date=day, municipality_id=TOWN)
    talk.practitioners = [person]
    home.add_child(instance=DialogueIndexPage(title="Dialogi", slug="dialogi")).add_child(instance=talk)
    home.add_child(instance=MentoringIndexPage(title="Mentoring", slug="mentoring"))
    MentoringOffer.objects.create(locale=polish, practitioner=person, title="Oferta", description="Opis")
    forum = EventPageFactory(
        parent=EventIndexPageFactory(parent=home),
        kind="national_forum",
        on=(datetime(2027, 2, 4, 9, tzinfo=UTC), datetime(2027, 2, 5, 12, tzinfo=UTC)),
    )
    programme(forum, blocks=1, sessions=1, leaders=[person])
    return person


def populate(number: int, *, beside: Practitioner) -> None:
    """So many others, all with that one's terms and town."""
    Practitioner.objects.exclude(pk=beside.pk).delete()
    profiles.write(number)
    others = Practitioner.objects.exclude(pk=beside.pk)
    keys = list(others.values_list("pk", flat=True))
    for name in ("methods", "topics"):
        (term,) = getattr(beside, name).all()
        term.practitioners.add(*keys)
    others.update(municipality=TOWN, voivodeship="lubelskie")
    call_command("update_index", verbosity=0)
    flush("default")


def test_queries_do_not_grow_and_stay_within_the_budgets(everything: Practitioner, client: Client) -> None:
    counts: dict[tuple[int, str, bool], int] = {}
    for number in (FEW, MANY):
        populate(number, beside=everything)
        for address in BUDGETS:
            for cold in (False, True):
                counts[number, address, cold] = queries_of(client, address, cold=cold)
    for address, most in BUDGETS.items():
        assert counts[FEW, address, False] == counts[MANY, address, False] <= most, address
        assert counts[FEW, address, True] >= counts[MANY, address, True], address
    assert counts[MANY, PROFILE, True] <= BUDGETS[PROFILE]
