"""What the four groups of a new installation may and may not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from blog.models import ArticleIndexPage
from home.models import HomePage
from tests.factories import PractitionerFactory

WRITERS, PUBLISHERS = "Redakcja: piszący", "Redakcja: prowadzący"
DIRECTORY, COORDINATION = "Opieka nad bazą praktyków", "Koordynacja programu"


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Client]:
    def make(group: str) -> Client:
        user = User.objects.create_user(username=group)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def articles(db: None) -> ArticleIndexPage:
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="pl"))
    return home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly"))


@pytest.mark.parametrize("group", [WRITERS, PUBLISHERS, DIRECTORY, COORDINATION])
def test_everybody_gets_to_the_desk(signed_in: Any, group: str) -> None:
    assert signed_in(group).get("/admin/").status_code == 200


def test_who_writes_submits_and_who_leads_publishes(signed_in: Any, articles: ArticleIndexPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", articles.pk])
    writer = signed_in(WRITERS).get(url).content.decode()
    assert 'name="action-publish"' not in writer
    assert 'name="action-submit"' in writer
    assert 'name="action-publish"' in signed_in(PUBLISHERS).get(url).content.decode()


@pytest.mark.parametrize(("group", "allowed"), [(WRITERS, True), (PUBLISHERS, True), (COORDINATION, False)])
def test_who_writes_orders_translations(
    signed_in: Any, articles: ArticleIndexPage, group: str, allowed: bool
) -> None:
    page = signed_in(group).get(reverse("wagtail_localize:submit_page_translation", args=[articles.pk]))
    assert page.status_code == (200 if allowed else 302)


PEOPLE, MAIL = "/admin/snippets/directory/practitioner/", "/admin/home/outboxmail/"


@pytest.mark.parametrize(
    ("group", "url", "allowed"),
    [
        (DIRECTORY, PEOPLE + "add/", True),
        (WRITERS, PEOPLE + "add/", False),
        (COORDINATION, MAIL, True),
        (WRITERS, MAIL, False),
        (DIRECTORY, MAIL, False),
    ],
)
def test_each_sees_what_is_theirs(signed_in: Any, group: str, url: str, allowed: bool) -> None:
    assert (signed_in(group).get(url).status_code == 200) is allowed


def test_who_keeps_the_base_publishes_people_and_says_who_may_be_seen(signed_in: Any) -> None:
    person: Any = PractitionerFactory()
    keeper, leader = signed_in(DIRECTORY), signed_in(PUBLISHERS)
    add = reverse(type(person).snippet_viewset.get_url_name("add"))
    standing = reverse(type(person).snippet_viewset.get_url_name("state"), args=[person.pk])
    assert 'name="action-publish"' in keeper.get(add).content.decode()
    assert keeper.get(standing).status_code == 200
    assert leader.get(standing).status_code == 302
