"""What the page of one's own data must know of a value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.timezone import localdate

from directory import completeness as rule
from directory.models import Practitioner

register = template.Library()
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (datetime, "moment"),
    (date, "day"),
    (list, "list"),
    (dict, "dict"),
)


@register.filter
def kind_of(value: Any) -> str:
    """ "bool", "moment", "day", "words" (a list of texts), "list", "dict", else "text"."""
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return "words"
    return next((name for kind, name in KINDS if isinstance(value, kind)), "text")


@register.inclusion_tag("directory/self_service/completeness.html")
def completeness(person: Practitioner) -> dict[str, Any]:
    """`{% completeness person %}`, of the Polish row."""
    return {"found": rule.of(person, localdate())}
