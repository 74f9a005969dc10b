"""Words that every part of the programme shares: methods, topics, audiences, municipalities."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from directory.querysets import MunicipalityQuerySet, TermQuerySet, ascii_slug, folded_words
from home.models import CoverTopic

from .choices import Likeness


class Voivodeship(models.TextChoices):
    """The 16 voivodeships; the value is what stands in addresses, `teryt` the two digits of the official register."""

    DOLNOSLASKIE = "dolnoslaskie", _("dolnośląskie")
    KUJAWSKO_POMORSKIE = "kujawsko-pomorskie", _("kujawsko-pomorskie")
    LUBELSKIE = "lubelskie", _("lubelskie")
    LUBUSKIE = "lubuskie", _("lubuskie")
    LODZKIE = "lodzkie", _("łódzkie")
    MALOPOLSKIE = "malopolskie", _("małopolskie")
    MAZOWIECKIE = "mazowieckie", _("mazowieckie")
    OPOLSKIE = "opolskie", _("opolskie")
    PODKARPACKIE = "podkarpackie", _("podkarpackie")
    PODLASKIE = "podlaskie", _("podlaskie")
    POMORSKIE = "pomorskie", _("pomorskie")
    SLASKIE = "slaskie", _("śląskie")
    SWIETOKRZYSKIE = "swietokrzyskie", _("świętokrzyskie")
    WARMINSKO_MAZURSKIE = "warminsko-mazurskie", _("warmińsko-mazurskie")
    WIELKOPOLSKIE = "wielkopolskie", _("wielkopolskie")
    ZACHODNIOPOMORSKIE = "zachodniopomorskie", _("zachodniopomorskie")

    @property
    def teryt(self) -> str:
        """Even numbers 02 to 32, in the Polish alphabetical order in which the members stand here."""
        return f"{2 * (list(Voivodeship).index(self) + 1):02d}"

    @property
    def polish(self) -> str:
        return POLISH_NAMES[self.value]

    @property
    def english(self) -> str:
        return ENGLISH_NAMES[self.value]

    @property
    def words(self) -> str:
        """As a list of places shows it."""
        return self.english if get_language() == "en" else f"woj. {self.polish}"

    @classmethod
    def from_teryt(cls, code: str) -> "Voivodeship":
        """The voivodeship of any TERYT code that begins with its two digits. Raises ValueError."""
        for member in cls:
            if code.startswith(member.teryt):
                return member
        raise ValueError(f"no voivodeship has the code {code!r}")

    @classmethod
    def from_name(cls, name: str) -> "Voivodeship":
        """By the Polish or English name, in any case. Raises ValueError."""
        wanted = name.strip().lower().removeprefix("woj.").removeprefix("województwo").strip()
        for member in cls:
            if wanted in (member.value, member.polish, member.english.lower()):
                return member
        raise ValueError(f"no voivodeship is called {name!r}")


POLISH_NAMES = dict(
    zip(
        Voivodeship.values,
        (
            "dolnośląskie", "kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie", "małopolskie", "mazowieckie",
            "opolskie", "podkarpackie", "podlaskie", "pomorskie", "śląskie", "świętokrzyskie", "warmińsko-mazurskie",
            "wielkopolskie", "zachodniopomorskie",
        ),
        strict=True,
    )
)  # fmt: skip
ENGLISH_NAMES = dict(
    zip(
        Voivodeship.values,
        (
            "Lower Silesia", "Kuyavia-Pomerania", "Lublin", "Lubusz", "Łódź", "Lesser Poland", "Mazovia", "Opole",
            "Subcarpathia", "Podlasie", "Pomerania", "Silesia", "Świętokrzyskie", "Warmia-Masuria", "Greater Poland",
            "West Pomerania",
        ),
        strict=True,
    )
)  # fmt: skip


class Term(TranslatableMixin, index.Indexed, models.Model):
    """A word of the vocabulary. The slug is the same in every language: it stands in addresses and facets."""

    name = models.CharField(_("nazwa"), max_length=80)
    slug = models.SlugField(
        _("w adresie"), max_length=80, help_text=_("Po polsku, bez znaków diakrytycznych; nie zmieniaj.")
    )
    description = models.TextField(
        _("opis"), max_length=800, blank=True, help_text=_("Dwa, trzy zdania dla osoby spoza branży.")
    )
    synonyms = models.TextField(
        _("inne nazwy"),
        max_length=500,
        blank=True,
        help_text=_("Każda w osobnej linii: po nich też można szukać."),
    )
    cover_topic = models.CharField(
        _("rysunek"), max_length=12, choices=CoverTopic.choices, default=CoverTopic.FORUM
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("synonyms"),
        FieldPanel("cover_topic"),
    ]
    objects = TermQuerySet.as_manager()
    #: What the address of a term's page is called; "" where terms have none.
    address = ""
    #: What the address of their list is called, and the field by which people, texts and offers hold them.
    plural = ""

    search_fields = [
        index.SearchField("name", boost=4),
        index.SearchField("synonyms", boost=2),
        index.SearchField("description"),
        index.AutocompleteField("name"),
        index.FilterField("slug"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """In the reader's language; "" for what has no page of its own."""
        return reverse(self.address, args=[self.slug]) if self.address else ""

    @property
    def other_names(self) -> list[str]:
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]

    @property
    def other_names_line(self) -> str:
        return ", ".join(self.other_names)


class Method(Term):
    address, plural = "method", "methods"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("metoda")
        verbose_name_plural = _("metody")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="method_slug_a_language")]


class Topic(Term):
    address, plural = "topic", "topics"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("temat")
        verbose_name_plural = _("tematy")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="topic_slug_a_language")]


class Audience(Term):
    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("grupa")
        verbose_name_plural = _("grupy")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="audience_slug_a_language")]


class MunicipalityKind(models.TextChoices):
    URBAN = "urban", _("gmina miejska")
    RURAL = "rural", _("gmina wiejska")
    MIXED = "mixed", _("gmina miejsko-wiejska")


LIKENESSES: dict[str, Likeness] = {
    MunicipalityKind.URBAN: Likeness.URBAN,
    MunicipalityKind.RURAL: Likeness.RURAL,
    MunicipalityKind.MIXED: Likeness.MIXED,
}


class Municipality(index.Indexed, models.Model):
    """A municipality of the register TERC (Statistics Poland, as of 2024-01-01), or an invented one of the demo.

    `teryt` is the seven-digit code (voivodeship, county, municipality, kind); invented ones begin with 99.
    Latitude and longitude (WGS 84, degrees) are of the seat; `approximate` when they are the middle of the county.
    """

    teryt = models.CharField(
        "TERYT", max_length=7, primary_key=True, validators=[RegexValidator(r"^\d{7}$", _("Siedem cyfr."))]
    )
    name = models.CharField(_("nazwa"), max_length=60, db_index=True)
    name_locative = models.CharField(_("w kim? w czym?"), max_length=60, blank=True)
    slug = models.SlugField(_("w adresie"), max_length=70)
    kind = models.CharField(_("rodzaj"), max_length=5, choices=MunicipalityKind.choices)
    county = models.CharField(_("powiat"), max_length=60)
    voivodeship = models.CharField(
        _("województwo"), max_length=20, choices=Voivodeship.choices, db_index=True
    )
    city_with_county_rights = models.BooleanField(_("miasto na prawach powiatu"), default=False)
    latitude = models.DecimalField(_("szerokość"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("długość"), max_digits=8, decimal_places=5, null=True, blank=True)
    approximate = models.BooleanField(_("położenie przybliżone"), default=False)
    population = models.PositiveIntegerField(_("liczba mieszkańców"), null=True, blank=True)
    is_demo = models.BooleanField(_("zmyślona, do pokazu"), default=False)
    search_words = models.CharField(max_length=240, editable=False, default="")

    objects = MunicipalityQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=4),
        index.SearchField("county"),
        index.SearchField("get_voivodeship_display"),
        index.AutocompleteField("name"),
        index.FilterField("voivodeship"),
        index.FilterField("kind"),
        index.FilterField("name"),
    ]

    class Meta:
        verbose_name = _("gmina")
        verbose_name_plural = _("gminy")
        # The slug, because stores order "Łódź" after "Żywiec".
        ordering = ["slug", "teryt"]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or ascii_slug(self.name)
        self.search_words = folded_words(self.name, self.county, self.voivodeship)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.teryt, self.slug])

    @property
    def region(self) -> Voivodeship:
        return Voivodeship(self.voivodeship)

    @property
    def likeness(self) -> Likeness:
        return Likeness.CITY if self.city_with_county_rights else LIKENESSES[self.kind]

    @property
    def label(self) -> str:
        """The name with what tells namesakes apart: kind, county, voivodeship."""
        if self.city_with_county_rights:
            return f"{self.name}, {self.get_voivodeship_display()}"
        return (
            f"{self.name} ({self.get_kind_display()}), pow. {self.county}, {self.get_voivodeship_display()}"
        )

    @property
    def place(self) -> str:
        """Name and voivodeship, as a list shows it."""
        return f"{self.name}, {self.region_words}"

    @property
    def link(self) -> SafeString:
        """The same, leading to the municipality's page."""
        return format_html('<a href="{}">{}</a>', self.get_absolute_url(), self.place)

    @property
    def region_words(self) -> str:
        return self.region.words
