"""What this part tells the others (home.registry)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.cards import Card
from home.registry import Section
from search.beginnings import beginning
from search.prepared import Prepared
from search.suggestions import IN_GROUP, Suggestion

from .models import ArticlePage, CasePage

MOST_CARDS = 6
#: What is suggested of pages.
PAGES = Prepared(
    lambda keys: (
        Page.objects.filter(pk__in=keys)
        .order_by()
        .values_list("pk", "title", "url_path", "locale__language_code")
    ),
    IN_GROUP,
)


def latest_articles(now: datetime, limit: int) -> Sequence[Card]:
    pages = ArticlePage.objects.visible().for_cards().filter(date__lte=timezone.localdate(now))
    return [page.card() for page in pages.order_by("-date", "-pk")[:limit]]


def articles_beginning(words: Sequence[str], most: int) -> list[Suggestion]:
    keys = beginning(ArticlePage, words, field="title", most=most)
    rows = sorted(PAGES.rows(keys), key=lambda row: keys.index(row[0]))
    # The address needs no more of a page than its path in the tree.
    return [
        Suggestion(title, Page(url_path=path).get_url() or "", lang=lang) for _pk, title, path, lang in rows
    ]


def articles_by(practitioner: Any) -> Section:
    pages = ArticlePage.objects.visible().for_cards().by(practitioner).order_by("-date", "-pk")
    return Section(_("Artykuły"), [page.card() for page in pages[:MOST_CARDS]])


def cases_with(practitioner: Any) -> Section:
    pages = CasePage.objects.visible().for_cards().by(practitioner).order_by("-year", "-pk")
    return Section(_("Przykłady działań"), [page.card() for page in pages[:MOST_CARDS]])


def cases_in(municipality: Any) -> Section:
    pages = CasePage.objects.visible().for_cards().filter(municipality=municipality).order_by("-year", "-pk")
    return Section(_("Przykłady działań"), [page.card() for page in pages[:MOST_CARDS]])


def articles_about(term: Any) -> Section:
    pages = ArticlePage.objects.visible().for_cards().about(**about(term)).order_by("-date", "-pk")
    return Section(_("Artykuły"), [page.card() for page in pages[:MOST_CARDS]])


def cases_about(term: Any) -> Section:
    pages = CasePage.objects.visible().for_cards().about(**about(term)).order_by("-year", "-pk")
    return Section(_("Przykłady działań"), [page.card() for page in pages[:MOST_CARDS]])


def about(term: Any) -> dict[str, list[str]]:
    """A method or a topic in the words of `WritingQuerySet.about`."""
    return {term.plural: [term.slug]}
