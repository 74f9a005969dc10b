"""The list of events and one event."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.search import index

from directory.models import Voivodeship
from events.blocks import ArchiveBlock
from events.enums import Kind, Mode, SeminarKind
from events.forms import EventPageForm
from events.panels import InvitationsPanel, ProgrammePanel
from events.programme import Conflict, Slot, conflicts
from events.querysets import EventPageManager
from events.sequence import sequence_after
from home.blocks import BodyBlock
from home.cards import Card
from home.models import BasePage, PartPage
from home.models.base import tabbed


class EventIndexPage(PartPage):
    subpage_types = ["events.EventPage"]

    edit_handler = tabbed(PartPage.content_panels)

    class Meta:
        verbose_name = _("lista wydarzeń")
        verbose_name_plural = _("listy wydarzeń")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.listing import index_context

        address = self.get_url(request) or ""
        feed = request.build_absolute_uri(f"{address}kalendarz.ics")
        return super().get_context(request, *args, **kwargs) | index_context(
            request.GET, timezone.now(), address, feed
        )


class EventPage(BasePage):
    """An event. Dates, place, programme and state are the Polish source's; a translation carries words only."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    base_form_class = EventPageForm

    kind = models.CharField(_("rodzaj"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    seminar_kind = models.CharField(
        _("rodzaj seminarium"), max_length=10, choices=SeminarKind.choices, blank=True
    )
    # From the days; kept by clean(), for questions to the database.
    starts_at = models.DateTimeField(_("początek"), null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(_("koniec"), null=True, editable=False, db_index=True)

    municipality = models.ForeignKey(
        "directory.Municipality",
        verbose_name=_("gmina"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="event_pages",
    )
    place = models.CharField(_("miejsce"), max_length=140, blank=True, help_text=_("Nazwa budynku, sali."))
    address = models.CharField(_("adres"), max_length=200, blank=True)
    getting_there = models.CharField(_("dojazd"), max_length=200, blank=True)
    online = models.BooleanField(_("także albo tylko online"), default=False)
    online_link = models.URLField(
        _("link do spotkania online"),
        blank=True,
        help_text=_(
            "Tylko dla osób, które mają miejsce: nie ma go na stronie, w kalendarzu ani w wyszukiwarce."
        ),
    )

    audience = models.TextField(_("dla kogo"), max_length=400, blank=True)
    voivodeships = models.JSONField(
        _("dla osób z województw"),
        default=list,
        blank=True,
        help_text=_("Tylko forum regionalne: z której części Polski można przyjechać."),
    )
    seats = models.PositiveIntegerField(
        _("liczba miejsc"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    price = models.DecimalField(
        _("opłata w złotych"),
        max_digits=7,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("0: bez opłat."),
    )
    mode = models.CharField(_("jak dostać miejsce"), max_length=10, choices=Mode.choices, default=Mode.SIGNUP)
    applications_open = models.DateField(_("zgłoszenia od"), null=True, blank=True)
    applications_close = models.DateField(
        _("zgłoszenia do"), null=True, blank=True, help_text=_("Do końca tego dnia.")
    )
    full = models.BooleanField(_("brak miejsc"), default=False)
    decision_by = models.DateField(
        _("odpowiedź do"), null=True, blank=True, help_text=_("Nabór: kiedy każdy dostanie odpowiedź.")
    )
    confirm_by = models.DateField(
        _("potwierdzenie przyjazdu do"), null=True, blank=True, help_text=_("Nabór: ostatni dzień.")
    )
    waiver = models.CharField(
        _("zwolnienie z opłaty"), max_length=300, blank=True, help_text=_("Kto i jak może nie płacić.")
    )
    organisers = models.CharField(_("organizatorzy"), max_length=300, blank=True)
    partners = models.CharField(_("partnerzy"), max_length=300, blank=True)
    funder = models.CharField(_("kto finansuje"), max_length=200, blank=True)
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="event_pages"
    )
    methods = ParentalManyToManyField(
        "directory.Method", verbose_name=_("metody"), blank=True, related_name="event_pages"
    )
    accessibility = models.TextField(_("dostępność"), max_length=600, blank=True)
    cancelled = models.BooleanField(_("odwołane"), default=False)
    cancelled_note = models.CharField(_("dlaczego odwołane"), max_length=300, blank=True)
    moved_from = models.DateField(
        _("przeniesione z dnia"),
        null=True,
        blank=True,
        help_text=_("Pierwszy dzień przed zmianą terminu. Powiemy o niej na górze strony."),
    )
    change_note = models.CharField(
        _("co się zmieniło"),
        max_length=300,
        blank=True,
        help_text=_("Na przykład nowa sala. Będzie na górze strony i w kalendarzach."),
    )
    attended = models.PositiveIntegerField(_("ile osób przyszło"), null=True, blank=True)
    archive = StreamField(ArchiveBlock(), verbose_name=_("sprawozdanie, materiały, nagrania"), blank=True)
    related = StreamField(
        [("page", PageChooserBlock(label=_("Strona"), page_type=["blog.ArticlePage", "blog.CasePage"]))],
        verbose_name=_("powiązane artykuły i przykłady działań"),
        blank=True,
    )
    # Kept by clean().
    sequence = models.PositiveIntegerField(_("numer zmiany w kalendarzach"), default=0, editable=False)
    body = StreamField(BodyBlock(), verbose_name=_("treść"), blank=True)

    objects = EventPageManager()
    served_with = ("municipality",)

    search_follows = ("municipality", "blocks__sessions__leaders__practitioner")
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place_words", boost=3),
        index.SearchField("session_words", boost=2),
        index.SearchField("audience"),
        index.SearchField("body"),
        index.SearchField("archive"),
        index.FilterField("kind"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
        index.FilterField("cancelled"),
    ]

    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            MultiFieldPanel([FieldRowPanel([FieldPanel("kind"), FieldPanel("seminar_kind")])], _("Rodzaj")),
            FieldPanel("audience"),
            FieldPanel("voivodeships"),
            FieldPanel("body"),
            FieldPanel("topics"),
            FieldPanel("methods"),
        ],
        (
            _("Kiedy i gdzie"),
            [
                InlinePanel("days", heading=_("Dni"), label=_("Dzień")),
                FieldPanel("municipality"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
                FieldPanel("getting_there"),
                FieldRowPanel([FieldPanel("online"), FieldPanel("online_link")]),
                FieldPanel("accessibility"),
                FieldPanel("organisers"),
                FieldRowPanel([FieldPanel("partners"), FieldPanel("funder")]),
                MultiFieldPanel(
                    [FieldPanel("moved_from"), FieldPanel("change_note")],
                    heading=_("Zmiana terminu lub miejsca"),
                ),
                MultiFieldPanel(
                    [FieldPanel("cancelled"), FieldPanel("cancelled_note")], heading=_("Odwołanie")
                ),
            ],
        ),
        (
            _("Miejsca"),
            [
                FieldRowPanel([FieldPanel("seats"), FieldPanel("price")]),
                FieldPanel("waiver"),
                FieldPanel("mode"),
                FieldPanel("full"),
                InlinePanel("reserved_seats", heading=_("Miejsca zarezerwowane"), label=_("Pula")),
                InvitationsPanel(heading=_("Zaproszenia")),
                FieldRowPanel([FieldPanel("applications_open"), FieldPanel("applications_close")]),
                FieldRowPanel([FieldPanel("decision_by"), FieldPanel("confirm_by")]),
            ],
        ),
        (_("Program"), [ProgrammePanel("blocks", heading=_("Bloki programu"), label=_("Blok"))]),
        (_("Po wydarzeniu"), [FieldPanel("attended"), FieldPanel("archive"), FieldPanel("related")]),
    )

    class Meta:
        verbose_name = _("wydarzenie")
        verbose_name_plural = _("wydarzenia")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="event_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(applications_open__isnull=True)
                | models.Q(applications_close__isnull=True)
                | models.Q(applications_close__gte=models.F("applications_open")),
                name="event_applications_close_after_they_open",
                violation_error_message=_("Zgłoszenia kończą się wcześniej, niż się zaczynają."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.starts_at, self.ends_at = self.span()
        errors: dict[str, Any] = {}
        known = [slug for slug in Voivodeship.values if slug in (self.voivodeships or [])]
        if self.kind == Kind.REGIONAL_FORUM and not known:
            errors["voivodeships"] = _("Forum regionalne jest dla osób z wybranych województw: zaznacz je.")
        elif self.kind != Kind.REGIONAL_FORUM and self.voivodeships:
            errors["voivodeships"] = _("Województwa wybiera się tylko dla forum regionalnego.")
        elif len(known) != len(self.voivodeships or []):
            errors["voivodeships"] = _("Jest tu województwo, którego nie znamy.")
        else:
            self.voivodeships = known
        if self.kind == Kind.SEMINAR and not self.seminar_kind:
            errors["seminar_kind"] = _("Zaznacz, o czym jest seminarium.")
        elif self.kind != Kind.SEMINAR and self.seminar_kind:
            errors["seminar_kind"] = _("To pole dotyczy tylko seminarium.")
        if self.cancelled_note and not self.cancelled:
            errors["cancelled"] = _("Jest powód odwołania, a wydarzenie nie jest odwołane.")
        if self.online_link and not self.online:
            errors["online"] = _("Jest link do spotkania, a wydarzenie nie jest online.")
        if self.moved_from and self.starts_at and timezone.localdate(self.starts_at) == self.moved_from:
            errors["moved_from"] = _("To jest obecny termin. Wpisz dzień sprzed zmiany.")
        if errors:
            raise ValidationError(errors)
        if found := self.programme_conflicts():
            raise ValidationError([conflict_message(conflict) for conflict in found])
        self.sequence = sequence_after(self)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """From the first day's first hour to the last day's last, in Europe/Warsaw; a pair of None without days."""
        days = sorted(self.days.all(), key=lambda day: day.date)
        if not days:
            return None, None
        return warsaw(days[0].date, days[0].start), warsaw(days[-1].date, days[-1].end)

    def programme_conflicts(self) -> list[Conflict]:
        if self.pk:
            prefetch_related_objects([self], "blocks__sessions__leaders__practitioner")
        return conflicts(
            Slot(
                block.day,
                block.start,
                block.end,
                session.title,
                session.room,
                tuple((row.practitioner_id, row.practitioner.name) for row in session.leaders.all()),
            )
            for block in self.blocks.all()
            for session in block.sessions.all()
        )

    @property
    def town(self) -> str:
        """The municipality's name, or that it is online, or nothing."""
        if self.source.municipality:
            return self.source.municipality.name
        return str(_("online")) if self.source.online else ""

    def place_words(self) -> str:
        municipality = self.source.municipality
        return ", ".join(
            part for part in (municipality.place if municipality else "", self.place, self.address) if part
        )

    def session_words(self) -> str:
        """Titles of sessions and the names of who leads them, for the index."""
        return "; ".join(
            " ".join(
                (
                    session.title,
                    *(leader.practitioner.name for leader in session.leaders.all()),
                    session.outside_leaders,
                )
            )
            for block in self.source.blocks.all()
            for session in block.sessions.all()
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.display import event_context

        url = request.build_absolute_uri(self.get_url(request) or "")
        return super().get_context(request, *args, **kwargs) | event_context(
            self, timezone.now(), url, request.GET
        )

    def card(self) -> Card:
        from events.display import card

        return card(self, timezone.now())


def warsaw(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())


def conflict_message(conflict: Conflict) -> str:
    template = (
        _("Sala „%(name)s” jest zajęta dwa razy naraz (dzień %(day)s): „%(first)s” i „%(second)s”.")
        if conflict.what == "room"
        else _("%(name)s prowadzi dwie sesje naraz (dzień %(day)s): „%(first)s” i „%(second)s”.")
    )
    return template % {
        "name": conflict.name,
        "day": conflict.first.day,
        "first": conflict.first.title,
        "second": conflict.second.title,
    }
