"""Decisions on several applications at once: all of them in one transaction, and exactly what became of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import EventPage, Registration
from events.models.pages import warsaw
from events.registration import rules, seats, telling

State = Registration.State
OFFER, WAIT, REJECT, BACK = "offer", "wait", "reject", "back"
#: What the buttons of the screen ask for; BACK leads to what the person knows.
STATES = {OFFER: State.OFFERED, WAIT: State.WAITING, REJECT: State.REJECTED}


class DecisionForm(forms.Form):
    """`act` comes with the button; `chosen` are the boxes of the table."""

    act = forms.ChoiceField(choices=[(name, name) for name in (OFFER, WAIT, REJECT, BACK)])
    until = forms.DateField(
        label=_("Potwierdzenie do"),
        help_text=_("Dla przyjętych: do końca tego dnia."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Powód"),
        help_text=_("Trafia do dziennika decyzji, a przy odmowie także do listu. Najwyżej 200 znaków."),
        required=False,
        max_length=200,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, page: EventPage, now: datetime, **kwargs: Any) -> None:
        usual = timezone.localdate(rules.offer_until(now=now, starts_at=page.starts_at))
        today = timezone.localdate(now)
        day = page.confirm_by if page.confirm_by and page.confirm_by >= today else usual
        super().__init__(*args, **{"initial": {"until": day}, **kwargs})
        self.page, self.now = page, now

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("act") == OFFER and "until" not in self.errors:
            day = data.get("until")
            if not day:
                self.add_error("until", gettext("Wpisz, do kiedy przyjęte osoby mają potwierdzić przyjazd."))
            elif self.end_of(day) <= self.now:
                self.add_error("until", gettext("Ten dzień już minął."))
            elif self.page.starts_at and self.end_of(day) >= self.page.starts_at:
                self.add_error("until", gettext("Termin musi minąć, zanim zacznie się wydarzenie."))
        return data

    @staticmethod
    def end_of(day: Any) -> datetime:
        return warsaw(day, datetime.max.time().replace(second=0, microsecond=0))

    @property
    def deadline(self) -> datetime | None:
        day = self.cleaned_data.get("until")
        return self.end_of(day) if day and self.cleaned_data["act"] == OFFER else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Names, in the order of coming."""

    done: list[str] = field(default_factory=list)
    without_seat: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def decide(
    *,
    page: EventPage,
    keys: Collection[int],
    act: str,
    now: datetime,
    user: Any,
    reason: str,
    until: datetime | None,
) -> Outcome:
    """Who came earlier is decided on earlier. Where a seat lacks or a passage is none, that person stays as they are."""
    seats.locked(page)
    outcome = Outcome()
    for row in Registration.objects.filter(page_id=page.pk, pk__in=keys).order_by("number"):
        row.page = page
        try:
            if act == BACK:
                telling.take_back(registration=row, now=now, user=user, reason=reason)
            else:
                seats.move(
                    registration=row,
                    to=STATES[act],
                    now=now,
                    user=user,
                    reason=reason,
                    until=until,
                    tell=False,
                )
        except seats.NoSeat:
            outcome.without_seat.append(row.name)
        except seats.NotAllowed:
            outcome.unchanged.append(row.name)
        else:
            outcome.done.append(row.name)
    return outcome


def said(act: str, outcome: Outcome) -> tuple[list[str], list[str]]:
    """(what was done, what was not)."""
    words = {
        OFFER: gettext("Przyjęte osoby: %(count)s."),
        WAIT: gettext("Przeniesione na listę rezerwową: %(count)s."),
        REJECT: gettext("Odrzucone zgłoszenia: %(count)s."),
        BACK: gettext("Cofnięte decyzje: %(count)s."),
    }
    good = [words[act] % {"count": len(outcome.done)}] if outcome.done else []
    bad = []
    if outcome.without_seat:
        bad.append(
            gettext("Zabrakło miejsc, bez zmian zostają (%(count)s): %(names)s.")
            % {"count": len(outcome.without_seat), "names": ", ".join(outcome.without_seat)}
        )
    if outcome.unchanged:
        bad.append(
            gettext("W ich stanie nie da się tego zrobić, bez zmian zostają (%(count)s): %(names)s.")
            % {"count": len(outcome.unchanged), "names": ", ".join(outcome.unchanged)}
        )
    return good, bad
