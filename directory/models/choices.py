"""The closed sets that a practitioner's fields choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    PUBLIC = "administracja-publiczna", _("administracja publiczna")
    NGO = "organizacja-pozarzadowa", _("organizacja pozarządowa")
    COMPANY = "firma", _("firma")
    UNIVERSITY = "uczelnia", _("uczelnia")
    INFORMAL = "grupa-nieformalna", _("grupa nieformalna")
    INDEPENDENT = "osoba-niezalezna", _("osoba niezależna")


class Likeness(models.TextChoices):
    """In what municipalities are like one another to those who work there."""

    RURAL = "wiejska", _("gmina wiejska")
    MIXED = "miejsko-wiejska", _("gmina miejsko-wiejska")
    URBAN = "miejska", _("gmina miejska")
    CITY = "miasto-na-prawach-powiatu", _("miasto na prawach powiatu")


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

# Redaction may refuse a newcomer, and whoever asks to be withdrawn is, whatever the state.
NEXT_STATES: dict[str, tuple[State, ...]] = {
    State.UNCONFIRMED: (State.MODERATION, State.WITHDRAWN),
    State.MODERATION: (State.LIVE, State.HIDDEN, State.WITHDRAWN),
    State.LIVE: (State.PAUSED, State.HIDDEN, State.WITHDRAWN),
    State.PAUSED: (State.LIVE, State.HIDDEN, State.WITHDRAWN),
    State.HIDDEN: (State.LIVE, State.WITHDRAWN),
    State.WITHDRAWN: (State.LIVE,),
}
