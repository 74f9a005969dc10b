from .changes import DirectorySettings, EntryChange, EntryPhoto, Small
from .choices import Language, Sector, State
from .consents import Consent, Erased
from .contact import ContactCount, ContactLog, ContactRefusal, PendingContact
from .former import FormerSlug
from .imports import ImportRow, ImportRun
from .joining import SignUp, SignUpPhoto
from .links import EntryLink, FreshnessStep, LinkRequest
from .outdated import OutdatedReport
from .pages import DirectoryPage
from .practitioners import Practitioner, PractitionerLink
from .saved import SavedSearch
from .vocabulary import Audience, Method, Municipality, Topic, Voivodeship

__all__ = [
    "Audience",
    "Consent",
    "ContactCount",
    "ContactLog",
    "ContactRefusal",
    "DirectoryPage",
    "DirectorySettings",
    "EntryChange",
    "EntryLink",
    "EntryPhoto",
    "Erased",
    "FormerSlug",
    "FreshnessStep",
    "ImportRow",
    "ImportRun",
    "Language",
    "LinkRequest",
    "Method",
    "Municipality",
    "OutdatedReport",
    "PendingContact",
    "Practitioner",
    "PractitionerLink",
    "SavedSearch",
    "Sector",
    "SignUp",
    "SignUpPhoto",
    "Small",
    "State",
    "Topic",
    "Voivodeship",
]
