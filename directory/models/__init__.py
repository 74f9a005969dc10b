from .choices import Language, Sector, State
from .consents import Consent, Erased
from .former import FormerSlug
from .imports import ImportRow, ImportRun
from .pages import DirectoryPage
from .practitioners import Practitioner, PractitionerLink
from .vocabulary import Audience, Method, Municipality, Topic, Voivodeship

__all__ = [
    "Audience",
    "Consent",
    "DirectoryPage",
    "Erased",
    "FormerSlug",
    "ImportRow",
    "ImportRun",
    "Language",
    "Method",
    "Municipality",
    "Practitioner",
    "PractitionerLink",
    "Sector",
    "State",
    "Topic",
    "Voivodeship",
]
