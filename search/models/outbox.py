"""What has changed and is to be indexed, written in the transaction that changed it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q


class ChangeQuerySet(models.QuerySet["Change"]):
    def pending(self) -> ChangeQuerySet:
        return self.filter(done_at=None)

    def due(self, now: datetime) -> ChangeQuerySet:
        return self.pending().filter(not_before__lte=now)

    def failed(self) -> ChangeQuerySet:
        """Changes that some engine has refused at least once: its index is behind."""
        return self.pending().filter(attempts__gt=0)

    def since(self, moment: datetime) -> ChangeQuerySet:
        """What was still to be indexed at that moment, or came after it."""
        return self.filter(Q(done_at=None) | Q(done_at__gte=moment))


class Change(models.Model):
    """One object may differ from what the indexes hold of it. Rows are only added, so writers never wait.

    The worker reads the object anew, indexes what it finds (or forgets what is gone) and marks the rows it has read.
    Those that are done stay for a day: a rebuild replays what was indexed while it ran.
    """

    kind = models.CharField(max_length=80, help_text="label of the root model")
    object_id = models.CharField(max_length=50)
    noted_at = models.DateTimeField()
    #: Whether the database's own index has it already; the worker does the rest.
    written = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    #: Why the last try failed; it stays where the object was given up.
    error = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True
    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before", "id"], name="search_change_due", condition=Q(done_at=None)),
            models.Index(fields=["done_at"], name="search_change_done"),
            models.Index(fields=["kind", "object_id"], name="search_change_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Lease(models.Model):
    """Who of several workers indexes now: two at once could put an older state in place of a newer one."""

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} until {self.until:%H:%M:%S}"
