from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from directory.models import Audience, Consent, DirectoryPage, Method, Practitioner, Topic
from directory.querysets import ascii_slug
from home.models import HomePage
from tests.factories import PractitionerFactory

from .own_entry import issued
from .standing import Clock


@pytest.fixture
def polish(db: None) -> Locale:
    return Locale.objects.get(language_code="pl")


@pytest.fixture
def base(polish: Locale) -> DirectoryPage:
    home = HomePage.objects.get(locale=polish)
    return home.add_child(
        instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow", show_in_menus=True)
    )


@pytest.fixture
def english_base(base: DirectoryPage) -> DirectoryPage:
    english, _new = Locale.objects.get_or_create(language_code="en")
    home = base.get_parent().specific.copy_for_translation(english)
    home.save_revision().publish()
    page = base.copy_for_translation(english)
    page.title, page.slug = "Practitioners", "baza-praktykow"
    page.save_revision().publish()
    return page


@pytest.fixture
def add(base: DirectoryPage, polish: Locale) -> Callable[..., Practitioner]:
    def terms(model: Any, names: str) -> list[Any]:
        return [
            model.objects.get_or_create(locale=polish, slug=ascii_slug(name), defaults={"name": name})[0]
            for name in names.split("; ")
            if name
        ]

    def make(
        name: str,
        *,
        methods: str = "",
        topics: str = "",
        audiences: str = "",
        consent: bool = True,
        **fields: Any,
    ) -> Practitioner:
        fields.setdefault("state", "live")
        person = Practitioner(locale=polish, name=name, email="skryta.poczta@example.org", **fields)
        person.methods = terms(Method, methods)
        person.topics = terms(Topic, topics)
        person.audiences = terms(Audience, audiences)
        person.save()
        if consent:
            Consent.objects.create(
                practitioner=person, kind="public_profile", text_version="1", channel="staff"
            )
        return person

    return make


@pytest.fixture
def vocabulary(polish: Locale) -> None:
    Method.objects.create(
        name="panel obywatelski", slug="panel-obywatelski", locale=polish, synonyms="sąd obywatelski"
    )
    Method.objects.create(
        name="world café", slug="world-cafe", locale=polish, synonyms="kawiarenka obywatelska"
    )
    Topic.objects.create(name="kultura", slug="kultura", locale=polish)
    Audience.objects.create(name="seniorzy", slug="seniorzy", locale=polish)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing


@pytest.fixture
def rafal(add: Callable[..., Practitioner]) -> Practitioner:
    """Whom tests write to."""
    person: Practitioner = add("Rafał Smoleń", headline="koordynator klimatyczny")
    return person


@pytest.fixture
def person(base: DirectoryPage) -> Practitioner:
    """Somebody in the base, with an address."""
    found: Practitioner = PractitionerFactory(name="Halina Wrona", email="Halina@example.org")
    return found


@pytest.fixture
def inside(client: Client, person: Practitioner) -> Client:
    """Their browser, with their own entry open."""
    client.post(issued(person), {"act": "open"})
    return client
