"""What a sender fills in."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 20, 3000
MOST_LINKS = 2
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# A letter of the kinds that write nothing: controls, but not those that emoji and scripts are joined with.
UNSEEN = {"Cc", "Cs", "Co"}
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class NameField(forms.CharField):
    """One line: whatever would begin another, or turn the reading direction, becomes a space."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\0", "")
        shown = (" " if unicodedata.category(sign) in UNSEEN else sign for sign in DIRECTIONS.sub("", text))
        return str(super().to_python(" ".join("".join(shown).split())))


class MessageField(forms.CharField):
    """Many lines, counted as people see them: a line end is one sign, NUL and its like none."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return str(
            super().to_python(
                "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in UNSEEN)
            )
        )


class TrapField(forms.CharField):
    """A person never meets it: it is not shown, not focused and not read aloud. A robot fills it in."""

    def __init__(self) -> None:
        super().__init__(
            required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
        )


class ContactForm(forms.Form):
    name = NameField(
        label=_("Twoje imię i nazwisko"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Twój adres e-mail"),
        max_length=254,
        help_text=_("Na ten adres przyjdzie odpowiedź."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = MessageField(
        label=_("Wiadomość"),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "min_length": _("Napisz trochę więcej: co najmniej %(limit_value)d znaków."),
            "max_length": _("Skróć wiadomość: najwyżej %(limit_value)d znaków, a jest %(show_value)d."),
        },
        help_text=_("Od 20 do 3000 znaków, najwyżej 2 odnośniki. Napisz, czego potrzebujesz, gdzie i kiedy."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    consent = forms.BooleanField(
        label=_("Zgadzam się, żeby ta osoba dostała mój adres e-mail i mogła mi odpowiedzieć"),
        error_messages={"required": _("Bez tej zgody ta osoba nie mogłaby Ci odpowiedzieć.")},
    )
    website = TrapField()

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        if len(LINK.findall(message)) > MOST_LINKS:
            raise ValidationError(
                gettext("Zostaw najwyżej %(most)d odnośniki.") % {"most": MOST_LINKS}, code="links"
            )
        return message
