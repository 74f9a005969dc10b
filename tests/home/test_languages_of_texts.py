"""Which language a text is in, when a translation is only half made."""

from typing import Any

import pytest
from django.template import Context, Template
from wagtail.models import Locale

from home.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def polish() -> Any:
    home = HomePage.objects.get(locale__language_code="pl")
    body = [("paragraph", "<p>Po polsku.</p>")]
    return home.add_child(
        instance=ContentPage(
            title="O nas", slug="o-nas", summary="Kim jesteśmy", body=body, locale=home.locale
        )
    )


@pytest.fixture
def english(polish: Any) -> Any:
    locale, _made = Locale.objects.get_or_create(language_code="en")
    page = polish.copy_for_translation(locale, copy_parents=True)
    page.summary = "Who we are"
    page.save()
    return type(page).objects.get(pk=page.pk)


def marked(page: Any, name: str) -> str:
    template = Template("{% load navigation %}<p{% lang page name %}></p>")
    return template.render(Context({"page": page, "name": name}))


def test_words_left_in_polish_are_marked(english: Any) -> None:
    assert marked(english, "body") == '<p lang="pl"></p>'
    assert english.told("title") == '<span lang="pl">O nas</span>'


def test_translated_words_are_not(english: Any) -> None:
    assert marked(english, "summary") == "<p></p>"
    assert english.told("summary") == "Who we are"


def test_a_silent_translation_shows_the_polish_words(english: Any) -> None:
    english.summary = ""
    assert english.told("summary") == '<span lang="pl">Kim jesteśmy</span>'


def test_a_polish_page_marks_nothing(polish: Any) -> None:
    assert marked(polish, "body") == "<p></p>"
    assert polish.told("summary") == "Kim jesteśmy"


def test_marks_do_not_let_html_in(english: Any) -> None:
    english.title = english.source.title = "<b>O nas</b>"
    assert english.told("title") == '<span lang="pl">&lt;b&gt;O nas&lt;/b&gt;</span>'
