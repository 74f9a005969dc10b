from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from wagtail.models import Locale

from blog.models import ArticleIndexPage, ArticlePage, CaseIndexPage, CasePage
from directory.models import Method, Topic
from home.models import HomePage

numbers = itertools.count(1)


@pytest.fixture
def polish(db: None) -> Locale:
    return Locale.objects.get(language_code="pl")


@pytest.fixture
def home(polish: Locale) -> HomePage:
    return HomePage.objects.get(locale=polish)


@pytest.fixture
def articles(home: HomePage) -> ArticleIndexPage:
    return home.add_child(instance=ArticleIndexPage(title="Artykuły", slug="artykuly", show_in_menus=True))


@pytest.fixture
def cases(home: HomePage) -> CaseIndexPage:
    return home.add_child(instance=CaseIndexPage(title="Przykłady działań", slug="przyklady-dzialan"))


@pytest.fixture
def panel(polish: Locale) -> Method:
    return Method.objects.create(locale=polish, name="panel obywatelski", slug="panel-obywatelski")


@pytest.fixture
def climate(polish: Locale) -> Topic:
    return Topic.objects.create(locale=polish, name="klimat i środowisko", slug="klimat-i-srodowisko")


@pytest.fixture
def write(articles: ArticleIndexPage) -> Callable[..., ArticlePage]:
    def make(
        title: str = "", *, methods: Any = (), topics: Any = (), authors: Any = (), **fields: Any
    ) -> ArticlePage:
        number = next(numbers)
        page = ArticlePage(
            title=title or f"Tekst {number}", slug=f"tekst-{number}", **({"date": date(2026, 5, 1)} | fields)
        )
        page.methods, page.topics, page.authors = list(methods), list(topics), list(authors)
        return articles.add_child(instance=page)

    return make


@pytest.fixture
def describe(cases: CaseIndexPage) -> Callable[..., CasePage]:
    def make(title: str = "", *, methods: Any = (), topics: Any = (), **fields: Any) -> CasePage:
        number = next(numbers)
        values = {
            "year": 2025,
            "initiator": "Urząd Gminy",
            "essence": "<p>Narada o drodze.</p>",
            "date": date(2026, 5, 1),
        }
        page = CasePage(title=title or f"Przykład {number}", slug=f"przyklad-{number}", **(values | fields))
        page.methods, page.topics = list(methods), list(topics)
        return cases.add_child(instance=page)

    return make
