"""A map of the sixteen voivodeships: each region may be a link, places may be marked by dots."""

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from home.drawings.shapes import number

#: Of a degree of latitude.
KILOMETRES = 111.2


class Region(NamedTuple):
    """A voivodeship on the map. `slug` is its ASCII name, `name` what a table calls it; without `url` the region is
    not a link."""

    slug: str
    count: int  # type: ignore[assignment]
    label: str
    url: str = ""
    name: str = ""


class Spot(NamedTuple):
    """A place: degrees north and east, and what it is. `strong` tells held from planned by shape; a ring marks what lies
    within `around` kilometres."""

    latitude: float
    longitude: float
    label: str
    url: str = ""
    strong: bool = True
    around: int = 0


class Step(NamedTuple):
    """A tone of the map, 0 to 3, and the counts that have it."""

    tone: int
    words: str


@lru_cache(maxsize=1)
def _geometry() -> dict[str, Any]:
    geometry: dict[str, Any] = json.loads(
        (Path(__file__).parent / "voivodeships.json").read_text(encoding="utf-8")
    )
    return geometry


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees (WGS 84) to the map's own coordinates."""
    plane = _geometry()["projection"]
    scale, margin = plane["pixels_per_degree"], plane["margin"]
    x = margin + (longitude - plane["west"]) * plane["cosine"] * scale
    return x, margin + (plane["north"] - latitude) * scale


def poland_map(
    regions: Iterable[Region], spots: Iterable[Spot] = (), *, label: str, numbers: bool = True
) -> SafeString:
    """The map as inline SVG; `label` says what it shows. Give the same numbers in a list beside it.

    Four steps of tone follow the counts, the darkest being the highest; a region with nothing is never a link.
    """
    known = {region.slug: region for region in regions}
    highest = highest_of(known.values())
    spots = list(spots)
    points = [project(spot.latitude, spot.longitude) for spot in spots]
    parts = [_region(slug, known.get(slug), highest, numbers, points) for slug in _geometry()["shapes"]]
    parts += [_spot(spot) for spot in spots]
    width, height = _geometry()["view_box"]
    return mark_safe(  # nosec B308 B703
        f'<svg class="map" viewBox="0 0 {width} {height}" role="group" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def _region(
    slug: str, region: Region | None, highest: int, numbers: bool, points: Iterable[tuple[float, float]]
) -> str:
    shape = _geometry()["shapes"][slug]
    x, y = shape["label"]
    # A number stands below a place that would lie on it.
    y += 18 if any(math.dist((x, y), point) < 16 for point in points) else 0
    count = region.count if region else 0
    tone = tone_of(count, highest)
    text = f'<text x="{x}" y="{y + 6}" aria-hidden="true">{count}</text>' if numbers else ""
    body = f'<path d="{shape["path"]}"/>{text}'
    if region and region.url and count:
        return (
            f'<a class="q{tone}" href="{escape(region.url)}" aria-label="{escape(region.label)}">{body}</a>'
        )
    return f'<g class="q{tone}">{body}</g>'


def highest_of(regions: Iterable[Region]) -> int:
    return max([3, *(region.count for region in regions)])


def tone_of(count: int, highest: int) -> int:
    return math.ceil(3 * count / highest)


def legend(regions: Iterable[Region]) -> list[Step]:
    """What each tone of the map of these regions says."""
    highest = highest_of(regions)
    last = [highest * tone // 3 for tone in range(4)]
    steps = [Step(0, "0")]
    for tone in (1, 2, 3):
        low, high = last[tone - 1] + 1, last[tone]
        steps.append(Step(tone, str(high) if low == high else f"{low}–{high}"))
    return steps


def _spot(spot: Spot) -> str:
    x, y = project(spot.latitude, spot.longitude)
    ring = ""
    if spot.around:
        radius = spot.around / KILOMETRES * _geometry()["projection"]["pixels_per_degree"]
        ring = f'<circle class="ring" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
    kind = "spot" if spot.strong else "spot spot--open"
    circle = f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="7"><title>{escape(spot.label)}</title></circle>'
    circle = ring + circle
    if not spot.url:
        return circle
    halo = f'<circle class="halo" cx="{number(x)}" cy="{number(y)}" r="14"/>'
    return f'<a href="{escape(spot.url)}" aria-label="{escape(spot.label)}">{halo}{circle}</a>'
