"""Small round drawings: the mark, portraits of people without a photograph, seats of the three paths."""

import math
import random
from functools import lru_cache

from django.utils.safestring import SafeString

from home.drawings.shapes import dot, rect, svg, svg_file


def _logo_parts() -> list[str]:
    parts = []
    for seat in range(8):
        angle = -math.pi / 2 + math.pi / 8 + seat * math.tau / 8
        x, y = 30 + 21.5 * math.cos(angle), 30 + 21.5 * math.sin(angle)
        parts.append(dot(x, y, 6.9, "l-free" if seat == 0 else "l-seat"))
    return parts


@lru_cache(maxsize=1)
def logo() -> SafeString:
    """The mark: eight seats in a round, one of them free."""
    return svg(_logo_parts(), "0 0 60 60", "mark")


def logo_file(label: str) -> str:
    """The mark as an SVG document."""
    return svg_file(_logo_parts(), 60, 60, label)


@lru_cache(maxsize=4096)
def portrait(seed: str) -> SafeString:
    """A person without a photograph: circles that meet differently for every stable id."""
    rng = random.Random(f"portrait:{seed}")  # nosec B311
    angle = rng.uniform(0, math.tau)
    ground, one, two = rng.choice(
        [
            ("k-bg", "k-acc m", "k-kraft m"),
            ("k-tint", "k-acc m", "k-kraft m"),
            ("k-kraft", "k-ink m", "k-acc m"),
            ("k-acc", "k-tint", "k-ink"),
            ("k-bg", "k-ink m", "k-tint m"),
            ("k-tint", "k-ink", "k-paper"),
        ]
    )
    reach, large, small = rng.uniform(26, 34), rng.uniform(36, 46), rng.uniform(28, 38)
    side = angle + rng.choice([-1, 1]) * math.pi / 2
    parts = [
        rect(0, 0, 120, 120, ground),
        dot(60 + reach * math.cos(angle), 60 + reach * math.sin(angle), large, one),
        dot(60 - reach * math.cos(angle), 60 - reach * math.sin(angle), small, two),
        dot(60 + 44 * math.cos(side), 60 + 44 * math.sin(side), 9, "k-free"),
    ]
    return svg(parts, "0 0 120 120", "portrait", fill_box=True)


@lru_cache(maxsize=9)
def seat_mark(position: int) -> SafeString:
    """A round of nine seats; the coloured one (0 to 8) is the reader's own."""
    parts = [dot(60, 60, 20, "h-line")]
    for seat in range(9):
        angle = -math.pi / 2 + seat * math.tau / 9
        kind = "h-acc" if seat == position else "h-ink"
        parts.append(dot(60 + 43 * math.cos(angle), 60 + 43 * math.sin(angle), 12.5, kind))
    return svg(parts, "0 0 120 120", "seat-mark")
