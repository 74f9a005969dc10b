"""Reading rules for mentoring offers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from wagtail.search.queryset import SearchableQuerySetMixin

from directory.models import Consent, Practitioner
from home.querysets import SOURCE_LANGUAGE, row_for_each
from search.querysets import IndexedQuerySet


class OfferQuerySet(SearchableQuerySetMixin, IndexedQuerySet):
    def visible(self, language: str | None = None) -> OfferQuerySet:
        """Published offers of people whom the public may see and who agreed to mentor; one row an offer.

        The row is in `language` (the reader's when None) where a published translation exists, else Polish.
        """
        mentoring = Consent.objects.standing().filter(
            practitioner=OuterRef("pk"), kind=Consent.Kind.MENTORING
        )
        mentors = Practitioner.objects.visible(SOURCE_LANGUAGE).filter(Exists(mentoring))
        rule = Q(practitioner__translation_key__in=mentors.values("translation_key"))
        return row_for_each(rule, self, language)

    def for_cards(self) -> OfferQuerySet:
        return self.select_related(
            "practitioner__municipality", "practitioner__photo", "practitioner__locale", "locale"
        )
