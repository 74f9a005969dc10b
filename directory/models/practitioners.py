"""People who run public participation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from directory.querysets import PractitionerQuerySet
from home.cards import Card

from .vocabulary import Municipality, Voivodeship


class Sector(models.TextChoices):
    PUBLIC = "administracja-publiczna", _("administracja publiczna")
    NGO = "organizacja-pozarzadowa", _("organizacja pozarządowa")
    COMPANY = "firma", _("firma")
    UNIVERSITY = "uczelnia", _("uczelnia")
    INFORMAL = "grupa-nieformalna", _("grupa nieformalna")
    INDEPENDENT = "osoba-niezalezna", _("osoba niezależna")


class Language(models.TextChoices):
    """Languages that people work in; the value is ISO 639, `pjm` the Polish Sign Language."""

    POLISH = "pl", _("polski")
    ENGLISH = "en", _("angielski")
    UKRAINIAN = "uk", _("ukraiński")
    GERMAN = "de", _("niemiecki")
    RUSSIAN = "ru", _("rosyjski")
    BELARUSIAN = "be", _("białoruski")
    FRENCH = "fr", _("francuski")
    SPANISH = "es", _("hiszpański")
    CZECH = "cs", _("czeski")
    SLOVAK = "sk", _("słowacki")
    LITHUANIAN = "lt", _("litewski")
    ITALIAN = "it", _("włoski")
    KASHUBIAN = "csb", _("kaszubski")
    SILESIAN = "szl", _("śląski")
    LEMKO = "rue", _("łemkowski")
    ROMANI = "rom", _("romski")
    SIGN = "pjm", _("polski język migowy")


class State(models.TextChoices):
    """unconfirmed → moderation → live; paused, hidden and withdrawn from live and back."""

    UNCONFIRMED = "unconfirmed", _("czeka na potwierdzenie adresu")
    MODERATION = "moderation", _("czeka na redakcję")
    LIVE = "live", _("w bazie")
    PAUSED = "paused", _("wstrzymany przez osobę")
    HIDDEN = "hidden", _("ukryty przez redakcję")
    WITHDRAWN = "withdrawn", _("wycofany")


NEEDS_REASON = (State.HIDDEN, State.WITHDRAWN)


class Practitioner(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One row is the person in one language.

    `public_id` is stable for ever: the import's id, or generated. A translation carries text only; state, consents
    and facets follow the Polish source (`source`).
    """

    public_id = models.CharField(_("identyfikator"), max_length=40, blank=True, editable=False)
    slug = models.SlugField(
        _("w adresie"), max_length=90, blank=True, help_text=_("Powstaje z imienia i nazwiska.")
    )
    name = models.CharField(_("imię i nazwisko"), max_length=80)
    headline = models.CharField(_("czym się zajmuje"), max_length=140, blank=True)
    organisation = models.CharField(_("organizacja"), max_length=140, blank=True)
    sector = models.CharField(_("sektor"), max_length=24, choices=Sector.choices, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("gmina"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practitioners",
    )
    voivodeship = models.CharField(_("województwo"), max_length=20, choices=Voivodeship.choices, blank=True)
    works_in = models.JSONField(
        _("pracuje też w województwach"), default=list, blank=True, help_text=_("Poza własnym.")
    )
    methods = ParentalManyToManyField(
        "directory.Method", verbose_name=_("metody"), blank=True, related_name="practitioners"
    )
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="practitioners"
    )
    audiences = ParentalManyToManyField(
        "directory.Audience", verbose_name=_("z kim pracuje"), blank=True, related_name="practitioners"
    )
    languages = models.JSONField(_("języki"), default=list, blank=True)
    biography = models.TextField(_("o sobie"), max_length=3000, blank=True)
    experience = models.TextField(_("doświadczenie"), max_length=5000, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("zdjęcie"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Bez zdjęcia osoba dostanie rysunek ze swojego imienia i nazwiska."),
    )
    is_mentor = models.BooleanField(_("prowadzi mentoring"), default=False)
    email = models.EmailField(
        _("adres e-mail"),
        blank=True,
        help_text=_("Tylko dla zespołu programu: nigdy nie jest publikowany ani wyszukiwany."),
    )

    state = models.CharField(
        _("stan"), max_length=12, choices=State.choices, default=State.MODERATION, db_index=True
    )
    state_reason = models.CharField(_("powód"), max_length=200, blank=True)
    state_changed_at = models.DateTimeField(_("od kiedy"), default=timezone.now, editable=False)
    confirmed_at = models.DateField(_("dane potwierdzono"), null=True, blank=True)

    objects = PractitionerQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=6),
        index.SearchField("headline", boost=3),
        index.SearchField("organisation", boost=2),
        index.SearchField("place_words", boost=4),
        index.SearchField("method_names", boost=5),
        index.SearchField("topic_names", boost=4),
        index.SearchField("audience_names", boost=3),
        index.SearchField("language_names", boost=2),
        index.SearchField("experience", boost=2),
        index.SearchField("biography"),
        index.AutocompleteField("name"),
        index.AutocompleteField("organisation"),
        index.FilterField("method_slugs"),
        index.FilterField("topic_slugs"),
        index.FilterField("audience_slugs"),
        index.FilterField("voivodeship_slugs"),
        index.FilterField("language_codes"),
        index.FilterField("sector"),
        index.FilterField("is_mentor"),
        index.FilterField("confirmed_at"),
        index.FilterField("sort_name"),
        index.FilterField("state"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("praktyk / praktyczka")
        verbose_name_plural = _("praktycy i praktyczki")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id", "locale"], name="practitioner_public_id_a_language"),
            models.UniqueConstraint(fields=["slug", "locale"], name="practitioner_slug_a_language"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["hidden", "withdrawn"]) | ~models.Q(state_reason=""),
                name="hidden_or_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.state in NEEDS_REASON and not self.state_reason.strip():
            raise ValidationError({"state_reason": _("Podaj powód: zostanie w historii wpisu.")})
        if self.municipality and not self.voivodeship:
            self.voivodeship = self.municipality.voivodeship

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.public_id:
            self.public_id = f"n{self.translation_key.hex[:12]}"
        if not self.slug:
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """The name as an address; a second Anna Nowak gets a number."""
        stem = slugify(self.name.replace("ł", "l").replace("Ł", "L"))[:80] or "osoba"
        taken = set(
            type(self)
            .objects.filter(locale=self.locale, slug__startswith=stem)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        return next(
            slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken
        )

    def get_absolute_url(self) -> str:
        return reverse("practitioner", args=[self.slug])

    @property
    def source(self) -> Practitioner:
        """The Polish row, which holds state, consents and facets."""
        if self.locale.language_code == "pl":
            return self
        return (
            type(self)
            .objects.filter(translation_key=self.translation_key, locale__language_code="pl")
            .first()
            or self
        )

    # What the index holds. The vocabulary in every language it has: an English word finds a Polish profile.

    def _terms(self, name: str) -> list[Any]:
        return list(getattr(self.source, name).all())

    def method_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("methods")]

    def topic_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("topics")]

    def audience_slugs(self) -> list[str]:
        return [term.slug for term in self._terms("audiences")]

    def method_names(self) -> str:
        return words_of(self._terms("methods"))

    def topic_names(self) -> str:
        return words_of(self._terms("topics"))

    def audience_names(self) -> str:
        return words_of(self._terms("audiences"))

    def voivodeship_slugs(self) -> list[str]:
        source = self.source
        return list(dict.fromkeys([*([source.voivodeship] if source.voivodeship else []), *source.works_in]))

    def language_codes(self) -> list[str]:
        return list(self.source.languages)

    def language_names(self) -> str:
        return " ".join(
            str(Language(code).label) for code in self.source.languages if code in Language.values
        )

    def place_words(self) -> str:
        source = self.source
        regions = [Voivodeship(slug) for slug in source.voivodeship_slugs()]
        names = [f"{region.polish} {region.english}" for region in regions]
        if source.municipality:
            names = [source.municipality.name, f"powiat {source.municipality.county}", *names]
        return "; ".join(names)

    def sort_name(self) -> str:
        """Surname first: people look for a surname in a list ordered by name."""
        *first, last = self.name.split() or [""]
        return f"{last} {' '.join(first)}".strip()

    @property
    def place(self) -> str:
        source = self.source
        if source.municipality:
            return source.municipality.place
        if source.voivodeship:
            region = Voivodeship(source.voivodeship)
            return region.english if get_language() == "en" else f"woj. {region.polish}"
        return ""

    def card(self) -> Card:
        line = ", ".join(part for part in (self.headline, self.organisation) if part)
        return Card(
            title=self.name,
            url=self.get_absolute_url(),
            text=line,
            meta=self.place,
            image=self.photo,
            cover_seed=self.public_id,
            lang=self.locale.language_code,
        )


def words_of(terms: list[Any]) -> str:
    """Names and other names, for the index."""
    return "; ".join(word for term in terms for word in (term.name, *term.other_names))


class PractitionerLink(Orderable):
    practitioner = ParentalKey(Practitioner, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        _("napis"), max_length=80, blank=True, help_text=_("Domyślnie adres bez „https”.")
    )
    url = models.URLField(_("adres"), max_length=300)

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("linki")

    def __str__(self) -> str:
        return self.label or self.url


class ConsentQuerySet(models.QuerySet):
    def standing(self) -> ConsentQuerySet:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """That a person agreed: to what, to which text, when and how. Rows are added and withdrawn, never changed."""

    class Kind(models.TextChoices):
        PUBLIC_PROFILE = "public_profile", _("profil w bazie")
        MENTORING = "mentoring", _("oferta mentorska")
        NEWSLETTER = "newsletter", _("biuletyn programu")

    class Channel(models.TextChoices):
        IMPORT = "import", _("plik, zgodę potwierdza wgrywający")
        FORM = "form", _("formularz")
        STAFF = "staff", _("zespół programu")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(_("na co"), max_length=16, choices=Kind.choices)
    text_version = models.CharField(
        _("wersja tekstu"), max_length=20, validators=[RegexValidator(r"^[\w.-]+$")]
    )
    channel = models.CharField(_("jak"), max_length=8, choices=Channel.choices)
    given_at = models.DateTimeField(_("kiedy"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("wycofana"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("zgoda")
        verbose_name_plural = _("zgody")
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "kind"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_consent_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.practitioner}"
