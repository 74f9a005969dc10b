"""Addresses that people had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerSlug(models.Model):
    """What stood in a person's address before; it leads to the present one. Belongs to the Polish row."""

    practitioner = models.ForeignKey(
        "directory.Practitioner", on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.SlugField(_("dawniej w adresie"), max_length=90, unique=True)

    class Meta:
        verbose_name = _("dawny adres")
        verbose_name_plural = _("dawne adresy")

    def __str__(self) -> str:
        return self.slug
