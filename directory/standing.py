"""Who stands at an address below the base: somebody, somebody under another address now, or nobody any more."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404

from directory.models import FormerSlug, Practitioner, State


class Moved(Exception):
    """The person is at another address."""

    def __init__(self, person: Practitioner) -> None:
        super().__init__(person.slug)
        self.person = person


class Withdrawn(Exception):
    """The person asked to be taken out."""


def person_at(slug: str) -> Practitioner:
    """Whoever the reader may see there. Raises Moved, Withdrawn and Http404."""
    person: Practitioner | None = Practitioner.objects.visible().for_profile().filter(slug=slug).first()
    if person is not None:
        return person
    former = FormerSlug.objects.filter(slug=slug).values("practitioner")
    people = Practitioner.objects.filter(locale__language_code="pl")
    moved = people.visible("pl").filter(pk__in=former).first()
    if moved is not None:
        raise Moved(moved)
    if people.filter(Q(slug=slug) | Q(pk__in=former), state=State.WITHDRAWN).exists():
        raise Withdrawn
    raise Http404
