"""The few SVG shapes that all drawings are made of."""

import math
import random
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PALETTE = {
    "k-bg": "#ece3cf",
    "k-kraft": "#cdbf9f",
    "k-tint": "#b9c4ee",
    "k-acc": "#1a3cc0",
    "k-ink": "#191712",
    "k-paper": "#f7f2e6",
    "k-free": "#f7f2e6",
    "l-seat": "#191712",
    "l-free": "#1a3cc0",
}


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def dot(x: float, y: float, radius: float, kind: str) -> str:
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{number(x)}" y="{number(y)}" '
        f'width="{number(width)}" height="{number(height)}"/>'
    )


def ring(
    centre: tuple[float, float],
    radius: float,
    count: int,
    seat: float,
    kinds: Sequence[str],
    rng: random.Random,
    *,
    start: float = 0.0,
    sweep: float = math.tau,
    free: int | None = None,
    closed: bool = True,
) -> list[str]:
    """Seats along an arc; `free` is the index of the empty chair."""
    step = sweep / (count if closed else max(count - 1, 1))
    seats = []
    for index in range(count):
        angle = start + index * step
        kind = "k-free" if index == free else rng.choice(kinds)
        x, y = centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
        seats.append(dot(x, y, seat, kind))
    return seats


def ring_sector(centre: tuple[float, float], inner: float, outer: float, start: float, end: float) -> str:
    """Path data of one seat of a bench: a piece of a ring between two angles (radians)."""

    def point(radius: float, angle: float) -> str:
        return (
            f"{number(centre[0] + radius * math.cos(angle))} {number(centre[1] + radius * math.sin(angle))}"
        )

    outer_arc = f"A{number(outer)} {number(outer)} 0 0 1 {point(outer, end)}"
    if inner <= 0:
        return f"M{point(outer, start)}{outer_arc}z"
    inner_arc = f"A{number(inner)} {number(inner)} 0 0 0 {point(inner, start)}"
    return f"M{point(inner, start)}L{point(outer, start)}{outer_arc}L{point(inner, end)}{inner_arc}z"


def svg(parts: Iterable[str], view_box: str, css_class: str, *, fill_box: bool = False) -> SafeString:
    """An inline drawing: decoration, hidden from assistive technology."""
    aspect = ' preserveAspectRatio="xMidYMid slice"' if fill_box else ""
    return mark_safe(  # nosec B308 B703
        f'<svg class="{css_class}" viewBox="{view_box}" aria-hidden="true" focusable="false"{aspect}>'
        f"{''.join(parts)}</svg>"
    )


def svg_file(parts: Iterable[str], width: int, height: int, label: str) -> str:
    """A drawing as a file of its own, with the light palette baked in and a text alternative."""
    rules = "".join(f".{kind}{{fill:{colour}}}" for kind, colour in PALETTE.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(label)}">'
        f"<style>{rules}.m{{mix-blend-mode:multiply}}</style>{''.join(parts)}</svg>"
    )
