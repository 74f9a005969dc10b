"""What the selection screen shows: the applications that were asked for, and who is in beside who applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import BooleanField, Count, Exists, F, OuterRef, QuerySet, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Sector, Voivodeship
from directory.models.vocabulary import MunicipalityKind
from events.models import EventPage, Registration, SeatLedger, SupportNeeds
from events.registration import rules, seats
from search.analysis.tokens import fold
from search.typed import question

YES, NO = "tak", "nie"
UNTOLD = "do-wyslania"
EITHER = [("", _("wszystko jedno")), (YES, _("tak")), (NO, _("nie"))]


class FilterForm(forms.Form):
    """The names of its fields are those in the address."""

    q = forms.CharField(label=_("Imię i nazwisko"), required=False)
    stan = forms.ChoiceField(
        label=_("Stan"),
        required=False,
        choices=[("", _("każdy")), (UNTOLD, _("odpowiedź do wysłania")), *Registration.State.choices],
    )
    wojewodztwo = forms.ChoiceField(
        label=_("Województwo"), required=False, choices=[("", _("każde")), *Voivodeship.choices]
    )
    gmina = forms.ChoiceField(
        label=_("Rodzaj gminy"), required=False, choices=[("", _("każdy")), *MunicipalityKind.choices]
    )
    sektor = forms.ChoiceField(label=_("Sektor"), required=False, choices=[("", _("każdy")), *Sector.choices])
    pierwszy = forms.ChoiceField(label=_("Pierwszy raz"), required=False, choices=EITHER)
    potrzeby = forms.ChoiceField(label=_("Zgłoszone potrzeby"), required=False, choices=EITHER)

    def __init__(self, params: Mapping[str, str], *, sees_needs: bool) -> None:
        super().__init__(auto_id="f-%s")
        if not sees_needs:
            del self.fields["potrzeby"]
        self.asked = {"q": question(params.get("q", ""))}
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                value = params.get(name, "")
                self.asked[name] = value if field.valid_value(value) else ""
        self.initial = self.asked


def rows_of(page: EventPage, form: FilterForm) -> QuerySet[Registration]:
    """In the order of coming; `has_needs` is False for who may not know."""
    rows = Registration.objects.filter(page_id=page.pk).select_related("municipality").order_by("number")
    needs: Any = Value(value=False, output_field=BooleanField())
    if "potrzeby" in form.fields:
        needs = Exists(SupportNeeds.objects.filter(pk=OuterRef("pk")))
    rows = rows.annotate(has_needs=needs)
    asked = form.asked
    if words := fold(asked["q"]).split():
        names = Registration.objects.filter(page_id=page.pk).values_list("pk", "name")
        rows = rows.filter(pk__in=[pk for pk, name in names if all(word in fold(name) for word in words)])
    if asked["stan"] == UNTOLD:
        rows = rows.exclude(told_state=F("state"))
    elif asked["stan"]:
        rows = rows.filter(state=asked["stan"])
    for name, field in (
        ("wojewodztwo", "municipality__voivodeship"),
        ("gmina", "municipality__kind"),
        ("sektor", "sector"),
    ):
        if asked[name]:
            rows = rows.filter(**{field: asked[name]})
    if asked["pierwszy"]:
        rows = rows.filter(first_time=asked["pierwszy"] == YES)
    if asked.get("potrzeby"):
        rows = rows.filter(has_needs=asked["potrzeby"] == YES)
    return rows


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a balance: how many of these are in (offered or confirmed), of how many who applied."""

    label: str
    inside: int
    applied: int


@dataclass(frozen=True, slots=True)
class Balance:
    title: str
    shares: list[Share]


def balances(page: EventPage) -> list[Balance]:
    """Who is in beside all who applied, by what a selection balances. One query."""
    groups: list[Any] = list(
        Registration.objects.filter(page_id=page.pk)
        .order_by()
        .values("municipality__voivodeship", "municipality__kind", "sector", "first_time", "state")
        .annotate(people=Count("pk"))
    )

    def balance(title: str, key: str, choices: Iterable[tuple[Any, Any]]) -> Balance:
        applied: Counter[Any] = Counter()
        inside: Counter[Any] = Counter()
        for group in groups:
            value = group[key] if group[key] is not None else ""
            applied[value] += group["people"]
            inside[value] += group["people"] * (group["state"] in Registration.HOLDING)
        named = [*choices, ("", gettext("nie podano"))]
        return Balance(
            title,
            [Share(str(label), inside[value], applied[value]) for value, label in named if applied[value]],
        )

    return [
        balance(gettext("Województwo"), "municipality__voivodeship", Voivodeship.choices),
        balance(gettext("Sektor"), "sector", Sector.choices),
        balance(gettext("Rodzaj gminy"), "municipality__kind", MunicipalityKind.choices),
        balance(
            gettext("Pierwszy raz"), "first_time", [(True, gettext("tak")), (False, gettext("nie, już byli"))]
        ),
    ]


@dataclass(frozen=True, slots=True)
class Room:
    """Seats of an event: all (None: no limit), taken, and free for somebody of no pool."""

    seats: int | None
    taken: int
    free: int | None
    reserved: int


def room(page: EventPage, now: datetime) -> Room:
    """As it is at this moment; nothing is locked, so that a decision may find less."""
    ledger = SeatLedger.objects.filter(page_id=page.pk).first() or SeatLedger(page_id=page.pk)
    ledger.seats = rules.capacity(seats=page.seats, taken=ledger.taken)
    free = seats.free(ledger, None, now)
    left = None if ledger.seats is None else ledger.seats - ledger.taken
    return Room(ledger.seats, ledger.taken, free, 0 if left is None or free is None else left - free)
