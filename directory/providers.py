"""What this part tells the others (home.registry)."""

from .models import Practitioner
from .querysets import PractitionerQuerySet


def people_in_the_base() -> int:
    """Everybody whom the public may find; the same in every language."""
    return Practitioner.objects.visible("pl").count()


def people_to_find() -> PractitionerQuerySet:
    """Whom the site-wide search may show, in the reader's language."""
    return Practitioner.objects.visible().for_cards()
