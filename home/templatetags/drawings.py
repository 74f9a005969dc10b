"""Template tags over `home.drawings`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from home import drawings

register = template.Library()


@register.simple_tag
def cover(topic: str, seed: object) -> SafeString:
    """`{% cover page.cover_topic page.pk %}`: a drawn cover."""
    return drawings.cover(str(topic or ""), str(seed))


@register.simple_tag
def portrait(seed: object) -> SafeString:
    """`{% portrait practitioner.public_id %}`: a person without a photograph."""
    return drawings.portrait(str(seed))


@register.simple_tag
def round_hall() -> SafeString:
    return drawings.round_hall()


@register.simple_tag
def seat_mark(position: int) -> SafeString:
    return drawings.seat_mark(int(position) % 9)


@register.simple_tag
def logo() -> SafeString:
    return drawings.logo()


@register.filter
def bench_rows(rows: Iterable[Any]) -> list[drawings.Bench]:
    """Promises (with target, done, planned; the largest first) as benches, innermost first."""
    return [drawings.Bench(row.target, row.done, row.planned) for row in reversed(list(rows))]


@register.simple_tag
def benches(rows: Iterable[drawings.Bench]) -> SafeString:
    return drawings.benches(rows)


@register.simple_tag
def poland_map(
    regions: Iterable[drawings.Region], label: str, spots: Iterable[drawings.Spot] = (), plain: object = False
) -> SafeString:
    """`{% poland_map regions label %}`: see `home.drawings.poland_map`; `plain` leaves the numbers out."""
    return drawings.poland_map(regions or (), spots or (), label=label, numbers=not plain)


@register.filter
def legend(regions: Iterable[drawings.Region]) -> list[drawings.Step]:
    """What each tone of the map of these regions says."""
    return drawings.legend(regions)
