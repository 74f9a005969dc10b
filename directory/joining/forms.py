"""What a newcomer fills in: a form for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.contact.forms import MessageField, NameField, TrapField
from directory.models import Audience, Consent, Language, Method, Sector, Topic, Voivodeship
from directory.models.vocabulary import Term
from directory.municipality_field import MunicipalityField
from directory.names import alphabetical
from directory.self_service.photos import PhotoField
from directory.terms import term_names
from home.folding import FoldedChoices
from home.privacy.contact_details import refuse_contact_details

from .wording import WORDINGS

MOST_LINKS = 5
LONGEST_LINK = 300
PUBLIC = [refuse_contact_details]
web_address = URLValidator(schemes=["http", "https"])


class CodesChoice(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=FoldedChoices, **kwargs)


class TermsChoice(CodesChoice):
    """Slugs of terms, named and ordered in the reader's language."""

    def __init__(self, model: type[Term], **kwargs: Any) -> None:
        def choices() -> list[tuple[str, str]]:
            return sorted(term_names(model).items(), key=lambda term: alphabetical(term[1]))

        super().__init__(choices=choices, **kwargs)


class WhoForm(forms.Form):
    name = NameField(
        label=_("Imię i nazwisko"),
        min_length=3,
        max_length=80,
        validators=PUBLIC,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Na ten adres przyjdzie odnośnik. Na stronie nigdzie go nie pokazujemy."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    headline = NameField(
        label=_("Czym się zajmujesz"),
        max_length=140,
        validators=PUBLIC,
        help_text=_("Jednym zdaniem, na przykład: prowadzę panele obywatelskie o klimacie."),
    )
    organisation = NameField(
        label=_("Organizacja"),
        required=False,
        max_length=140,
        validators=PUBLIC,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = forms.ChoiceField(
        label=_("Sektor"), required=False, choices=[("", _("nie wybieram")), *Sector.choices]
    )
    photo = PhotoField(label=_("Zdjęcie"))
    remove_photo = forms.BooleanField(label=_("Usuń zdjęcie"), required=False)
    website = TrapField()


class WhereForm(forms.Form):
    place = MunicipalityField(label=_("Gmina, w której działasz"), required=False)
    voivodeship = forms.ChoiceField(
        label=_("Województwo"),
        required=False,
        choices=[("", _("wybierz")), *Voivodeship.choices],
        help_text=_("Wystarczy gmina: województwo dopiszemy."),
    )
    works_in = CodesChoice(label=_("W jakich województwach jeszcze pracujesz"), choices=Voivodeship.choices)
    languages = CodesChoice(label=_("W jakich językach"), choices=Language.choices)
    audiences = TermsChoice(Audience, label=_("Z kim pracujesz"))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if place := data.get("place"):
            data["voivodeship"] = place.voivodeship
        elif not data.get("voivodeship") and not self.errors:
            self.add_error("voivodeship", gettext("Podaj gminę albo wybierz województwo."))
        return data


class WhatForm(forms.Form):
    methods = TermsChoice(Method, label=_("Metody, które znasz z praktyki"))
    topics = TermsChoice(Topic, label=_("Tematy"))
    experience = MessageField(
        label=_("Doświadczenie"),
        required=False,
        max_length=5000,
        validators=PUBLIC,
        help_text=_("Co udało się zrobić, gdzie i z kim. Tych słów szukają ludzie."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    biography = MessageField(
        label=_("O sobie"),
        required=False,
        max_length=3000,
        validators=PUBLIC,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    links = MessageField(
        label=_("Twoje miejsca w sieci"),
        required=False,
        max_length=MOST_LINKS * (LONGEST_LINK + 1),
        help_text=_("Każdy adres w osobnej linii, najwyżej 5."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(
                gettext("Zostaw najwyżej %(most)d adresów.") % {"most": MOST_LINKS}, code="many"
            )
        return list(dict.fromkeys(web(line) for line in lines))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        told = any(data.get(name) for name in ("methods", "topics", "experience"))
        if not told and not self.errors:
            self.add_error(
                "experience", gettext("Zaznacz choć jedną metodę albo temat, albo napisz kilka zdań.")
            )
        return data


def web(line: str) -> str:
    """A web address with its scheme. Raises ValidationError."""
    url = line if "://" in line else f"https://{line}"
    try:
        if len(url) > LONGEST_LINK:
            raise ValidationError("long")
        web_address(url)
    except ValidationError as error:
        raise ValidationError(
            gettext("To nie jest adres strony: %(line)s") % {"line": line[:60]}, code="link"
        ) from error
    return url


def box(kind: Consent.Kind, **kwargs: Any) -> forms.BooleanField:
    return forms.BooleanField(label=WORDINGS[kind].text, help_text=WORDINGS[kind].note, **kwargs)


class ConsentForm(forms.Form):
    """The names of the fields are the kinds of consent."""

    public_profile = box(
        Consent.Kind.PUBLIC_PROFILE,
        error_messages={"required": _("Bez zgody na publikację nie możemy dodać wpisu.")},
    )
    mentoring = box(Consent.Kind.MENTORING, required=False)
    newsletter = box(Consent.Kind.NEWSLETTER, required=False)
