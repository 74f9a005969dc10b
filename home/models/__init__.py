from .base import BasePage, CoverTopic
from .mail import OutboxMail
from .pages import ContentPage, HomePage, SectionPage
from .site_settings import ProgrammeSettings, SiteSettings

__all__ = [
    "BasePage",
    "ContentPage",
    "CoverTopic",
    "HomePage",
    "OutboxMail",
    "ProgrammeSettings",
    "SectionPage",
    "SiteSettings",
]
