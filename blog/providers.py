"""What this part tells the others (home.registry)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.cards import Card
from home.registry import Section
from search.beginnings import beginning
from search.suggestions import Suggestion

from .models import ArticlePage, CasePage

MOST_CARDS = 6


def latest_articles(now: datetime, limit: int) -> Sequence[Card]:
    pages = ArticlePage.objects.visible().for_cards().filter(date__lte=timezone.localdate(now))
    return [page.card() for page in pages.order_by("-date", "-pk")[:limit]]


def articles_beginning(words: Sequence[str], most: int) -> list[Suggestion]:
    found = beginning(ArticlePage.objects.visible().for_cards(), words, field="title", most=most)
    cards = [page.card() for page in found]
    return [Suggestion(card.title, card.url, lang=card.lang) for card in cards]


def articles_by(practitioner: Any) -> Section:
    pages = ArticlePage.objects.visible().for_cards().by(practitioner).order_by("-date", "-pk")
    return Section(_("Artykuły"), [page.card() for page in pages[:MOST_CARDS]])


def cases_with(practitioner: Any) -> Section:
    pages = CasePage.objects.visible().for_cards().by(practitioner).order_by("-year", "-pk")
    return Section(_("Przykłady działań"), [page.card() for page in pages[:MOST_CARDS]])


def cases_in(municipality: Any) -> Section:
    pages = CasePage.objects.visible().for_cards().filter(municipality=municipality).order_by("-year", "-pk")
    return Section(_("Przykłady działań"), [page.card() for page in pages[:MOST_CARDS]])
