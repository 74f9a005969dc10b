"""What editors set once for the whole site, a set for each language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin

from home.frame import remembered


class SiteSettings(TranslatableMixin, models.Model):
    """A snippet, one row a language: wagtail's own settings can't be translated by wagtail-localize."""

    funder_sentence = models.TextField(_("zdanie o finansowaniu"), max_length=400)
    funder_short = models.CharField(
        _("finansowanie w skrócie"), max_length=80, help_text=_("W pasku u góry strony.")
    )
    funder_logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("znak finansującego"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    organisation = models.CharField(_("nazwa organizacji"), max_length=120, blank=True)
    contact_email = models.EmailField(
        _("adres biura"), blank=True, help_text=_("Adres instytucji, nie osoby.")
    )
    contact_phone = models.CharField(_("telefon biura"), max_length=30, blank=True)
    contact_address = models.TextField(_("adres pocztowy"), max_length=300, blank=True)
    facebook_url = models.URLField("Facebook", blank=True)
    linkedin_url = models.URLField("LinkedIn", blank=True)
    youtube_url = models.URLField("YouTube", blank=True)
    footer_text = models.TextField(_("tekst w stopce"), max_length=300, blank=True)
    demo_notice = models.CharField(
        _("informacja o wersji pokazowej"),
        max_length=200,
        blank=True,
        help_text=_("Puste na prawdziwej stronie."),
    )
    cookie_text = RichTextField(_("informacja o plikach cookie"), features=["bold", "link"], blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("funder_sentence"), FieldPanel("funder_short"), FieldPanel("funder_logo")],
            heading=_("Finansowanie"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_address"),
            ],
            heading=_("Kontakt"),
        ),
        MultiFieldPanel(
            [FieldPanel("facebook_url"), FieldPanel("linkedin_url"), FieldPanel("youtube_url")],
            heading=_("Media społecznościowe"),
        ),
        MultiFieldPanel(
            [FieldPanel("footer_text"), FieldPanel("demo_notice"), FieldPanel("cookie_text")],
            heading=_("Stopka i cookie"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("ustawienia strony")
        verbose_name_plural = _("ustawienia strony")
        constraints = [models.UniqueConstraint(fields=["locale"], name="one_site_settings_a_language")]

    def __str__(self) -> str:
        language = self.locale.language_code if self.locale_id else "–"
        return f"{self._meta.verbose_name} ({language})"

    @classmethod
    def current(cls) -> SiteSettings:
        """The reader's language, else Polish, else empty values (never None)."""
        language = get_language() or "pl"

        def find() -> SiteSettings:
            rows = {
                row.locale.language_code: row for row in cls.objects.select_related("locale", "funder_logo")
            }
            return rows.get(language) or rows.get("pl") or cls()

        return remembered(f"settings-{language}", find)


@register_setting(icon="tick")
class ProgrammeSettings(BaseGenericSetting):
    """What the programme promised its funder: the same numbers in every language."""

    national_forums_target = models.PositiveSmallIntegerField(_("fora ogólnopolskie"), default=4)
    regional_forums_target = models.PositiveSmallIntegerField(_("fora regionalne"), default=7)
    seminars_target = models.PositiveSmallIntegerField(_("seminaria"), default=5)
    youth_forums_target = models.PositiveSmallIntegerField(_("fora młodzieżowe"), default=1)
    dialogues_target = models.PositiveSmallIntegerField(_("gminy, w których odbył się dialog"), default=25)
    study_visits_target = models.PositiveSmallIntegerField(_("wizyty studyjne"), default=2)

    class Meta:
        verbose_name = _("obietnice programu")
