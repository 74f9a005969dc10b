"""Where the base stands on this site: remembered, so that a list of people costs one query, not one a row."""

from django.utils.translation import get_language

from home.frame import remembered
from home.querysets import SOURCE_LANGUAGE


def base_url() -> str:
    """The base's address in the reader's language, where it has a live page, else the Polish one; "" without any."""
    language = get_language() or SOURCE_LANGUAGE
    return remembered(f"base-url-{language}", lambda: _find(language))


def _find(language: str) -> str:
    from directory.models import DirectoryPage

    page = DirectoryPage.objects.visible(language).select_related("locale").order_by("path").first()
    return (page.get_url() or "") if page else ""
