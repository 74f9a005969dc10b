"""The outbox: every mail the site sends, written in the transaction that decides it."""

from datetime import datetime

from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "OutboxQuerySet":
        """Waiting, and its time has come; the oldest first."""
        return self.filter(state=OutboxMail.State.WAITING, not_before__lte=now).order_by("not_before", "pk")

    def stuck(self, before: datetime) -> "OutboxQuerySet":
        """Taken by a worker that has not said since whether the server accepted it."""
        return self.filter(state=OutboxMail.State.SENDING, taken_at__lt=before)


class OutboxMail(models.Model):
    """waiting → sending → sent; back to waiting after a failure, failed after the last one.

    A worker that dies while sending leaves the mail `unsure`: it may have gone out, so that only a person
    sends it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka")
        SENDING = "sending", _("w trakcie wysyłania")
        SENT = "sent", _("wysłany")
        FAILED = "failed", _("nie udało się")
        UNSURE = "unsure", _("nie wiadomo, czy wyszedł")

    recipient = models.EmailField(_("do"), validators=[validate_email])
    reply_to = models.EmailField(_("odpowiedź do"), blank=True)
    subject = models.CharField(_("temat"), max_length=200)
    text = models.TextField(_("treść"))
    html = models.TextField(_("treść HTML"), blank=True)
    # Where one POST ends such mails for the recipient: List-Unsubscribe of RFC 8058.
    unsubscribe_url = models.CharField(max_length=300, blank=True, editable=False)
    kind = models.CharField(_("rodzaj"), max_length=40, db_index=True)
    key = models.CharField(
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="The same key is never written twice.",
    )
    state = models.CharField(
        _("stan"), max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("próby"), default=0)
    error = models.CharField(_("ostatni błąd"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("utworzony"), default=timezone.now)
    not_before = models.DateTimeField(_("nie wcześniej niż"), default=timezone.now, db_index=True)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("wysłany"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość")
        verbose_name_plural = _("poczta wychodząca")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="sent_mail_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
