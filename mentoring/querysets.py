"""Reading rules for mentoring offers."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from wagtail.search.queryset import SearchableQuerySetMixin

from directory.models import Consent, Practitioner
from directory.querysets import SOURCE_LANGUAGE


class OfferQuerySet(SearchableQuerySetMixin, models.QuerySet):
    def visible(self, language: str | None = None) -> OfferQuerySet:
        """Published offers of people whom the public may see and who agreed to mentor; one row an offer.

        The row is in `language` (the reader's when None) where a published translation exists, else Polish.
        """
        language = language or get_language() or SOURCE_LANGUAGE
        mentoring = Consent.objects.standing().filter(
            practitioner=OuterRef("pk"), kind=Consent.Kind.MENTORING
        )
        mentors = Practitioner.objects.visible(SOURCE_LANGUAGE).filter(Exists(mentoring))
        offers = self.model._default_manager.filter(
            locale__language_code=SOURCE_LANGUAGE,
            live=True,
            practitioner__translation_key__in=mentors.values("translation_key"),
        )
        if language == SOURCE_LANGUAGE:
            return self.filter(pk__in=offers.values("pk"))
        translated = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
        )
        return self.filter(
            Q(locale__language_code=language, live=True)
            | Q(Q(locale__language_code=SOURCE_LANGUAGE) & ~Exists(translated)),
            translation_key__in=offers.values("translation_key"),
        )

    def for_cards(self) -> OfferQuerySet:
        return self.select_related(
            "practitioner__municipality", "practitioner__photo", "practitioner__locale", "locale"
        )
