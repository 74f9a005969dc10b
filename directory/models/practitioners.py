"""People who run public participation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from directory.addresses import base_url
from directory.fields import CodesField
from directory.names import initial, sort_key
from directory.querysets import PractitionerQuerySet, ascii_slug
from home.cards import Card
from home.privacy.contact_details import refuse_contact_details

from .choices import NEEDS_REASON, Language, Sector, State
from .former import FormerSlug
from .indexing import PractitionerIndex
from .vocabulary import Municipality, Voivodeship

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

#: Addresses below the base that are pages of their own.
OWN_SLUGS = {"a-z", "opisz"}

# What a translation does not have: it is the Polish source's.
ONLY_SOURCE = (
    "email",
    "state",
    "state_reason",
    "state_changed_at",
    "confirmed_at",
    "methods",
    "topics",
    "audiences",
    "consents",
    "former_slugs",
    "guardian",
)

PUBLIC = [refuse_contact_details]


class SourceField(BaseTranslatableField):
    """Neither translated nor copied to a translation."""


class Practitioner(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PractitionerIndex,
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
    name = models.CharField(_("imię i nazwisko"), max_length=80, validators=PUBLIC)
    headline = models.CharField(_("czym się zajmuje"), max_length=140, blank=True, validators=PUBLIC)
    organisation = models.CharField(_("organizacja"), max_length=140, blank=True, validators=PUBLIC)
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
    works_in = CodesField(_("pracuje też w województwach"), options=Voivodeship, help_text=_("Poza własnym."))
    methods = ParentalManyToManyField(
        "directory.Method", verbose_name=_("metody"), blank=True, related_name="practitioners"
    )
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="practitioners"
    )
    audiences = ParentalManyToManyField(
        "directory.Audience", verbose_name=_("z kim pracuje"), blank=True, related_name="practitioners"
    )
    languages = CodesField(_("języki"), options=Language)
    biography = models.TextField(_("o sobie"), max_length=3000, blank=True, validators=PUBLIC)
    experience = models.TextField(_("doświadczenie"), max_length=5000, blank=True, validators=PUBLIC)
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

    guardian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opieka nad wpisem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Kto z zespołu dba o ten wpis."),
    )

    state = models.CharField(
        _("stan"), max_length=12, choices=State.choices, default=State.MODERATION, db_index=True
    )
    state_reason = models.CharField(_("powód"), max_length=200, blank=True)
    state_changed_at = models.DateTimeField(_("od kiedy"), default=timezone.now, editable=False)
    confirmed_at = models.DateField(_("dane potwierdzono"), null=True, blank=True)

    objects = PractitionerQuerySet.as_manager()

    _source: Practitioner | None = None
    #: Whether messages are refused, where that was read with the row (`for_profile`).
    refuses: bool | None = None

    override_translatable_fields = [
        SynchronizedField("name", overridable=False),
        SynchronizedField("slug", overridable=False),
        *(SourceField(name) for name in ("email", "guardian", "state", "state_reason", "confirmed_at")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("praktyk / praktyczka")
        verbose_name_plural = _("praktycy i praktyczki")
        ordering = ["name", "pk"]
        indexes = [models.Index(Lower("email"), name="practitioner_email_any_case")]
        permissions = [("email_practitioner", "Widzi adresy e-mail praktyków")]
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
        if self.slug in OWN_SLUGS:
            raise ValidationError({"slug": _("Ten adres należy do strony bazy. Wybierz inny.")})
        if self.municipality and not self.voivodeship:
            self.voivodeship = self.municipality.voivodeship

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.public_id:
            self.public_id = f"n{self.translation_key.hex[:12]}"
        fields = kwargs.get("update_fields")
        if fields is not None and not {"name", "slug"} & {*fields}:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.settle_slug()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "slug"}
            super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Practitioner:
        """A revision's content with the state, guardian and address of now: publishing an old draft brings nobody back."""
        obj: Practitioner = super().with_content_json(content)
        for name in ("state", "state_reason", "state_changed_at", "public_id", "guardian_id"):
            setattr(obj, name, getattr(self, name))
        obj.email = self.email or obj.email
        return obj

    def settle_slug(self) -> None:
        """The address follows the name until an editor sets another; what it was goes on leading here.

        A translation has its source's.
        """
        people = type(self).objects
        if self.source is not self:
            self.slug = self.source.slug
            return
        before = people.filter(pk=self.pk).only("name", "slug").first() if self.pk else None
        if before and before.slug == self.slug and before.name != self.name:
            stem = before.slug_stem()
            if re.fullmatch(rf"{stem}(-\d+)?", self.slug) and self.slug_stem() != stem:
                self.slug = ""
        self.slug = self.slug or self.free_slug()
        if before and before.slug != self.slug:
            FormerSlug.objects.filter(slug=self.slug).delete()
            FormerSlug.objects.update_or_create(slug=before.slug, defaults={"practitioner": self})
            people.filter(translation_key=self.translation_key).exclude(pk=self.pk).update(slug=self.slug)

    def slug_stem(self) -> str:
        return ascii_slug(self.name)[:80] or "osoba"

    def free_slug(self) -> str:
        """The name as an address; a second Anna Nowak gets a number, also where the first was Nowak once."""
        stem = self.slug_stem()
        others = type(self).objects.filter(locale=self.locale).exclude(pk=self.pk)
        former = FormerSlug.objects.exclude(practitioner_id=self.pk)
        taken = {
            *OWN_SLUGS,
            *others.filter(slug__startswith=stem).values_list("slug", flat=True),
            *former.filter(slug__startswith=stem).values_list("slug", flat=True),
        }
        return next(
            slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken
        )

    def copy_for_translation(self, locale: Locale, exclude_fields: Any = None) -> Practitioner:
        """Text only: a second copy of the e-mail address or the state would be forgotten when the first changes."""
        copy: Practitioner = super().copy_for_translation(
            locale, exclude_fields=[*(exclude_fields or []), *ONLY_SOURCE]
        )
        copy.public_id = self.public_id
        return copy

    def get_absolute_url(self) -> str:
        """On the base's page in the reader's language; "" while the site has no base."""
        base = base_url()
        return f"{base}{self.slug}/" if base else ""

    def speaks(self, language: str) -> bool:
        """Whether the person's own words are published in that language."""
        known: bool | None = self.__dict__.get(f"speaks_{language}")
        if known is not None:
            return known
        rows = type(self).objects.visible(language)
        return rows.filter(translation_key=self.translation_key, locale__language_code=language).exists()

    @property
    def source(self) -> Practitioner:
        """The Polish row, which holds state, consents and facets; a list loads all of them at once (`for_cards`)."""
        if self.locale.language_code == "pl":
            return self
        if self._source is None:
            self._source = (
                type(self)
                .objects.filter(translation_key=self.translation_key, locale__language_code="pl")
                .select_related("municipality", "locale")
                .first()
            )
        return self._source or self

    def sort_name(self) -> str:
        """Surname first, in Polish order: people look for a surname in a list ordered by name."""
        return sort_key(self.name)

    def initial(self) -> str:
        """The letter of the A–Z index."""
        return initial(self.name)

    @property
    def place(self) -> str:
        source = self.source
        if source.municipality:
            return source.municipality.place
        if source.voivodeship:
            return Voivodeship(source.voivodeship).words
        return ""

    @property
    def preview_modes(self) -> list[tuple[str, StrPromise]]:
        return [("", _("Strona osoby")), ("card", _("Karta na liście"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"directory/practitioner_{'card' if mode_name == 'card' else 'preview'}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from directory.profiles import Profile

        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {
            "person": self,
            "profile": Profile(self, draft=True),
            "card": self.card(),
            "language_links": [],
        }

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


class PractitionerLink(Orderable):
    practitioner = ParentalKey(Practitioner, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        _("napis"), max_length=80, blank=True, validators=PUBLIC, help_text=_("Domyślnie adres bez „https”.")
    )
    url = models.URLField(_("adres"), max_length=300)

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("linki")

    def __str__(self) -> str:
        return self.label or self.url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
