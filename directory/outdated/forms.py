"""What a reader fills in who sees that something is no longer true."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.contact.forms import MessageField, TrapField

SHORTEST, LONGEST = 5, 500


class OutdatedForm(forms.Form):
    text = MessageField(
        label=_("Co się nie zgadza?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "min_length": _("Napisz trochę więcej: co najmniej %(limit_value)d znaków."),
            "max_length": _("Skróć wiadomość: najwyżej %(limit_value)d znaków, a jest %(show_value)d."),
        },
        help_text=_("Do 500 znaków, na przykład: ta osoba pracuje już gdzie indziej."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answer_to = forms.EmailField(
        label=_("Twój adres e-mail"),
        required=False,
        max_length=254,
        help_text=_("Jeśli mamy dać znać, co zrobiliśmy. Skasujemy go, gdy załatwimy zgłoszenie."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = TrapField()
