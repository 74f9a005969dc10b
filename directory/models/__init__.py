from .practitioners import Consent, Practitioner, PractitionerLink
from .vocabulary import Audience, Method, Municipality, Topic, Voivodeship

__all__ = [
    "Audience",
    "Consent",
    "Method",
    "Municipality",
    "Practitioner",
    "PractitionerLink",
    "Topic",
    "Voivodeship",
]
