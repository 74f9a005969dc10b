"""What people agreed to, and whom the base must not take back."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.privacy.hashing import keyed_hash
from search.querysets import FollowedQuerySet

# Raised whenever the wording that people agree to changes.
PROFILE_CONSENT_TEXT = "2026-11"


class ConsentQuerySet(FollowedQuerySet):
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

    practitioner = models.ForeignKey(
        "directory.Practitioner",
        verbose_name=_("osoba"),
        on_delete=models.CASCADE,
        related_name="consents",
    )
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


class ErasedQuerySet(models.QuerySet["Erased"]):
    def remember(self, *identities: str) -> None:
        """Keep the hashes of an erased person's identifiers (public id, e-mail address); empty ones are left out."""
        Erased.objects.bulk_create(
            [Erased(identity=identity_hash(value)) for value in identities if value.strip()],
            ignore_conflicts=True,
        )

    def release(self, *identities: str) -> int:
        """Forget that somebody with these identifiers was erased; how many were known."""
        hashes = [identity_hash(value) for value in identities if value.strip()]
        return self.filter(identity__in=hashes).delete()[0]

    def among(self, identities: list[str]) -> set[str]:
        """Those of `identities` that belong to erased people."""
        hashes = {identity_hash(value): value for value in identities if value.strip()}
        found = self.filter(identity__in=hashes).values_list("identity", flat=True)
        return {hashes[identity] for identity in found}


class Erased(models.Model):
    """A tombstone: a keyed hash and nothing else, so that an import does not bring an erased person back."""

    identity = models.CharField(max_length=64, primary_key=True)

    objects = ErasedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ślad po usuniętej osobie")
        verbose_name_plural = _("ślady po usuniętych osobach")

    def __str__(self) -> str:
        return self.identity[:8]


def identity_hash(value: str) -> str:
    return keyed_hash("directory.erased", value)
