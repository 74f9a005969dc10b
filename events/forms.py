"""The editor's form of an event, and the reader's filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from directory.models import Voivodeship
from events.enums import Kind, Way
from events.programme import Slot, conflicts

# Read at once: each session's own form would ask for its own.
LEADERS = tuple(f"blocks__sessions__leaders__practitioner__{name}" for name in ("municipality", "locale"))


class EventPageForm(WagtailAdminPageForm):
    """Refuses a programme in which a room or a person is needed twice at once, before anything is stored."""

    voivodeships = forms.MultipleChoiceField(
        label=_("dla osób z województw"),
        choices=Voivodeship.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tylko forum regionalne: z której części Polski można przyjechać."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        page = kwargs.get("instance")
        if page is not None and page.pk:
            prefetch_related_objects([page], "days", *LEADERS)
        super().__init__(*args, **kwargs)

    def is_valid(self) -> bool:
        from events.models.pages import conflict_message

        if not super().is_valid():
            return False
        found = conflicts(self._slots())
        for conflict in found:
            self.add_error(None, conflict_message(conflict))
        return not found

    def _slots(self) -> Iterator[Slot]:
        for block in _kept(self.formsets.get("blocks")):
            for session in _kept(block.formsets.get("sessions")):
                people = session.cleaned_data.get("people", [])
                yield Slot(
                    block.cleaned_data["day"],
                    block.cleaned_data["start"],
                    block.cleaned_data["end"],
                    session.cleaned_data["title"],
                    session.cleaned_data.get("room") or "",
                    tuple((person.pk, person.name) for person in people),
                )


def _kept(formset: Any) -> list[Any]:
    """The filled rows of a formset that are not ticked for deletion."""
    if formset is None:
        return []
    return [
        form
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]


class EventFilters(forms.Form):
    """`rodzaj`, `wojewodztwo`, `temat` and `tryb` of the address."""

    rodzaj = forms.ChoiceField(
        label=_("Rodzaj"),
        required=False,
        choices=[("", _("wszystkie")), *Kind.choices],
        error_messages={"invalid_choice": _("Nie ma takiego rodzaju wydarzeń: pokazujemy wszystkie.")},
    )
    wojewodztwo = forms.ChoiceField(
        label=_("Województwo"),
        required=False,
        choices=[("", _("cała Polska")), *Voivodeship.choices],
        error_messages={"invalid_choice": _("Nie ma takiego województwa: pokazujemy całą Polskę.")},
    )
    temat = forms.ChoiceField(
        label=_("Temat"),
        required=False,
        error_messages={
            "invalid_choice": _("Żadne wydarzenie nie ma takiego tematu: pokazujemy wszystkie tematy.")
        },
    )
    tryb = forms.ChoiceField(
        label=_("Udział"),
        required=False,
        choices=[("", _("dowolny")), *Way.choices],
        error_messages={
            "invalid_choice": _("Nie ma takiego sposobu udziału: pokazujemy wydarzenia na miejscu i online.")
        },
    )

    def __init__(self, *args: Any, topics: Mapping[str, str], **kwargs: Any) -> None:
        """`topics`: slug and name of each that some event has."""
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["temat"])
        field.choices = [("", str(_("wszystkie"))), *topics.items()]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen and understood, by the name in the address."""
        return {name: value for name, value in self.cleaned_data.items() if value}
