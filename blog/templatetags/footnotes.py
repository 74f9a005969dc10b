"""Numbers in a text that lead to its notes and back."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

MARK = re.compile(r"<sup>\s*\[(\d{1,3})\]\s*</sup>")


@register.filter
def linked_notes(html: object, count: int) -> SafeString:
    """Turn `<sup>[2]</sup>` into a link to note 2 of `count`; a number that no note has stays as it is."""
    seen: set[int] = set()

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= count:
            return match[0]
        anchor = "" if number in seen else format_html(' id="odnosnik-{}"', number)
        seen.add(number)
        label = _("Przypis %(number)s") % {"number": number}
        return format_html(
            '<sup><a href="#przypis-{0}"{1} aria-label="{2}">{0}</a></sup>', number, anchor, label
        )

    return mark_safe(MARK.sub(link, str(html)))  # nosec B308 B703: the text was escaped by its blocks
