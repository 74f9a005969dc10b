from .base import BasePage, CoverTopic, PartPage
from .mail import OutboxMail
from .pages import ContentPage, HomePage, SectionPage
from .site_settings import ProgrammeSettings, SiteSettings

__all__ = [
    "BasePage",
    "ContentPage",
    "CoverTopic",
    "HomePage",
    "OutboxMail",
    "PartPage",
    "ProgrammeSettings",
    "SectionPage",
    "SiteSettings",
]
