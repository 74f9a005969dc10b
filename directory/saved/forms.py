"""What a reader types to hear of new people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NewsForm(forms.Form):
    email = forms.EmailField(
        label=_("Twój adres e-mail"),
        help_text=_("Najpierw wyślemy na niego odnośnik do potwierdzenia."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
