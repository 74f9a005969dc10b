"""The programme's promises: what was promised, what is done, what has a date."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from . import registry

LABELS: dict[str, Lazy] = {
    "dialogues": _("dialogi w gminach"),
    "regional_forums": _("fora regionalne"),
    "seminars": _("seminaria"),
    "national_forums": _("fora ogólnopolskie"),
    "study_visits": _("wizyty studyjne"),
    "youth_forums": _("forum młodzieżowe"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: of `target` promised, `done` have happened and `planned` more have a date."""

    key: str
    label: str
    target: int
    done: int
    planned: int
    note: str
    url: str


def rows(now: datetime) -> list[Row]:
    """The six promises, the largest first; a promise that no part counts yet shows nothing done."""
    from .models import ProgrammeSettings

    targets = ProgrammeSettings.load()
    counts = {name: provider(now) for name, provider in registry.promises.items()}
    found = []
    for key, label in LABELS.items():
        count = counts.get(key, registry.Count(0, 0))
        target = getattr(targets, f"{key}_target")
        found.append(Row(key, str(label), target, count.done, count.planned, count.note, count.url))
    return found
