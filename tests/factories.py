"""Rows for tests: the least that is valid, the rest by keyword."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site
from wagtail_factories import PageFactory

from budgets.models import BudgetEditionPage, BudgetIndexPage, BudgetPot, BudgetProject
from directory.models import Consent, Municipality, Practitioner
from events.models import EventBlock, EventDay, EventIndexPage, EventPage, EventSession, SessionLeader
from home.models import HomePage


def polish_home() -> HomePage:
    """The Polish home page at the root of the default site, as after the first migration."""
    home = HomePage.objects.get(locale__language_code="pl")
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return home


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("teryt",)

    teryt = factory.Sequence(lambda n: f"{9990000 + n}")
    name = factory.Sequence(lambda n: f"Olszów {n}")
    slug = factory.LazyAttribute(lambda o: f"gmina-{o.teryt}")
    kind = "urban"
    county = "olszowski"
    voivodeship = "lubelskie"
    is_demo = True


class PractitionerFactory(DjangoModelFactory):
    """In the base, with a standing consent; `consented=False` leaves the person out of the public's sight."""

    class Meta:
        model = Practitioner
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Anna Testowa {n}")
    voivodeship = "lubelskie"
    state = "live"
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="pl"))

    @factory.post_generation
    def consented(obj: Practitioner, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            Consent.objects.create(
                practitioner=obj, kind=Consent.Kind.PUBLIC_PROFILE, text_version="1", channel="staff"
            )


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Wydarzenia"
    slug = "wydarzenia"


class EventPageFactory(PageFactory):
    """`on=(datetime, datetime)` gives the days between, each with the hours of the two moments."""

    class Meta:
        model = EventPage

    title = factory.Sequence(lambda n: f"Spotkanie {n}")
    slug = factory.Sequence(lambda n: f"spotkanie-{n}")
    kind = "other"

    @classmethod
    def _create_instance(cls, model_class: type[EventPage], parent: Page, kwargs: dict[str, Any]) -> Page:
        on = kwargs.pop("on", None)
        page = model_class(**kwargs)
        if on:
            page.days = days_between(*on)
        parent.add_child(instance=page)
        return page


def days_between(start: datetime, end: datetime) -> list[EventDay]:
    start, end = timezone.localtime(start), timezone.localtime(end)
    count = (end.date() - start.date()).days + 1
    return [
        EventDay(
            date=start.date() + timedelta(days=day),
            start=start.time() if day == 0 else time(0),
            end=end.time() if day == count - 1 else time(23, 59),
        )
        for day in range(count)
    ]


def programme(page: EventPage, *, blocks: int, sessions: int, leaders: list[Practitioner]) -> None:
    """Blocks an hour long with sessions side by side, led in turn."""
    people = iter(leaders * (blocks * sessions // max(len(leaders), 1) + 1)) if leaders else iter(())
    page.blocks = [
        EventBlock(
            day=1,
            start=time(8 + n),
            end=time(9 + n),
            title=f"Blok {n}",
            sessions=[
                EventSession(
                    title=f"Sesja {n}.{m}",
                    room=f"Sala {m}",
                    leaders=[SessionLeader(practitioner=person)] if (person := next(people, None)) else [],
                )
                for m in range(sessions)
            ],
        )
        for n in range(blocks)
    ]
    page.save()


class BudgetIndexPageFactory(PageFactory):
    class Meta:
        model = BudgetIndexPage

    title = "Budżety obywatelskie"
    slug = "budzety-obywatelskie"


class BudgetEditionPageFactory(PageFactory):
    class Meta:
        model = BudgetEditionPage

    title = factory.Sequence(lambda n: f"Budżet obywatelski {n}")
    slug = factory.Sequence(lambda n: f"budzet-{n}")
    municipality = factory.SubFactory(MunicipalityFactory)
    label = "Budżet obywatelski 2027"
    fiscal_year = 2027
    amount = 1000


class BudgetPotFactory(DjangoModelFactory):
    class Meta:
        model = BudgetPot

    page = factory.SubFactory(BudgetEditionPageFactory)
    name = factory.Sequence(lambda n: f"Pula {n}")
    amount = 1000


class BudgetProjectFactory(DjangoModelFactory):
    class Meta:
        model = BudgetProject

    edition = factory.SubFactory(BudgetEditionPageFactory)
    project_id = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"Ławka {n}")
    category = "sport"
    cost = 100
