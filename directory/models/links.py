"""How people reach their own entry, and how far the yearly question of whether it is still true has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryLinkQuerySet(models.QuerySet["EntryLink"]):
    def usable(self, now: datetime) -> EntryLinkQuerySet:
        """Neither used nor past its time."""
        return self.filter(used_at__isnull=True, expires_at__gt=now)

    def open(self, now: datetime, life: timedelta) -> EntryLinkQuerySet:
        """Used less than `life` ago, and not ended by the person."""
        return self.filter(used_at__gt=now - life).exclude(visit_hash="")


class EntryLink(models.Model):
    """A link sent to the address on file. Its secret, and that of the visit it opened, are kept only as hashes."""

    class Purpose(models.TextChoices):
        ASKED = "asked", _("na prośbę osoby")
        FRESHNESS = "freshness", _("prośba o potwierdzenie danych")
        DECISION = "decision", _("odpowiedź redakcji")
        HANDED_OVER = "handed_over", _("przekazanie wpisu")

    practitioner = models.ForeignKey(
        "directory.Practitioner", on_delete=models.CASCADE, related_name="entry_links"
    )
    purpose = models.CharField(_("po co"), max_length=12, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    # Keyed hash of the address: the link dies when the person's address becomes another.
    address_hash = models.CharField(max_length=64)
    visit_hash = models.CharField(max_length=64, blank=True, db_index=True)
    mail = models.ForeignKey(
        "home.OutboxMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("wysłany"))
    expires_at = models.DateTimeField(_("ważny do"), db_index=True)
    used_at = models.DateTimeField(_("użyty"), null=True, blank=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("odnośnik do wpisu")
        verbose_name_plural = _("odnośniki do wpisu")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.created_at:%Y-%m-%d}"


class LinkRequest(models.Model):
    """That somebody asked for a link: keyed hashes of what they typed and of their network, for a day."""

    address_hash = models.CharField(max_length=64)
    network_hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("prośba o odnośnik")
        verbose_name_plural = _("prośby o odnośnik")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class FreshnessStep(models.Model):
    """One step of asking a person whether the entry is true; `since` is the day it was last known to be."""

    class Step(models.TextChoices):
        ASKED = "asked", _("prośba o potwierdzenie")
        REMINDED = "reminded", _("pierwsze przypomnienie")
        WARNED = "warned", _("ostatnie przypomnienie")
        PAUSED = "paused", _("wstrzymanie wpisu")

    practitioner = models.ForeignKey(
        "directory.Practitioner", on_delete=models.CASCADE, related_name="freshness_steps"
    )
    since = models.DateField(_("dane sprzed"))
    step = models.CharField(_("krok"), max_length=8, choices=Step.choices)
    on = models.DateField(_("kiedy"))
    mail = models.ForeignKey(
        "home.OutboxMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("pytanie o aktualność")
        verbose_name_plural = _("pytania o aktualność")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "since", "step"], name="freshness_step_once")
        ]
        indexes = [models.Index(fields=["step", "on"], name="freshness_step_on")]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.on}"
