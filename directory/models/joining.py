"""How people join the base by themselves: what they are typing, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.privacy.hashing import keyed_hash


def address_hash(email: str) -> str:
    return keyed_hash("directory.joining", email) if email.strip() else ""


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def with_address(self, email: str) -> SignUpQuerySet:
        """Whose e-mail address that is, in any case; nobody's where it is empty."""
        return self.filter(address_hash=address_hash(email)) if email.strip() else self.none()

    def waiting(self) -> SignUpQuerySet:
        """For the staff to decide; who waits longest comes first."""
        return self.filter(state=SignUp.State.MODERATION).order_by("confirmed_at", "pk")

    def seen(self) -> SignUpQuerySet:
        """By the staff: those whose address is confirmed. What came before is nobody's business yet."""
        return self.exclude(state__in=UNCONFIRMED)


class SignUp(models.Model):
    """draft → sent → moderation → accepted | rejected | closed.

    Until the address is confirmed `data` holds what was typed, by the step of the form; after that it is empty and the
    person (`practitioner`) holds it. Kept as long as the person; before there is one see directory.joining.retention.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("wypełniane")
        SENT = "sent", _("czeka na potwierdzenie adresu")
        MODERATION = "moderation", _("czeka na redakcję")
        ACCEPTED = "accepted", _("przyjęte")
        REJECTED = "rejected", _("odrzucone")
        CLOSED = "closed", _("zamknięte inaczej: wycofane albo ukryte")

    # What the person's will be: one sign-up makes one person, and the drawn portrait stays the same.
    translation_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practitioner = models.OneToOneField(
        "directory.Practitioner",
        verbose_name=_("osoba"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sign_up",
    )
    state = models.CharField(_("stan"), max_length=10, choices=State.choices, default=State.DRAFT)
    data = models.JSONField(default=dict, editable=False)
    language = models.CharField(_("język formularza"), max_length=8, blank=True)
    # Of the cookie of the browser that fills the form in, and of the link in the mail.
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    address_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    changed_at = models.DateTimeField(_("ostatnia zmiana"), db_index=True)
    sent_at = models.DateTimeField(_("wysłane"), null=True, blank=True)
    expires_at = models.DateTimeField(_("odnośnik ważny do"), null=True, blank=True, db_index=True)
    confirmed_at = models.DateTimeField(_("adres potwierdzono"), null=True, blank=True)
    decided_at = models.DateTimeField(_("rozpatrzone"), null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("zgłoszenie do bazy")
        verbose_name_plural = _("zgłoszenia do bazy")
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash"],
                condition=models.Q(state="moderation"),
                name="one_sign_up_of_an_address_in_moderation",
            ),
        ]

    @property
    def public_id(self) -> str:
        """What the person's is or will be."""
        return f"n{self.translation_key.hex[:12]}"

    @property
    def place(self) -> str:
        return self.practitioner.place if self.practitioner else ""

    def __str__(self) -> str:
        return str(self.practitioner) if self.practitioner else gettext("zgłoszenie bez osoby")


class SignUpPhoto(models.Model):
    """A photograph of somebody who is no person yet: only in the database, so that it goes with the row whoever removes that,
    and is in no library that the staff see."""

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="photo")
    # A JPEG without metadata, as directory.self_service.photos makes it.
    content = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("zdjęcie ze zgłoszenia")
        verbose_name_plural = _("zdjęcia ze zgłoszeń")

    def __str__(self) -> str:
        return str(self.sign_up)


UNCONFIRMED = (SignUp.State.DRAFT, SignUp.State.SENT)
