"""What people type on the pages of their own entry."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    email = forms.EmailField(
        label=_("Twój adres e-mail"),
        help_text=_("Ten, który podano nam dla wpisu. Na stronie nigdzie go nie pokazujemy."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Dlaczego wycofujesz wpis?"),
        help_text=_("Kilka słów. Przeczyta je tylko zespół programu."),
        max_length=200,
    )
