"""What a reader wants to hear of: a question to the base, and where to write when it finds somebody new."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def confirmed(self) -> SavedSearchQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def due(self, now: datetime) -> SavedSearchQuerySet:
        """Confirmed, and the week is over; the longest waiting first."""
        return self.confirmed().filter(due_at__lte=now).order_by("due_at", "pk")


class SavedSearch(models.Model):
    """A question with an address, and nothing else of the reader.

    The links of its mails are signed with the row's id, so that no secret is kept, not even hashed. `seen_until`: people
    who became visible up to then are no news.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Of the address and the question: asked twice, or twice at once, it is one row.
    identity = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("adres e-mail"), db_index=True)
    question = models.TextField(_("pytanie"), help_text="the address' query, as Asked keeps it")
    language = models.CharField(_("język"), max_length=8)
    created_at = models.DateTimeField(_("poproszono"), db_index=True)
    confirmed_at = models.DateTimeField(_("potwierdzono"), null=True, blank=True)
    asked_again_at = models.DateTimeField(_("zapytano ponownie"), null=True, blank=True)
    seen_until = models.DateTimeField(_("sprawdzono do"), null=True, blank=True)
    due_at = models.DateTimeField(_("następny raz"), null=True, blank=True, db_index=True)

    objects = SavedSearchQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("powiadomienie o nowych osobach")
        verbose_name_plural = _("powiadomienia o nowych osobach")

    def __str__(self) -> str:
        return str(self.pk)
