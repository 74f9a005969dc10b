"""What a mentor offers to teams."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index

from directory.fields import CodesField
from directory.models import Consent, Language, Voivodeship
from home.cards import Card
from mentoring.querysets import OfferQuerySet


class MentoringOffer(
    PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, ClusterableModel
):
    """A practitioner, with consent, who takes teams: about what, where, how and how many."""

    class Mode(models.TextChoices):
        ON_SITE = "onsite", _("na miejscu")
        ONLINE = "online", _("zdalnie")
        MIXED = "mixed", _("na miejscu i zdalnie")

    class Availability(models.TextChoices):
        OPEN = "open", _("przyjmuje zespoły")
        FULL = "full", _("komplet zespołów")
        PAUSED = "paused", _("przerwa")

    practitioner = models.ForeignKey(
        "directory.Practitioner",
        verbose_name=_("mentor / mentorka"),
        on_delete=models.CASCADE,
        related_name="offers",
    )
    title = models.CharField(_("tytuł"), max_length=120)
    description = models.TextField(_("opis"), max_length=2000)
    methods = ParentalManyToManyField(
        "directory.Method", verbose_name=_("metody"), blank=True, related_name="+"
    )
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="+"
    )
    voivodeships = CodesField(
        _("województwa"), options=Voivodeship, help_text=_("Bez zaznaczenia: cała Polska.")
    )
    mode = models.CharField(_("tryb"), max_length=6, choices=Mode.choices, default=Mode.MIXED)
    capacity = models.PositiveSmallIntegerField(
        _("ile zespołów"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    hours = models.PositiveSmallIntegerField(_("godzin dla zespołu"), null=True, blank=True)
    languages = CodesField(_("języki"), options=Language)
    availability = models.CharField(
        _("dostępność"), max_length=6, choices=Availability.choices, default=Availability.OPEN, db_index=True
    )

    objects = OfferQuerySet.as_manager()

    search_follows = ("practitioner", "practitioner__consents", "methods", "topics")
    search_fields = [
        index.SearchField("title", boost=4),
        index.SearchField("mentor_name", boost=5),
        index.SearchField("term_names", boost=4),
        index.SearchField("place_words", boost=3),
        index.SearchField("description"),
        index.AutocompleteField("title"),
        index.AutocompleteField("mentor_name"),
        index.FilterField("method_slugs"),
        index.FilterField("topic_slugs"),
        index.FilterField("voivodeship_slugs"),
        index.FilterField("mode"),
        index.FilterField("availability"),
        index.FilterField("sort_name"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]

    search_meaning = (("title", "term_names"), ("title", "description"))
    search_binding = ("mentor_name", "place_words")

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("oferta mentorska")
        verbose_name_plural = _("oferty mentorskie")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1, capacity__lte=20), name="offer_capacity_one_to_twenty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.practitioner.name})"

    def clean(self) -> None:
        super().clean()
        person = self.practitioner.source if self.practitioner_id else None
        if person and not person.consents.standing().filter(kind=Consent.Kind.MENTORING).exists():
            raise ValidationError(
                {
                    "practitioner": _(
                        "Ta osoba nie zgodziła się na ofertę mentorską. Zapisz najpierw jej zgodę."
                    )
                }
            )

    def mentor_name(self) -> str:
        return self.practitioner.name

    def sort_name(self) -> str:
        return self.practitioner.sort_name()

    def term_names(self) -> str:
        terms = [*self.methods.all(), *self.topics.all()]
        return "; ".join(word for term in terms for word in (term.name, *term.other_names))

    def method_slugs(self) -> list[str]:
        return [term.slug for term in self.methods.all()]

    def topic_slugs(self) -> list[str]:
        return [term.slug for term in self.topics.all()]

    def voivodeship_slugs(self) -> list[str]:
        """Where the mentor goes; an offer for the whole country is found under every voivodeship."""
        return list(self.voivodeships) or Voivodeship.values

    def place_words(self) -> str:
        regions = [Voivodeship(slug).polish for slug in self.voivodeships if slug in Voivodeship.values]
        return "; ".join([self.practitioner.place_words(), *regions])

    def region_names(self) -> list[str]:
        return [str(Voivodeship(slug).label) for slug in self.voivodeships if slug in Voivodeship.values]

    def language_names(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages if code in Language.values]

    def card(self) -> Card:
        status = {
            self.Availability.OPEN: "open",
            self.Availability.FULL: "done",
            self.Availability.PAUSED: "part",
        }[self.Availability(self.availability)]
        person = self.practitioner
        return Card(
            title=self.title,
            url=f"{person.get_absolute_url()}#mentoring",
            text=self.description,
            kicker=person.name,
            meta=person.place,
            image=person.photo,
            cover_seed=person.public_id,
            status=(status, str(self.get_availability_display())),
            lang=self.locale.language_code,
        )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "mentoring/offer_preview.html"
