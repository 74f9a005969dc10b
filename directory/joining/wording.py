"""What people agree to in the form. Another wording needs another version: consents point at it for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from directory.models import Consent

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Wording:
    """`version` is at most 20 characters; `text` is the sentence beside the box, `note` what stands under it."""

    version: str
    text: StrPromise
    note: StrPromise


WORDINGS = {
    Consent.Kind.PUBLIC_PROFILE: Wording(
        "dolacz-2026-11",
        _("Zgadzam się, żeby mój wpis był publiczny: każdy może go znaleźć i przeczytać"),
        _("Bez tej zgody nie ma wpisu w bazie. Adresu e-mail nie pokazujemy nikomu."),
    ),
    Consent.Kind.MENTORING: Wording(
        "dolacz-2026-11",
        _("Zgadzam się, żeby zespół programu proponował mi prowadzenie mentoringu"),
        _("Zgoda do niczego nie zobowiązuje. Bez niej nie przygotujemy Twojej oferty mentorskiej."),
    ),
    Consent.Kind.NEWSLETTER: Wording(
        "dolacz-2026-11",
        _("Chcę dostawać biuletyn programu na podany adres e-mail"),
        _("Kilka listów w roku: nabory, fora, nowe materiały."),
    ),
}
