"""Addresses in mails, which are written where no request says what the site is called."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
