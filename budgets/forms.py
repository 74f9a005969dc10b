"""What a reader may ask of the list of projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProjectOrder(forms.Form):
    """`kolejnosc` and `pula` of the address."""

    kolejnosc = forms.ChoiceField(
        label=_("Kolejność"),
        required=False,
        choices=[
            ("", _("od największej liczby głosów")),
            ("koszt", _("od najdroższych")),
            ("nazwa", _("alfabetycznie")),
        ],
        error_messages={"invalid_choice": _("Nie ma takiej kolejności: układamy według głosów.")},
    )

    def __init__(self, *args: Any, pots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(pots) > 1:
            self.fields["pula"] = forms.ChoiceField(
                label=_("Pula"),
                required=False,
                choices=[("", _("wszystkie")), *pots],
                error_messages={"invalid_choice": _("Nie ma takiej puli: pokazujemy wszystkie projekty.")},
            )
