"""One field for a municipality, in every form that readers fill in.

A name is typed; `js/suggest.js` suggests while it is, out of the whole register. Without a script the answer to a name of
several municipalities lists them below it, with what tells them apart, and what was typed stays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from search.typed import question

from .gazetteer import LONGEST, Named, gazetteer
from .models import Municipality


class Typed(NamedTuple):
    """What was sent: the text, and the code of the one that was chosen of several."""

    text: str
    code: str = ""

    @property
    def named(self) -> Named:
        return gazetteer().named(question(self.text))


class MunicipalityInput(forms.Widget):
    """Two values of a form: `name`, and `name_code` where one of several is chosen."""

    template = "components/municipality_input.html"

    @staticmethod
    def names(name: str) -> tuple[str, str]:
        return name, f"{name}_code"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(*(str(data.get(key) or "") for key in self.names(name)))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else Typed("")
        named = typed.named
        attrs = self.build_attrs(self.attrs, attrs)
        text, code = self.names(name)
        return render_to_string(
            self.template,
            {
                "id": attrs.get("id", text),
                "name": text,
                "code_name": code,
                "typed": typed,
                "attrs": flatatt(attrs | {"maxlength": LONGEST}),
                "places": () if named.place else named.choices,
                "namesakes": named.namesakes,
            },
        )


class HiddenMunicipality(MunicipalityInput):
    """Keeps what was typed and chosen on a page that shows how it will look."""

    input_type = "hidden"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else Typed("")
        hidden = forms.HiddenInput()
        one, other = (hidden.render(key, text) for key, text in zip(self.names(name), typed, strict=True))
        return format_html("{}{}", one, other)


class MunicipalityField(forms.Field):
    """Its value is a row of the register or None. An initial value is such a row, too."""

    widget = MunicipalityInput
    hidden_widget = HiddenMunicipality
    default_error_messages = {
        "several": _("Jest kilka takich gmin: wybierz swoją z listy albo dopisz po przecinku powiat."),
        "nearly": _("Nie znamy gminy o takiej nazwie. Wybierz jedną z podobnych albo popraw pisownię."),
        "unknown": _("Nie znamy gminy o takiej nazwie. Sprawdź, jak się ją pisze."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Nazwa, a gdy jest takich gmin kilka, po przecinku powiat: „Brzeziny, kaliski”.")
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Municipality):
            return value
        register = gazetteer()
        place = register.places.get(value.pk)
        return Typed(register.label(place) if place else value.label)

    def clean(self, value: Typed) -> Municipality | None:
        text = question(value.text)
        if not text:
            self.validate("")
            # What can't be seen, such as NUL alone, was still typed.
            if value.text.strip():
                raise ValidationError(self.error_messages["unknown"], code="unknown")
            return None
        named = value.named
        chosen = {place.code for place in named.choices} & {value.code}
        code = named.place.code if named.place else next(iter(chosen), "")
        if found := Municipality.objects.filter(pk=code).first() if code else None:
            return found
        problem = "several" if named.namesakes else "nearly" if named.choices else "unknown"
        raise ValidationError(self.error_messages[problem], code=problem)
