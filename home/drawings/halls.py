"""Halls seen from above: the hero's round assembly and the benches of the programme's promises."""

import math
import random
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from home.drawings.shapes import dot, number, ring_sector, svg


class Bench(NamedTuple):
    """One promise: how many meetings in all, how many were held, how many more have a date."""

    total: int
    done: int
    dated: int


@lru_cache(maxsize=4)
def round_hall(seed: str = "hero", rings: int = 6) -> SafeString:
    """A whole assembly; one large seat is the person the reader looks for."""
    rng = random.Random(f"hall:{seed}")  # nosec B311
    turn = math.radians(222)
    found = (500 + 244 * math.cos(turn), 500 + 244 * math.sin(turn))
    parts = []
    for row in range(rings):
        radius, seat = 102 + row * 71, 23 + row * 2
        count = int(math.tau * radius / (seat * 2.55))
        start = rng.uniform(0, 1)
        for index in range(count):
            angle = start + index * math.tau / count
            if 78 < math.degrees(angle) % 360 < 102:  # the aisle
                continue
            x, y = 500 + radius * math.cos(angle), 500 + radius * math.sin(angle)
            if math.hypot(x - found[0], y - found[1]) < 70 + seat + 12:
                continue
            kind = rng.choices(["h-kraft", "h-ink", "h-tint", "h-line"], [46, 20, 16, 18])[0]
            parts.append(dot(x, y, seat - 2 * (kind == "h-line"), kind))
    parts += [dot(500, 500, 48, "h-ink"), dot(*found, 74, "h-acc")]
    return svg(parts, "0 0 1000 1000", "hall-round")


def benches(rows: Iterable[Bench]) -> SafeString:
    """The promises as a half-round hall, from the innermost bench outwards; one seat a meeting."""
    return _benches(tuple(rows))


@lru_cache(maxsize=32)
def _benches(rows: tuple[Bench, ...]) -> SafeString:
    thick, pitch = 50, 63
    outermost = 27 + max(len(rows) - 1, 0) * pitch + thick / 2
    x, y = outermost + 25, outermost + 25
    parts = []
    for index, bench in enumerate(rows):
        radius = 27 + index * pitch
        gap = 7 / radius if bench.total > 1 else 0
        for seat in range(bench.total):
            start = math.pi + seat * math.pi / bench.total + gap / 2
            end = math.pi + (seat + 1) * math.pi / bench.total - gap / 2
            held, dated = seat < bench.done, seat < bench.done + bench.dated
            kind = "b-done" if held else "b-dated" if dated else "b-open"
            inner = radius - thick / 2 if index else 0
            parts.append(
                f'<path class="{kind}" d="{ring_sector((x, y), inner, radius + thick / 2, start, end)}"/>'
            )
        label = x + radius if index else x
        parts.append(
            f'<text class="b-num" x="{number(label)}" y="{number(y + 32)}" text-anchor="middle">{bench.total}</text>'
        )
    return svg(parts, f"0 0 {number(2 * x)} {number(y + 44)}", "benches")
