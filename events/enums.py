"""The named choices of an event and its programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NATIONAL_FORUM = "national_forum", _("Forum ogólnopolskie")
    REGIONAL_FORUM = "regional_forum", _("Forum regionalne")
    SEMINAR = "seminar", _("Seminarium")
    YOUTH_FORUM = "youth_forum", _("Forum młodzieżowe")
    STUDY_VISIT = "study_visit", _("Wizyta studyjna")
    OTHER = "other", _("Spotkanie")


class SeminarKind(models.TextChoices):
    """What a seminar is about: one subject each."""

    METHOD = "method", _("o metodzie")
    FIELD = "field", _("o dziedzinie")
    LAW = "law", _("o prawie")
    INCLUSION = "inclusion", _("o włączaniu grupy")


class Mode(models.TextChoices):
    """How a seat is got. A selection has an application window and a decision; a sign-up is first come, first served."""

    SELECTION = "selection", _("nabór: zgłoszenie, potem decyzja")
    SIGNUP = "signup", _("zapisy: kto pierwszy")


class Way(models.TextChoices):
    """How one takes part; some events can be attended either way."""

    ON_SITE = "na-miejscu", _("na miejscu")
    ONLINE = "online", _("online")


class Format(models.TextChoices):
    PLENARY = "plenary", _("sesja plenarna")
    PANEL = "panel", _("debata")
    WORKSHOP = "workshop", _("warsztat")
    CASE_STUDY = "case_study", _("studium przypadku")
    SIMULATION = "simulation", _("symulacja")
    DISCUSSION = "discussion", _("rozmowa")
    OPEN_SPACE = "open_space", _("open space")
    FIELD_TRIP = "field", _("wyjście w teren")
    ADVICE = "advice", _("stół doradczy")
    BREAKFAST = "breakfast", _("śniadanie tematyczne")
    BREAK = "break", _("przerwa")


class Level(models.TextChoices):
    """For whom a session is; unsaid, for everybody."""

    BEGINNER = "beginner", _("na początek")
    ADVANCED = "advanced", _("dla zaawansowanych")


class Language(models.TextChoices):
    """In which language a session is held."""

    POLISH = "pl", _("po polsku")
    ENGLISH = "en", _("po angielsku")
    INTERPRETED = "en-pl", _("po angielsku, z tłumaczeniem na polski")
