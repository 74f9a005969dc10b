"""Public dialogues: a municipality, a question that stirs people, and what was heard."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from directory.models import Practitioner, Topic
from directory.terms import in_readers_language, term_filter, voivodeship_filter
from home.cards import Card
from home.drawings.maps import Spot
from home.listing import Choice, chips
from home.models import BasePage, PartPage, ProgrammeSettings
from home.models.base import tabbed
from home.templatetags.typography import date_range, full_date
from home.typography import listed

from .querysets import DialogueManager


class PerspectiveBlock(StructBlock):
    """One voice, set beside the others without a verdict."""

    voice = CharBlock(label=_("Kto mówi"), max_length=90)
    text = TextBlock(label=_("Co mówi"), max_length=700)

    class Meta:
        icon = "user"
        label = _("Głos")
        description = _("Jeden punkt widzenia, własnymi słowami osób, które go mają")
        template = "dialogues/perspective.html"
        preview_value = {
            "voice": "Rolniczka z Lipowa",
            "text": "Wiatrak stoi na mojej ziemi, a hałas słyszą wszyscy. Rozumiem, że to boli.",
        }


class DialoguePage(BasePage):
    parent_page_types = ["dialogues.DialogueIndexPage"]
    subpage_types: list[str] = []

    class Status(models.TextChoices):
        PLANNED = "planned", _("zaplanowany")
        HELD = "held", _("odbył się")

    objects = DialogueManager()
    served_with = ("municipality",)

    status = models.CharField(
        _("stan"), max_length=8, choices=Status.choices, default=Status.PLANNED, db_index=True
    )
    municipality = models.ForeignKey(
        "directory.Municipality", verbose_name=_("gmina"), on_delete=models.PROTECT, related_name="dialogues"
    )
    question = models.CharField(
        _("pytanie"), max_length=200, help_text=_("O czym rozmawiamy, jednym zdaniem.")
    )
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="+"
    )
    why = models.TextField(_("dlaczego porusza"), max_length=1500, blank=True)
    date = models.DateField(_("data"), null=True, blank=True, db_index=True)
    place = models.CharField(_("miejsce"), max_length=140, blank=True)
    method = models.CharField(_("jak rozmawiano"), max_length=140, blank=True)
    host = models.CharField(_("gospodarz"), max_length=140, blank=True)
    people = models.PositiveIntegerField(_("liczba osób"), null=True, blank=True)
    perspectives = StreamField([("perspective", PerspectiveBlock())], verbose_name=_("głosy"), blank=True)
    learnt = RichTextField(
        _("czego się dowiedzieliśmy"), features=["bold", "italic", "ul", "ol", "link"], blank=True
    )
    practitioners = ParentalManyToManyField(
        "directory.Practitioner", verbose_name=_("kto prowadził"), blank=True, related_name="dialogues"
    )

    search_follows = ("municipality",)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("question", boost=3),
        index.SearchField("place_words", boost=2),
        index.SearchField("why"),
        index.SearchField("perspectives"),
        index.SearchField("learnt"),
    ]
    edit_handler = tabbed(
        [
            *BasePage.content_panels,
            FieldPanel("question"),
            FieldPanel("why"),
            FieldPanel("perspectives"),
            FieldPanel("learnt"),
        ],
        (
            _("Kiedy, gdzie, kto"),
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("date")]),
                MultiFieldPanel([FieldPanel("municipality"), FieldPanel("place")], heading=_("Miejsce")),
                FieldRowPanel([FieldPanel("method"), FieldPanel("host"), FieldPanel("people")]),
                FieldPanel("practitioners"),
                FieldPanel("topics"),
            ],
        ),
    )

    class Meta:
        verbose_name = _("dialog")
        verbose_name_plural = _("dialogi")

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.HELD and not self.date:
            raise ValidationError({"date": _("Dialog, który się odbył, ma datę.")})

    def place_words(self) -> str:
        return f"{self.municipality.name}; {self.municipality.region.polish}; {self.place}"

    @property
    def is_held(self) -> bool:
        return self.status == self.Status.HELD

    def status_line(self) -> tuple[str, str]:
        """Modifier and words of the status component."""
        return ("done", str(_("Odbył się"))) if self.is_held else ("part", str(_("Zaplanowany")))

    def facts(self) -> list[tuple[str, ...]]:
        where = listed(self.told("place"), self.municipality.place)
        rows: list[tuple[Any, ...]] = [
            (_("Kiedy"), full_date(self.date)),
            (_("Gdzie"), where, self.municipality.get_absolute_url()),
            (_("Jak rozmawiano"), self.told("method")),
            (_("Gospodarz"), self.told("host")),
            (_("Liczba osób"), str(self.people) if self.people is not None else ""),
        ]
        return [(str(name), *value) for name, *value in rows if value[0]]

    def card(self) -> Card:
        return self.card_with(
            kicker=" · ".join([str(_("Dialog")), self.municipality.name]),
            meta=" · ".join(part for part in (self.municipality.place, date_range(self.date)) if part),
            date=self.date,
            status=self.status_line(),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = DialoguePage.objects.visible().exclude(translation_key=self.translation_key).for_cards()
        context |= {
            "kicker": " · ".join([str(_("Dialog")), self.municipality.place]),
            "status": self.status_line(),
            "facts": self.facts(),
            "facilitators": [
                person.card() for person in Practitioner.objects.visible().same_as(self.practitioners.all())
            ],
            "topic_tags": in_readers_language(self.topics.all()),
            "others": [page.card() for page in others.held().order_by("-date", "-pk")[:3]],
        }
        return context


class DialogueIndexPage(PartPage):
    subpage_types = ["dialogues.DialoguePage"]

    edit_handler = tabbed(PartPage.content_panels)

    class Meta:
        verbose_name = _("lista dialogów")
        verbose_name_plural = _("listy dialogów")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        choice = Choice.read(request.GET, ("temat", "wojewodztwo"))
        everything = DialoguePage.objects.visible()
        found = list(
            everything.about(topics=choice["temat"], voivodeships=choice["wojewodztwo"])
            .for_cards()
            .order_by("-date", "-pk")
        )
        held = [page for page in found if page.is_held]
        planned = sorted(
            (page for page in found if not page.is_held), key=lambda page: (page.date is None, page.date)
        )
        filters = [
            term_filter("temat", str(_("Temat")), Topic, "topics", everything, choice),
            voivodeship_filter(
                "wojewodztwo", str(_("Województwo")), "municipality__voivodeship", everything, choice
            ),
        ]
        context |= {
            "choice": choice,
            "filters": filters,
            "chips": chips(filters),
            "all_link": [(str(_("Wszystkie dialogi")), self.get_url())],
            "held": [page.card() for page in held],
            "planned": [page.card() for page in planned],
            "spots": [spot_of(page) for page in found if page.municipality.latitude is not None],
            "rows": found,
            "done": everything.held().municipalities(),
            "target": ProgrammeSettings.load(request_or_site=request).dialogues_target,
        }
        return context


def spot_of(page: DialoguePage) -> Spot:
    place = page.municipality
    label = f"{place.name}: {page.title}"
    return Spot(float(place.latitude), float(place.longitude), label, page.get_url() or "", page.is_held)
