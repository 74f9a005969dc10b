"""A small site with people and pages that the public may read, and as many that it may not: each of these has words,
terms and a place that nothing else has."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from blog.models import ArticleIndexPage, ArticlePage
from dialogues.models import DialogueIndexPage, DialoguePage
from directory.models import Audience, Consent, DirectoryPage, Method, Practitioner, Topic
from directory.querysets import ascii_slug
from directory.services import change_state, record_consent, withdraw_consent
from events.models import EventIndexPage
from home.models import ContentPage, HomePage, SectionPage
from mentoring.models import MentoringIndexPage, MentoringOffer
from search.analysis import fold
from tests.factories import EventPageFactory, MunicipalityFactory, PractitionerFactory, polish_home, programme

DAY = datetime.date(2026, 5, 1)


@dataclass(frozen=True)
class Secret:
    """The words of one person: a first name, a surname, a word of the text, a method, a topic, an organisation, a town."""

    first: str
    surname: str
    word: str
    method: str
    topic: str
    organisation: str
    town: str

    @property
    def words(self) -> list[str]:
        return [
            self.first,
            self.surname,
            self.word,
            self.method,
            self.topic,
            self.organisation,
            self.town,
        ]


#: How `visible()` may hide somebody → who is hidden so.
SECRETS = {
    "moderation": Secret(
        "Zenobiusz", "Kwarcisz", "wiolonczela", "kabalistyka", "wulkany", "Trzmielina", "Gwizdałki"
    ),
    "paused": Secret(
        "Ludomira", "Pędziwilk", "kombajn", "iluzjonizm", "meteoryty", "Gżegżółka", "Trzebiątka"
    ),
    "hidden": Secret(
        "Pankracy", "Brzdąkalski", "szachownica", "origami", "pszczoły", "Bursztynka", "Morgowniki"
    ),
    "withdrawn": Secret(
        "Kunegunda", "Żółkwiniak", "akwarium", "szermierka", "wieloryby", "Jemiołucha", "Żabokrzeki"
    ),
    "draft": Secret(
        "Hipolit", "Ostrzygała", "lokomotywa", "jeździectwo", "dinozaury", "Modraszek", "Kwiczoły"
    ),
    "unpublished": Secret(
        "Eufrozyna", "Mączyniewicz", "truskawka", "kaligrafia", "lodowce", "Paprotnik", "Dudkowizna"
    ),
    "without consent": Secret(
        "Serafin", "Drapichrust", "żyrafa", "lutnictwo", "perfumy", "Zawilec", "Wydrzyska"
    ),
    "consent withdrawn": Secret(
        "Apolonia", "Wądolniak", "parasol", "garncarstwo", "zegary", "Kosodrzewina", "Szczypiornia"
    ),
    "another consent": Secret(
        "Gaudenty", "Świergotek", "piekarnia", "żonglerka", "tulipany", "Wierzbinka", "Dziurgałów"
    ),
    "no Polish row": Secret(
        "Wirgiliusz", "Chrzęstowic", "latawiec", "zielarstwo", "koronki", "Kopernikana", "Mokrzyska"
    ),
}
#: Words of pages, offers and translations that the public may not read, one each.
PAGE_WORDS = {
    "draft article": "kaloryfer",
    "unpublished article": "helikopter",
    "article for members": "pingwin",
    "page below a password": "akordeon",
    "draft event": "nosorożec",
    "session of a draft event": "harmonijka",
    "draft dialogue": "namiot",
    "offer of a hidden mentor": "pomarańcza",
    "unpublished offer": "rakieta",
    "offer without consent": "sanki",
    "draft translation of a person": "skrzypce",
    "translation of a hidden person": "żonkil",
    "draft of a live article": "termometr",
    "draft of a live person": "gramofon",
    "draft translation of an article": "hulajnoga",
}
#: What only hidden people have beside their words.
REGION, AUDIENCE, SECTOR = "lubuskie", "rybacy", "uczelnia"
WORDS = [*(word for secret in SECRETS.values() for word in secret.words), *PAGE_WORDS.values()]
METHODS = ("mediacja", "panel obywatelski", "konsultacje społeczne")
TOPICS = ("zieleń", "transport")
VISIBLE = [
    ("Rafał Smoleń", "malopolskie", "mediacja", "zieleń", "Prowadzę mediacje w szkołach i na osiedlach."),
    ("Milena Szafran", "slaskie", "panel obywatelski", "transport", "Prowadzę panele o transporcie."),
    ("Łucja Ćwik", "slaskie", "mediacja", "transport", "Godzę sąsiadów: mediacje to moja praca."),
    ("Iga Wrona", "lodzkie", "konsultacje społeczne", "zieleń", "Konsultacje parków i skwerów."),
    ("Jan Kowalski", "mazowieckie", "panel obywatelski", "zieleń", "Panel o drzewach w mieście."),
    ("Ola Sowa", "lodzkie", "mediacja", "zieleń", "Mediuję w sporach o place zabaw."),
    ("Hanna Czapla", "mazowieckie", "konsultacje społeczne", "transport", "Konsultacje ścieżek rowerowych."),
    ("Dobrosław Żubr", "slaskie", "panel obywatelski", "transport", "Panel i narady w gminie."),
]


@dataclass
class Built:
    people: list[Practitioner] = field(default_factory=list)
    hidden: dict[str, Practitioner] = field(default_factory=dict)
    articles: ArticleIndexPage | None = None


def stems() -> list[str]:
    """What a folded word of an answer begins with if it is a hidden one, in any form."""
    return [fold(word)[: max(5, len(word) - 2)] for word in [*WORDS, REGION, AUDIENCE, SECTOR]]


def build() -> Built:
    made = Built()
    home = polish_home()
    polish = home.locale
    english, _new = Locale.objects.get_or_create(language_code="en")
    base = home.add_child(
        instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow", locale=polish)
    )
    english_home = home.copy_for_translation(english)
    english_home.save_revision().publish()
    base.copy_for_translation(english).save_revision().publish()

    def term(model: Any, name: str) -> Any:
        slug = ascii_slug(name)
        return model.objects.get_or_create(locale=polish, slug=slug, defaults={"name": name})[0]

    def person(name: str, method: str, topic: str, **fields: Any) -> Practitioner:
        found: Any = PractitionerFactory(name=name, **fields)
        found.methods = [term(Method, each) for each in method.split("; ")]
        found.topics = [term(Topic, topic)]
        found.save()
        return Practitioner.objects.get(pk=found.pk)

    for name, region, method, topic, experience in VISIBLE:
        made.people.append(person(name, method, topic, voivodeship=region, experience=experience))
    for way, secret in SECRETS.items():
        # Each has also what many have, so that who is counted beside the others is noticed.
        one = person(
            f"{secret.first} {secret.surname}",
            f"{secret.method}; mediacja",
            secret.topic,
            experience=f"Mediacje, panel i {secret.word}.",
            organisation=f"Fundacja {secret.organisation}",
            municipality=MunicipalityFactory(name=secret.town, voivodeship=REGION),
            voivodeship=REGION,
            sector=SECTOR,
            is_mentor=True,
            confirmed_at=DAY,
        )
        one.audiences = [term(Audience, AUDIENCE)]
        one.save()
        made.hidden[way] = one
    hide(made.hidden)
    pages(home, made, english)
    translations(made, english)
    return made


def hide(people: dict[str, Practitioner]) -> None:
    now = timezone.now()
    Practitioner.objects.filter(pk=people["moderation"].pk).update(state="moderation")
    for way in ("paused", "hidden"):
        change_state(practitioner=people[way], state=way, reason="na prośbę", now=now)
    change_state(practitioner=people["withdrawn"], state="withdrawn", reason="na prośbę", now=now)
    Practitioner.objects.filter(pk=people["draft"].pk).update(live=False)
    people["unpublished"].unpublish()
    people["without consent"].consents.all().delete()
    withdraw_consent(practitioner=people["consent withdrawn"], kind=Consent.Kind.PUBLIC_PROFILE, now=now)
    other = people["another consent"]
    other.consents.all().delete()
    for kind in (Consent.Kind.NEWSLETTER, Consent.Kind.MENTORING):
        record_consent(practitioner=other, kind=kind, now=now)
    alone = people["no Polish row"]
    Practitioner.objects.filter(pk=alone.pk).update(locale=Locale.objects.get(language_code="en"))


def pages(home: HomePage, made: Built, english: Locale) -> None:
    author, mentor = made.people[:2]
    words = PAGE_WORDS
    articles = home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly"))
    made.articles = articles

    def article(title: str, **fields: Any) -> ArticlePage:
        page = ArticlePage(title=title, slug=ascii_slug(title)[:40], date=DAY, summary=f"{title}.", **fields)
        page.authors = [author]
        page.methods = list(author.methods.all())
        return articles.add_child(instance=page)

    shown = article("Mediacje w szkole")
    shown.title = f"Mediacje i {words['draft of a live article']}"
    shown.save_revision()
    article(f"Mediacje, {words['draft article']}", live=False)
    article(f"Mediacje, {words['unpublished article']}").unpublish()
    members = article(f"Mediacje, {words['article for members']}")
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    told = ArticlePage.objects.get(pk=shown.pk)
    articles.copy_for_translation(english).save_revision().publish()
    translated = told.copy_for_translation(english)
    translated.title = f"Mediation and {words['draft translation of an article']}"
    translated.save()

    home.add_child(
        instance=ContentPage(title="Mediacje w programie", slug="o-mediacjach", summary="Mediacje.")
    )
    section = home.add_child(instance=SectionPage(title="Mediacje w dziale", slug="dzial"))
    word = words["page below a password"]
    section.add_child(instance=ContentPage(title=f"Mediacje: {word}", slug="tekst", summary=f"{word}."))
    PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    events = home.add_child(instance=EventIndexPage(title="Wydarzenia", slug="wydarzenia"))
    EventPageFactory(parent=events, title="Spotkanie o mediacji")
    event = EventPageFactory(parent=events, title=f"Mediacje, {words['draft event']}", live=False)
    programme(event, blocks=1, sessions=1, leaders=[author])
    session = event.blocks.first().sessions.first()
    session.title = words["session of a draft event"]
    session.save()
    dialogues = home.add_child(instance=DialogueIndexPage(title="Dialogi", slug="dialogi"))
    dialogue = DialoguePage(
        title=f"Dialog, {words['draft dialogue']}",
        slug="dialog",
        question=f"Czy {words['draft dialogue']}?",
        municipality=MunicipalityFactory(name="Lipowo"),
        live=False,
    )
    dialogue.practitioners = [author]
    dialogues.add_child(instance=dialogue)
    home.add_child(instance=MentoringIndexPage(title="Mentoring", slug="mentoring"))
    record_consent(practitioner=mentor, kind=Consent.Kind.MENTORING, now=timezone.now())
    for person, title, live in (
        (mentor, "Mediacje dla zespołów", True),
        (mentor, words["unpublished offer"], False),
        (made.people[2], words["offer without consent"], True),
        (made.hidden["another consent"], words["offer of a hidden mentor"], True),
    ):
        MentoringOffer.objects.create(
            practitioner=person,
            locale=home.locale,
            title=f"Oferta: {title}",
            description=title,
            live=live,
            voivodeships=["slaskie"],
        )


def translations(made: Built, english: Locale) -> None:
    hidden = made.hidden["paused"].copy_for_translation(english)
    hidden.headline, hidden.live = PAGE_WORDS["translation of a hidden person"], True
    hidden.save()
    for person, live in ((made.people[2], False), (made.people[3], True)):
        row = person.copy_for_translation(english)
        row.headline = "public mediator" if live else PAGE_WORDS["draft translation of a person"]
        row.live = live
        row.save()
    drafted = Practitioner.objects.get(pk=made.people[4].pk)
    drafted.headline = PAGE_WORDS["draft of a live person"]
    drafted.save_revision()


def leaked(
    words: Collection[str], typed: Collection[str], begin: Callable[[], list[str]] = stems
) -> set[str]:
    """Of the folded words of an answer those that are hidden ones and were not typed."""
    secret = tuple(begin())
    return {word for word in words if word.startswith(secret) and word not in typed}
