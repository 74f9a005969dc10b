"""What somebody fills in who wants to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.contact.forms import MessageField, NameField, TrapField
from directory.models import Sector
from directory.municipality_field import MunicipalityField
from events.models import EventPage
from home.privacy.contact_details import has_contact_details

from . import rules

#: Kept in Registration, and in SupportNeeds.
PERSON = ("name", "email", "organisation", "sector", "municipality", "first_time")
NEEDS = ("diet", "support")


class PersonForm(forms.Form):
    """What a person may change later, too: all but the address, which is who they are."""

    name = NameField(
        label=gettext_lazy("Imię i nazwisko"),
        min_length=3,
        max_length=80,
        help_text=gettext_lazy("Tak, jak ma być na identyfikatorze."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = NameField(
        label=gettext_lazy("Organizacja albo instytucja"),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sektor"),
        required=False,
        choices=[("", gettext_lazy("nie wybieram")), *Sector.choices],
    )
    municipality = MunicipalityField(label=gettext_lazy("Gmina, z której jesteś"), required=False)
    first_time = forms.BooleanField(
        label=gettext_lazy("Jestem pierwszy raz na wydarzeniu programu"), required=False
    )
    diet = NameField(
        label=gettext_lazy("Dieta"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Na przykład: wegetariańska, bez orzechów."),
    )
    support = MessageField(
        label=gettext_lazy("Czego potrzebujesz, żeby wziąć udział"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "Tłumaczenie na język migowy, pętla indukcyjna, miejsce dla wózka, opieka nad dzieckiem. "
            "Zobaczą to tylko osoby, które się tym zajmują. Skasujemy to 14 dni po wydarzeniu."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        if event.voivodeships:
            self.fields["municipality"].required = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if has_contact_details(name):
            raise ValidationError(_("Wpisz samo imię i nazwisko."), code="contact_details")
        return name

    def clean_municipality(self) -> Any:
        place = self.cleaned_data["municipality"]
        if place is not None:
            refuse_other_regions(self.event, place.voivodeship)
        return place

    @property
    def person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}

    @property
    def needs(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in NEEDS}


def refuse_other_regions(event: EventPage, voivodeship: str) -> None:
    """Raises ValidationError where the event is for other voivodeships; names the forum of the person's own."""
    if rules.of_this_region(event.voivodeships, voivodeship):
        return
    ahead = EventPage.objects.sources().upcoming(timezone.now())
    own = next((one for one in ahead if voivodeship in one.voivodeships), None)
    if own:
        raise ValidationError(
            _("To forum jest dla innej części Polski. Dla Twojego województwa jest: %(forum)s.")
            % {"forum": own.title},
            code="region",
        )
    raise ValidationError(
        _(
            "To forum jest dla innej części Polski, a forum dla Twojego województwa nie jest jeszcze ogłoszone."
        ),
        code="region",
    )


class RegistrationForm(PersonForm):
    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"),
        max_length=254,
        help_text=gettext_lazy("Tu przyjdzie odpowiedź i odnośnik do zgłoszenia."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Zgadzam się, żeby organizatorzy użyli tych danych do zorganizowania wydarzenia"),
        error_messages={"required": gettext_lazy("Bez tej zgody nie możemy przyjąć zgłoszenia.")},
    )
    website = TrapField()

    field_order = ["name", "email", *PERSON[2:], *NEEDS, "agreed", "website"]
