from .choices import Language, Sector, State
from .consents import Consent, Erased
from .contact import ContactCount, ContactLog, ContactRefusal, PendingContact
from .former import FormerSlug
from .imports import ImportRow, ImportRun
from .joining import SignUp
from .links import EntryLink, FreshnessStep, LinkRequest
from .pages import DirectoryPage
from .practitioners import Practitioner, PractitionerLink
from .vocabulary import Audience, Method, Municipality, Topic, Voivodeship

__all__ = [
    "Audience",
    "Consent",
    "ContactCount",
    "ContactLog",
    "ContactRefusal",
    "DirectoryPage",
    "EntryLink",
    "Erased",
    "FormerSlug",
    "FreshnessStep",
    "ImportRow",
    "ImportRun",
    "Language",
    "LinkRequest",
    "Method",
    "Municipality",
    "PendingContact",
    "Practitioner",
    "PractitionerLink",
    "Sector",
    "SignUp",
    "State",
    "Topic",
    "Voivodeship",
]
