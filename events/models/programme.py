"""Days, blocks, sessions and their leaders: children of the event's page, edited and published with it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from events.enums import Format, Language, Level
from events.panels import LeadersPanel, LeanPanel, SessionsPanel


class EventDay(Orderable):
    """A day of the event with its own hours, Europe/Warsaw."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("dzień"))
    start = models.TimeField(_("od"))
    end = models.TimeField(_("do"))

    panels = [FieldRowPanel([FieldPanel("date"), FieldPanel("start"), FieldPanel("end")])]

    class Meta(Orderable.Meta):
        verbose_name = _("dzień")
        verbose_name_plural = _("dni")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "date"],
                name="event_day_once",
                violation_error_message=_("Ten dzień już jest na liście."),
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="event_day_ends_after_it_starts",
                violation_error_message=_("Godzina „do” musi być późniejsza niż „od”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}, {self.start:%H:%M}–{self.end:%H:%M}"


class EventBlock(ClusterableModel, Orderable):
    """A part of a day: a plenary, a break, or several sessions at once."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="blocks")
    day = models.PositiveSmallIntegerField(
        _("dzień"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
        help_text=_("1 to pierwszy dzień wydarzenia."),
    )
    start = models.TimeField(_("od"))
    end = models.TimeField(_("do"))
    title = models.CharField(_("tytuł"), max_length=160)
    note = models.CharField(_("dopisek"), max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("title"),
        FieldPanel("note"),
        SessionsPanel("sessions", heading=_("Sesje"), label=_("Sesja")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("blok programu")
        verbose_name_plural = _("bloki programu")
        ordering = ["day", "start", "sort_order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="event_block_ends_after_it_starts",
                violation_error_message=_("Godzina „do” musi być późniejsza niż „od”."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.start:%H:%M} {self.title}"


class EventSession(ClusterableModel, Orderable):
    """What happens in one room during a block. Its hours are the block's."""

    block = ParentalKey(EventBlock, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("tytuł"), max_length=200)
    format = models.CharField(_("forma"), max_length=12, choices=Format.choices, default=Format.WORKSHOP)
    room = models.CharField(_("sala"), max_length=80, blank=True)
    outside_leaders = models.CharField(
        _("prowadzący spoza bazy"), max_length=300, blank=True, help_text=_("Po przecinku.")
    )
    summary = models.TextField(_("opis"), max_length=800, blank=True)
    # A slug, as in addresses: a form of sixty sessions would ask for the vocabulary sixty times.
    topic = models.CharField(_("temat"), max_length=80, blank=True)
    level = models.CharField(_("poziom"), max_length=8, choices=Level.choices, blank=True)
    language = models.CharField(_("język"), max_length=5, choices=Language.choices, default=Language.POLISH)
    sign_language = models.BooleanField(_("tłumaczenie na polski język migowy"), default=False)
    seats = models.PositiveSmallIntegerField(
        _("miejsca w sali"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    panels = [
        LeanPanel("title"),
        FieldRowPanel([LeanPanel("format"), LeanPanel("room"), LeanPanel("seats")]),
        FieldRowPanel([LeanPanel("topic"), LeanPanel("level"), LeanPanel("language")]),
        LeanPanel("sign_language"),
        LeadersPanel("people"),
        LeanPanel("outside_leaders"),
        LeanPanel("summary"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("sesja")
        verbose_name_plural = _("sesje")

    def __str__(self) -> str:
        return self.title


class SessionLeader(Orderable):
    session = ParentalKey(EventSession, on_delete=models.CASCADE, related_name="leaders")
    practitioner = models.ForeignKey(
        "directory.Practitioner",
        verbose_name=_("osoba z bazy"),
        on_delete=models.CASCADE,
        related_name="led_sessions",
    )

    panels = [FieldPanel("practitioner")]

    class Meta(Orderable.Meta):
        verbose_name = _("osoba prowadząca")
        verbose_name_plural = _("osoby prowadzące")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "practitioner"],
                name="session_leader_once",
                violation_error_message=_("Ta osoba już prowadzi tę sesję."),
            )
        ]

    def __str__(self) -> str:
        return str(self.practitioner)
