"""What people write on their own entries before the staff publish it, and which of it may be seen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Revision

from directory.fields import CodesField

if TYPE_CHECKING:
    pass


class EntryChangeQuerySet(models.QuerySet["EntryChange"]):
    def waiting(self) -> EntryChangeQuerySet:
        """Sent, and nothing as new has been published since, also by way of the editor or of a workflow."""
        unpublished = Q(practitioner__live_revision=None) | Q(practitioner__live_revision__lt=F("revision"))
        return self.filter(
            unpublished, state=EntryChange.State.WAITING, practitioner__has_unpublished_changes=True
        )


class EntryChange(models.Model):
    """A person's own change of their entry: one at a time. Its text is a revision of the entry."""

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka na redakcję")
        RETURNED = "returned", _("odesłana do poprawy")

    practitioner = models.OneToOneField(
        "directory.Practitioner", on_delete=models.CASCADE, related_name="change"
    )
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    # The newest draft there was before: what taking the change back leads to.
    before = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("stan"), max_length=8, choices=State.choices, default=State.WAITING)
    fields = models.JSONField(_("zmienione pola"), default=list)
    reason = models.CharField(_("dlaczego odesłana"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("od kiedy"))
    decided_at = models.DateTimeField(_("kiedy odesłana"), null=True, blank=True)

    objects = EntryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("zmiana wpisu przez osobę")
        verbose_name_plural = _("zmiany wpisu przez osobę")

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.sent_at:%Y-%m-%d}"


class EntryPhoto(models.Model):
    """A photograph that a person uploaded: it is theirs, whether or not it was ever published."""

    wagtail_reference_index_ignore = True

    practitioner = models.ForeignKey(
        "directory.Practitioner", on_delete=models.CASCADE, related_name="uploaded_photos"
    )
    image = models.OneToOneField(
        "wagtailimages.Image", verbose_name=_("zdjęcie"), on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("kiedy"), db_index=True)

    class Meta:
        verbose_name = _("wgrane zdjęcie")
        verbose_name_plural = _("wgrane zdjęcia")

    def __str__(self) -> str:
        return f"{self.uploaded_at:%Y-%m-%d %H:%M}"


class Small(models.TextChoices):
    """Fields whose change may go live without a moderator."""

    ORGANISATION = "organisation", _("organizacja")
    SECTOR = "sector", _("sektor")
    MUNICIPALITY = "municipality", _("gmina")
    VOIVODESHIP = "voivodeship", _("województwo")
    WORKS_IN = "works_in", _("pracuje też w województwach")
    METHODS = "methods", _("metody")
    TOPICS = "topics", _("tematy")
    AUDIENCES = "audiences", _("z kim pracuje")
    LANGUAGES = "languages", _("języki")
    LINKS = "links", _("linki")


@register_setting(icon="group")
class DirectorySettings(BaseGenericSetting):
    """How the base is kept: the same in every language."""

    at_once = CodesField(
        _("zmiany osób widoczne od razu"),
        options=Small,
        help_text=_(
            "Kto zmieni we własnym wpisie tylko zaznaczone pola, opublikuje je bez redakcji. "
            "Bez zaznaczenia wszystko czeka na redakcję. Imię i nazwisko, opisy i zdjęcie czekają zawsze."
        ),
    )

    panels = [FieldPanel("at_once")]

    class Meta:
        verbose_name = _("ustawienia bazy praktyków")
