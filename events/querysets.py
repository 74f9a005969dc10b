"""Reading rules for events. Every event is in exactly one of upcoming, ongoing and past."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import PageManager

from directory.models import Topic
from events.enums import Way
from home.querysets import SOURCE_LANGUAGE, BasePageQuerySet


class EventPageQuerySet(BasePageQuerySet):
    """Dates, place and state stand on the Polish source; a translation carries words only."""

    def upcoming(self, now: datetime) -> EventPageQuerySet:
        """Not begun; an event without a date yet is ahead of us. The soonest first."""
        return self.filter(Q(starts_at__gt=now) | Q(starts_at__isnull=True)).order_by("starts_at", "pk")

    def ongoing(self, now: datetime) -> EventPageQuerySet:
        """From the first minute of the first day to the last of the last day, nights between included."""
        return self.filter(starts_at__lte=now, ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> EventPageQuerySet:
        """Over, held or cancelled. The latest first."""
        return self.filter(ends_at__lte=now).order_by("-ends_at", "-pk")

    def not_cancelled(self) -> EventPageQuerySet:
        return self.filter(cancelled=False)

    def of_kind(self, kind: str) -> EventPageQuerySet:
        return self.filter(kind=kind)

    def in_voivodeship(self, slug: str) -> EventPageQuerySet:
        """Held there, or a regional forum meant for it."""
        meant = Cast("voivodeships", TextField())
        return self.alias(meant_for=meant).filter(
            Q(municipality__voivodeship=slug) | Q(meant_for__contains=f'"{slug}"')
        )

    def about(self, topic: str) -> EventPageQuerySet:
        """With this topic (its slug) among the event's."""
        return self.filter(topics__in=Topic.objects.filter(slug=topic, locale__language_code=SOURCE_LANGUAGE))

    def in_days(self, first: date, last: date) -> EventPageQuerySet:
        """With some day of theirs between the two."""
        from events.models import EventDay

        return self.filter(pk__in=EventDay.objects.filter(date__range=(first, last)).values("page"))

    def held(self, way: str) -> EventPageQuerySet:
        """Online or on site; one that is both is found either way."""
        if way == Way.ONLINE:
            return self.filter(online=True)
        return self.exclude(municipality=None, place="")


EventPageManager = PageManager.from_queryset(EventPageQuerySet)
