"""Who comes: registrations, what they asked for, and the ledger that no seat is given out twice from."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from directory.models import Sector


class ReservedSeats(Orderable):
    """Seats of an event kept for some (speakers, a region, the funder) until a day, on which they open to all."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="reserved_seats")
    name = models.CharField(_("dla kogo"), max_length=80, help_text=_("Na przykład: osoby prowadzące sesje."))
    seats = models.PositiveIntegerField(_("ile miejsc"), validators=[MinValueValidator(1)])
    opens_on = models.DateField(
        _("dla wszystkich od"), help_text=_("Od tego dnia miejsca, których nikt nie zajął, są dla każdego.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("miejsca zarezerwowane")
        verbose_name_plural = _("miejsca zarezerwowane")

    def __str__(self) -> str:
        return f"{self.name}: {self.seats}"


class SeatLedger(models.Model):
    """How many seats an event has and how many are taken: the row that everybody who takes or frees one locks.

    `seats` is what the event's page says, or what is taken where the page says less; None where there is no limit.
    """

    page = models.OneToOneField(
        "events.EventPage", on_delete=models.CASCADE, primary_key=True, related_name="ledger"
    )
    seats = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    # The next number in the order of coming.
    next_number = models.PositiveIntegerField(default=1)
    # What those who have registered were last told of the event (events.registration.news), and which mails went out.
    told = models.JSONField(default=dict)
    sent = models.JSONField(default=list)

    class Meta:
        verbose_name = _("rachunek miejsc")
        verbose_name_plural = _("rachunki miejsc")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(taken__lte=models.F("seats")),
                name="no_seat_is_sold_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.taken} / {self.seats}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding(self) -> RegistrationQuerySet:
        """Those who have a seat, or an offer of one that still stands."""
        return self.filter(state__in=Registration.HOLDING)

    def queue(self) -> RegistrationQuerySet:
        """The waiting or reserve list, the first first."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "number")

    def late(self, now: datetime) -> RegistrationQuerySet:
        """Offers whose deadline is over. One that nobody was told has none yet."""
        offered = Registration.State.OFFERED
        return self.filter(state=offered, told_state=offered, offer_until__lt=now)

    def untold(self) -> RegistrationQuerySet:
        """Those on whom something was decided that they don't know yet, in the order of coming."""
        return self.exclude(told_state=F("state")).order_by("number")


class Registration(models.Model):
    """One person at one event. docs/registration.md has the diagram of states.

    What is personal is here and in SupportNeeds; both are erased by their own dates (events.registration.retention).
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("oczekuje na decyzję")
        OFFERED = "offered", _("miejsce do potwierdzenia")
        CONFIRMED = "confirmed", _("ma miejsce")
        WAITING = "waiting", _("na liście rezerwowej")
        REJECTED = "rejected", _("bez miejsca")
        WITHDRAWN = "withdrawn", _("rezygnacja")
        LAPSED = "lapsed", _("nie potwierdzono w terminie")

    HOLDING = (State.OFFERED, State.CONFIRMED)
    OVER = (State.REJECTED, State.WITHDRAWN, State.LAPSED)

    page = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("wydarzenie"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("kolejność"), editable=False)
    state = models.CharField(_("stan"), max_length=10, choices=State.choices, db_index=True)
    # What the person knows. Until it is the state too, the decision may be taken back.
    told_state = models.CharField(
        _("co osoba wie"), max_length=10, choices=State.choices, default=State.APPLIED, editable=False
    )
    state_changed_at = models.DateTimeField(_("od kiedy"), default=timezone.now, editable=False)
    queued_at = models.DateTimeField(_("na liście od"), null=True, blank=True, editable=False)
    offer_until = models.DateTimeField(_("potwierdzenie do"), null=True, blank=True, editable=False)
    pool = models.ForeignKey(
        ReservedSeats,
        verbose_name=_("pula"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    name = models.CharField(_("imię i nazwisko"), max_length=80)
    email = models.EmailField(_("adres e-mail"))
    # Keyed, of the address in any case: the same address comes once.
    address_hash = models.CharField(max_length=64, editable=False)
    organisation = models.CharField(_("organizacja"), max_length=140, blank=True)
    sector = models.CharField(_("sektor"), max_length=24, choices=Sector.choices, blank=True)
    municipality = models.ForeignKey(
        "directory.Municipality",
        verbose_name=_("gmina"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_time = models.BooleanField(_("pierwszy raz na wydarzeniu programu"), default=False)
    language = models.CharField(max_length=8, default="pl", editable=False)
    created_at = models.DateTimeField(_("zgłoszono"), default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("zgłoszenie na wydarzenie")
        verbose_name_plural = _("zgłoszenia na wydarzenia")
        ordering = ["page", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "address_hash"],
                condition=~models.Q(address_hash=""),
                name="one_registration_of_an_address",
            ),
            models.UniqueConstraint(fields=["page", "number"], name="registration_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(queued_at__isnull=False),
                name="who_waits_has_a_place_in_the_queue",
            ),
        ]
        indexes = [models.Index(fields=["page", "state", "queued_at"], name="registration_queue")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def place(self) -> str:
        return self.municipality.place if self.municipality else ""


class SupportNeeds(models.Model):
    """Diet, support and accessibility: apart from the rest, seen by few, erased 14 days after the event."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="needs"
    )
    diet = models.CharField(_("dieta"), max_length=200, blank=True)
    support = models.TextField(_("wsparcie i dostępność"), max_length=1000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("potrzeby")
        verbose_name_plural = _("potrzeby")

    def __str__(self) -> str:
        return str(self.registration)


class RegistrationEvent(models.Model):
    """A passage from one state to another: who decided and why. The person's own reads "" for `user`."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="passages")
    before = models.CharField(_("było"), max_length=10, choices=Registration.State.choices, blank=True)
    after = models.CharField(_("jest"), max_length=10, choices=Registration.State.choices)
    at = models.DateTimeField(_("kiedy"))
    reason = models.CharField(_("powód"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("decyzja")
        verbose_name_plural = _("dziennik decyzji")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
