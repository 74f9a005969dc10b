"""Messages that readers send to people in the base: what is kept of them, and for how long."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ContactLog(models.Model):
    """That somebody wrote to somebody: no text, no address. Kept for 90 days (directory.contact.retention)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka na potwierdzenie adresu")
        EXPIRED = "expired", _("niepotwierdzona")
        SENT = "sent", _("przekazana")
        REFUSED = "refused", _("zatrzymana przez limit")

    practitioner = models.ForeignKey(
        "directory.Practitioner",
        verbose_name=_("do kogo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("kiedy"), db_index=True)
    state = models.CharField(_("stan"), max_length=8, choices=State.choices)
    sender = models.CharField(_("skrót adresu nadawcy"), max_length=32, db_index=True)
    # What makes a form good for one message, and a second click no second message.
    nonce = models.CharField(max_length=32, null=True, blank=True, unique=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wiadomość do osoby z bazy")
        verbose_name_plural = _("wiadomości do osób z bazy")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.person

    @property
    def person(self) -> str:
        return str(self.practitioner) if self.practitioner else gettext("usunięta osoba")

    @property
    def sender_mark(self) -> str:
        """Enough of the hash to see that two messages came from one address."""
        return self.sender[:8]


class PendingContact(models.Model):
    """A message whose sender has not confirmed the address yet: the one place where a text waits, for 24 hours."""

    log = models.OneToOneField(ContactLog, on_delete=models.CASCADE, primary_key=True, related_name="pending")
    practitioner = models.ForeignKey("directory.Practitioner", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    email = models.EmailField()
    message = models.TextField(max_length=3000)
    language = models.CharField(max_length=8)
    created_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("niepotwierdzona wiadomość")
        verbose_name_plural = _("niepotwierdzone wiadomości")

    def __str__(self) -> str:
        return str(self.log_id)


class ContactRefusal(models.Model):
    """That a person wants no messages through the base; the Polish row's."""

    practitioner = models.OneToOneField(
        "directory.Practitioner", on_delete=models.CASCADE, primary_key=True, related_name="contact_refusal"
    )
    since = models.DateTimeField(_("od kiedy"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("odmowa wiadomości")
        verbose_name_plural = _("odmowy wiadomości")

    def __str__(self) -> str:
        return str(self.practitioner_id)


class ContactCount(models.Model):
    """How many messages something has sent or received in one window of time; erased when the window is over."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("licznik wiadomości")
        verbose_name_plural = _("liczniki wiadomości")

    def __str__(self) -> str:
        return self.key
