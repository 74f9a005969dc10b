"""Covers of articles, events and cases: nine subjects, a variant for every seed."""

import math
import random
import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.safestring import SafeString

from home.drawings.shapes import dot, number, rect, ring, svg, svg_file

WIDTH, HEIGHT = 800, 500


def _panel(rng: random.Random) -> list[str]:
    """A citizens' panel: half-round benches, some seats drawn by lot."""
    centre = rng.choice([(400, 520), (280, 520), (520, 520)])
    parts = [rect(0, 0, WIDTH, HEIGHT, "k-acc"), dot(*centre, 92, "k-paper")]
    free_row = rng.randrange(1, 4)
    kinds = ["k-tint", "k-tint", "k-ink", "k-paper"]
    for row in range(6):
        count = 9 + row * 4
        free = rng.randrange(count // 3, 2 * count // 3) if row == free_row else None
        parts += ring(
            centre, 150 + row * 72, count, 25, kinds, rng,
            start=math.pi, sweep=math.pi, free=free, closed=False,
        )  # fmt: skip
    return parts


def _dialog(rng: random.Random) -> list[str]:
    """A dialogue: perspectives that overlap without becoming one."""
    y, reach = rng.uniform(215, 275), rng.uniform(165, 190)
    return [
        rect(0, 0, WIDTH, HEIGHT, "k-bg"),
        dot(400 - reach, y - 20, 205, "k-acc m"),
        dot(400 + reach * 0.2, y + 60, 180, "k-kraft m"),
        dot(400 + reach * 1.2, y - 35, 165, "k-ink m"),
        dot(400 + reach * 0.2, y + 60, 24, "k-free"),
    ]


def _budzet(rng: random.Random) -> list[str]:
    """A civic budget: projects of different cost set side by side on one line."""
    parts, x, base = [rect(0, 0, WIDTH, HEIGHT, "k-bg"), rect(0, 410, WIDTH, 90, "k-ink")], -30.0, 410
    sizes = [150, 62, 104, 38, 84, 52, 126]
    rng.shuffle(sizes)
    for index, size in enumerate(sizes):
        kinds = ["k-acc", "k-kraft", "k-tint"] if index % 2 else ["k-acc", "k-tint"]
        parts.append(dot(x + size, base - size, size, rng.choice(kinds) + " m"))
        x += size * 1.62
    return [*parts, dot(rng.uniform(520, 700), base + 45, 26, "k-free")]


def _klimat(rng: random.Random) -> list[str]:
    """Climate: a sun over water made of rows of half circles."""
    sun = rng.uniform(220, 580)
    parts = [
        rect(0, 0, WIDTH, HEIGHT, "k-tint"),
        dot(sun, 190, 140, "k-free"),
        dot(sun, 190, 140, "k-kraft m"),
    ]
    for row, kind in enumerate(("k-acc", "k-ink", "k-acc", "k-paper")):
        for index in range(-1, 8):
            drawn = kind if rng.random() > 0.12 else "k-tint"
            parts.append(dot(index * 118 + (59 if row % 2 else 0), 350 + row * 56, 60, drawn))
    return parts


def _mentoring(rng: random.Random) -> list[str]:
    """Mentoring: a large circle beside a small one; they share a seat."""
    x, y = rng.uniform(270, 310), 250
    parts = [
        rect(0, 0, WIDTH, HEIGHT, "k-bg"),
        dot(x, y, 178, "k-acc m"),
        dot(x + 262, y + 60, 128, "k-tint m"),
    ]
    parts += ring((x, y), 178, 16, 22, ["k-ink"], rng, start=0.1)
    parts += ring((x + 262, y + 60), 128, 9, 22, ["k-ink", "k-kraft"], rng, start=0.4, free=rng.randrange(9))
    return parts


def _prawo(rng: random.Random) -> list[str]:
    """Law and rules: a strict grid of quarter circles."""
    parts, side = [rect(0, 0, WIDTH, HEIGHT, "k-bg")], 100
    free = (rng.randrange(2, 6), rng.randrange(1, 4))
    for column in range(8):
        for row in range(5):
            x, y, quarter = column * side, row * side, rng.randrange(5)
            kind = rng.choice(["k-ink", "k-acc", "k-acc", "k-kraft", "k-tint"])
            if (column, row) == free:
                parts += [rect(x, y, side, side, "k-acc"), dot(x + 50, y + 50, 32, "k-free")]
            elif quarter == 4:
                parts.append(dot(x + 50, y + 50, 50, kind))
            else:
                corner_x, corner_y = x + side * (quarter in (1, 2)), y + side * (quarter in (2, 3))
                across = side if quarter in (0, 3) else -side
                down = side if quarter in (0, 1) else -side
                turn = 1 if quarter in (0, 2) else 0
                parts.append(
                    f'<path class="{kind}" d="M{corner_x} {corner_y}h{across}'
                    f'A{side} {side} 0 0 {turn} {corner_x} {corner_y + down}z"/>'
                )
    return parts


def _forum(rng: random.Random) -> list[str]:
    """A forum: six tables at once, each with its own circle of seats."""
    parts, free = [rect(0, 0, WIDTH, HEIGHT, "k-ink")], rng.randrange(6)
    for table in range(6):
        x, y = 135 + (table % 3) * 265, 130 + (table // 3) * 245
        parts.append(dot(x, y, 58, ["k-acc", "k-kraft", "k-tint"][(table + rng.randrange(3)) % 3]))
        seats = 9 + rng.randrange(3)
        parts += ring((x, y), 92, seats, 17, ["k-paper", "k-paper", "k-tint"], rng, start=rng.random())
        if table == free:
            parts.append(dot(x, y, 24, "k-free"))
    return parts


def _wlaczanie(rng: random.Random) -> list[str]:
    """Inclusion: one circle, seats of very different sizes, and a way in."""
    parts, turn = [rect(0, 0, WIDTH, HEIGHT, "k-kraft")], rng.random()
    for seat in range(11):
        angle, size = turn + seat * math.tau / 12, rng.choice([34, 46, 60, 76])
        kind = rng.choice(["k-acc", "k-ink", "k-paper", "k-acc"]) + (" m" if size > 40 else "")
        parts.append(dot(400 + 285 * math.cos(angle), 250 + 168 * math.sin(angle), size, kind))
    angle = turn + 11 * math.tau / 12
    return [*parts, dot(400 + 270 * math.cos(angle), 250 + 150 * math.sin(angle), 40, "k-free")]


def _mlodziez(rng: random.Random) -> list[str]:
    """Young people: circles that have not yet sat down."""
    seats: list[tuple[float, float, int]] = []
    for _ in range(400):
        size = rng.choice([30, 42, 58, 84, 110])
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        if all(math.hypot(x - a, y - b) > (size + c) * 0.86 for a, b, c in seats):
            seats.append((x, y, size))
    free = max(seats, key=lambda seat: -abs(seat[2] - 42) * 100 - abs(seat[0] - 400))
    kinds = ["k-paper", "k-tint", "k-ink", "k-tint", "k-kraft"]
    return [
        rect(0, 0, WIDTH, HEIGHT, "k-acc"),
        *(dot(*seat, "k-free" if seat == free else rng.choice(kinds)) for seat in seats),
    ]


TOPICS: dict[str, Callable[[random.Random], list[str]]] = {
    "panel": _panel,
    "dialog": _dialog,
    "budzet": _budzet,
    "klimat": _klimat,
    "mentoring": _mentoring,
    "prawo": _prawo,
    "forum": _forum,
    "wlaczanie": _wlaczanie,
    "mlodziez": _mlodziez,
}


# Colours that change places: two covers of a subject seldom meet in the same ones.
TURNS: list[dict[str, str]] = [
    {},
    {"k-acc": "k-ink", "k-ink": "k-acc"},
    {"k-bg": "k-tint", "k-tint": "k-bg"},
    {"k-bg": "k-kraft", "k-kraft": "k-bg", "k-tint": "k-paper"},
    {"k-acc": "k-ink", "k-ink": "k-acc", "k-bg": "k-tint", "k-tint": "k-kraft", "k-kraft": "k-bg"},
]
COLOUR = re.compile(r"\bk-(?:acc|ink|bg|tint|kraft|paper)\b")


def _parts(topic: str, seed: str) -> list[str]:
    """The subject's drawing, seen from another side for every seed: turned round, nearer, in other colours."""
    if topic not in TOPICS:
        topic = sorted(TOPICS)[sum(map(ord, topic)) % len(TOPICS)]
    rng = random.Random(f"{topic}:{seed}")  # nosec B311
    turn, mirrored, near = rng.choice(TURNS), rng.random() < 0.5, rng.choice([1, 1, 1.2, 1.45])
    x, y = rng.uniform(0.2, 0.8) * WIDTH * (1 - near), rng.uniform(0.4, 0.6) * HEIGHT * (1 - near)
    drawn = "".join(TOPICS[topic](rng))
    drawn = COLOUR.sub(lambda found: turn.get(found[0], found[0]), drawn)
    side = (
        f"{number(WIDTH - x)} {number(y)}) scale({-near} {near}"
        if mirrored
        else f"{number(x)} {number(y)}) scale({near}"
    )
    return [f'<g transform="translate({side})">{drawn}</g>']


@lru_cache(maxsize=512)
def cover(topic: str, seed: str) -> SafeString:
    """The cover of a page that has no photograph; any word is accepted as a topic and gets some picture."""
    return svg(_parts(topic, seed), f"0 0 {WIDTH} {HEIGHT}", "cover", fill_box=True)


def cover_file(topic: str, seed: str, label: str) -> str:
    """The same cover as an SVG document (feeds, previews in social media, the demo's images)."""
    return svg_file(_parts(topic, seed), WIDTH, HEIGHT, label)
