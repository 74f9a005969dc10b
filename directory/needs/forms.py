"""The paragraph."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.contact.forms import MessageField

from .understanding import LONGEST


class NeedForm(forms.Form):
    text = MessageField(
        label=_("Twoja sytuacja"),
        max_length=LONGEST,
        error_messages={
            "required": _("Napisz choć jedno zdanie."),
            "max_length": _("Skróć opis: najwyżej %(limit_value)d znaków, a jest %(show_value)d."),
        },
        help_text=_("Do 1500 znaków: kim jesteście, gdzie, co chcecie zrobić i co jest trudne. Bez nazwisk."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
