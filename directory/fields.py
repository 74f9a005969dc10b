"""A short list of codes from a closed set, kept as JSON and edited as checkboxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodesField(models.JSONField):
    """`options` is a TextChoices class; the value is a list of its values, without repeats, in the class's order.

    The options are no part of a migration: adding a language changes no table.
    """

    def __init__(self, *args: Any, options: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.options = options
        kwargs |= {"default": list, "blank": True}
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        value = super().clean(value, model_instance) or []
        if self.options is None:
            return list(value)
        unknown = [code for code in value if code not in self.options.values]
        if unknown:
            raise ValidationError(
                _("Nieznana wartość: %(value)s."),
                code="unknown",
                params={"value": ", ".join(map(str, unknown))},
            )
        return [code for code in self.options.values if code in value]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.options.choices if self.options else [],
            widget=kwargs.get("widget") or forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", str(self.verbose_name).capitalize()),
            help_text=str(self.help_text),
        )
