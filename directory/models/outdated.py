"""What readers report as out of date in somebody's entry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutdatedReport(models.Model):
    """Kept for 90 days (directory.outdated.services); the address of whoever reported, only until it is settled."""

    practitioner = models.ForeignKey(
        "directory.Practitioner", verbose_name=_("o kim"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField(_("co się nie zgadza"), max_length=500)
    answer_to = models.EmailField(_("adres zgłaszającej osoby"), blank=True)
    created_at = models.DateTimeField(_("kiedy"), db_index=True)
    asked_at = models.DateTimeField(_("poproszono o potwierdzenie"), null=True, blank=True)
    settled_at = models.DateTimeField(_("załatwione"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kto załatwił"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What makes a second click no second report.
    nonce = models.CharField(max_length=32, unique=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("zgłoszenie nieaktualnych danych")
        verbose_name_plural = _("zgłoszenia nieaktualnych danych")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | models.Q(answer_to=""),
                name="settled_report_keeps_no_address",
            )
        ]

    def __str__(self) -> str:
        return str(self.practitioner)
