from .choices import Language, Sector, State
from .consents import Consent, Erased
from .practitioners import Practitioner, PractitionerLink
from .vocabulary import Audience, Method, Municipality, Topic, Voivodeship

__all__ = [
    "Audience",
    "Consent",
    "Erased",
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
