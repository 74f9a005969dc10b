"""Template filters over `home.typography`."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from home import typography

register = template.Library()


@register.filter(is_safe=True)
def glue(value: object) -> str:
    """Hard spaces where a Polish line may not end; `{{ title|glue }}`."""
    return typography.glue(value if isinstance(value, str) else str(value)) if value else ""


@register.filter(is_safe=True)
def soften(value: object) -> str:
    """Soft hyphens in very long words, for narrow boxes; `{{ title|glue|soften }}`."""
    return typography.soften(value if isinstance(value, str) else str(value)) if value else ""


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def date_range(start: date | datetime | None, end: date | datetime | None = None) -> str:
    """`{{ start|date_range:end }}`: "4–5 lutego 2027"."""
    return typography.glue(typography.date_range(_day(start), _day(end) if end else None)) if start else ""


@register.filter
def full_date(value: date | datetime | None) -> str:
    """ "28 listopada 2026"."""
    return typography.glue(date_format(_day(value), "j E Y")) if value else ""


@register.filter
def day_month(value: date | datetime | None) -> str:
    """ "28 listopada", for dates whose year is clear."""
    return typography.glue(date_format(_day(value), "j E")) if value else ""


@register.filter
def month(value: date | datetime | None) -> str:
    """ "listopada": the month as it follows a day."""
    return date_format(_day(value), "E") if value else ""


@register.filter
def thousands(value: int | None) -> str:
    """74600 as "74 600"."""
    return typography.thousands(int(value)) if value is not None else ""
