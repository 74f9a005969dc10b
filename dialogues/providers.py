"""What this part tells the others (home.registry)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.cards import Card
from home.registry import Count, Section
from home.templatetags.typography import month

from .models import DialogueIndexPage, DialoguePage

MOST_CARDS = 6


def progress(now: datetime) -> Count:
    """The promise counts municipalities: two dialogues in one town are one."""
    sources = DialoguePage.objects.visible("pl")
    done = sources.held().municipalities()
    places = sources.held().values("municipality")
    planned = (
        sources.planned()
        .filter(date__gte=timezone.localdate(now))
        .exclude(municipality__in=places)
        .municipalities()
    )
    note = (
        ngettext("%(n)s kolejny ma datę", "%(n)s kolejnych ma datę", planned) % {"n": planned}
        if planned
        else ""
    )
    index = DialogueIndexPage.objects.visible().first()
    return Count(done, planned, note, (index.get_url() or "") if index else "")


def upcoming(now: datetime, limit: int) -> Sequence[Card]:
    pages = DialoguePage.objects.visible().planned().filter(date__gte=timezone.localdate(now)).for_cards()
    return [
        replace(
            page.card(),
            day=f"{page.date.day:02d}",
            month=month(page.date),
            status=None,
        )
        for page in pages.order_by("date", "pk")[:limit]
    ]


def led_by(practitioner: Any) -> Section:
    pages = DialoguePage.objects.visible().for_cards()
    pages = pages.filter(practitioners__translation_key=practitioner.translation_key).distinct()
    return Section(_("Dialogi"), [page.card() for page in pages.order_by("-date", "-pk")[:MOST_CARDS]])


def held_in(municipality: Any) -> Section:
    pages = DialoguePage.objects.visible().for_cards().filter(municipality=municipality)
    return Section(_("Dialogi"), [page.card() for page in pages.order_by("-date", "-pk")[:MOST_CARDS]])


def dialogues_about(term: Any) -> Section | None:
    if term.plural != "topics":
        return None
    pages = DialoguePage.objects.visible().for_cards().filter(topics__slug=term.slug)
    return Section(_("Dialogi"), [page.card() for page in pages.order_by("-date", "-pk")[:MOST_CARDS]])
