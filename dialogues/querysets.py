"""Reading rules for dialogues."""

from __future__ import annotations

from collections.abc import Collection

from wagtail.models import PageManager

from home.querysets import BasePageQuerySet


class DialogueQuerySet(BasePageQuerySet):
    def held(self) -> DialogueQuerySet:
        return self.filter(status="held")

    def planned(self) -> DialogueQuerySet:
        return self.filter(status="planned")

    def about(self, *, topics: Collection[str] = (), voivodeships: Collection[str] = ()) -> DialogueQuerySet:
        """OR inside each of the two, AND between them."""
        rows = self
        if topics:
            rows = rows.filter(topics__slug__in=topics)
        if voivodeships:
            rows = rows.filter(municipality__voivodeship__in=voivodeships)
        return rows.distinct()

    def municipalities(self) -> int:
        """In how many different municipalities: what the programme promised to count."""
        return self.order_by().values("municipality").distinct().count()

    def for_cards(self) -> DialogueQuerySet:
        return self.select_related("cover", "locale", "municipality")


DialogueManager = PageManager.from_queryset(DialogueQuerySet)
