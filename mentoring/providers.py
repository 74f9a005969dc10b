"""What this part tells the others (home.registry)."""

from typing import Any

from django.utils.translation import gettext as _

from home.registry import Section

from .models import MentoringOffer
from .querysets import OfferQuerySet

MOST_CARDS = 6


def offers_to_find() -> OfferQuerySet:
    """What the site-wide search may show, in the reader's language."""
    return MentoringOffer.objects.visible().for_cards()


def offers_of(practitioner: Any) -> Section:
    offers = MentoringOffer.objects.visible().for_cards()
    offers = offers.filter(practitioner__translation_key=practitioner.translation_key)
    return Section(_("Mentoring"), [offer.card() for offer in offers.order_by("title")])


def offers_about(term: Any) -> Section:
    offers = MentoringOffer.objects.visible().for_cards().filter(**{f"{term.plural}__slug": term.slug})
    return Section(_("Mentoring"), [offer.card() for offer in offers.order_by("title", "pk")[:MOST_CARDS]])
