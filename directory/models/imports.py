"""The staging of an import: what was read from a file, until somebody confirms it, and for a day after."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file. `digest` is the SHA-256 of its bytes, by which an interrupted run is found again."""

    class State(models.TextChoices):
        READING = "reading", _("czytanie pliku")
        STAGED = "staged", _("czeka na potwierdzenie")
        STORING = "storing", _("zapisywanie")
        DONE = "done", _("zapisany")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("plik"), max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    create_terms = models.BooleanField(_("dodaj nieznane hasła słownika"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    remarks = models.JSONField(default=list, help_text="sentences about the file as a whole")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    # When whoever confirmed the file attested the consent of the people in it.
    confirmed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import praktyków")
        verbose_name_plural = _("importy praktyków")

    def __str__(self) -> str:
        return self.file_name or str(self.pk)


class ImportRow(models.Model):
    """One row of the file. `data` holds its cells until they are stored; a refused row keeps none."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("nowa osoba")
        UPDATED = "updated", _("zmiana")
        UNCHANGED = "unchanged", _("bez zmian")
        REFUSED = "refused", _("odrzucony")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="place among the rows, from 1")
    line = models.PositiveIntegerField(_("linia"), help_text="line of the file at which the row begins")
    public_id = models.CharField(_("identyfikator"), max_length=40, blank=True)
    name = models.CharField(_("imię i nazwisko"), max_length=80, blank=True)
    outcome = models.CharField(_("wynik"), max_length=9, choices=Outcome.choices)
    notes = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    stored = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wiersz importu")
        verbose_name_plural = _("wiersze importu")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_number")]
        indexes = [
            models.Index(fields=["run", "public_id"], name="import_row_public_id"),
            models.Index(fields=["run", "outcome", "number"], name="import_row_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.public_id}"
