"""Pictures of a result, as SVG whose colours are classes. Each stands beside a table with the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.money import number
from budgets.results import Project
from home.typography import zlotys

WIDTH, LEFT, RIGHT = 560, 64, 540
TOP, BOTTOM = 30, 330
MOST_TITLES = 120  # circles that say their project; with more the page would grow too heavy
LONGEST_LABEL = 26
LETTER = 11  # width of a letter of a label on a phone, where it is largest, in units of the picture


def bar(won: Decimal | int, everything: Decimal | int, most: Decimal | int) -> SafeString:
    """Two lengths on one track: the selected over all, against the longest bar of the table."""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="lost" width="{}" height="10"/><rect class="won" width="{}" height="10"/></svg>',
        _share(everything, most),
        _share(won, most),
    )


def _share(part: Decimal | int, whole: Decimal | int) -> str:
    return f"{Decimal(part) * 100 / Decimal(whole):.1f}" if whole else "0"


def filled_pot(amount: Decimal, paid: Sequence[Decimal]) -> SafeString:
    """A strip for each selected project in the order of votes, and an empty one for the money left."""
    if amount <= 0:
        return SafeString("")
    scale = 1000 / max(amount, sum(paid, Decimal(0)))
    rects, x = [], Decimal(0)
    for place, cost in enumerate(paid):
        width = cost * scale
        rects.append(("alt" if place % 2 else "own", f"{x:.1f}", 0, f"{max(width - 3, Decimal(1)):.1f}", 48))
        x += width
    if 1000 - x > 3:
        rects.append(("rest", f"{x + 1:.1f}", 1, f"{1000 - x - 2:.1f}", 46))
    return format_html(
        '<svg class="pot" viewBox="0 0 1000 48" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>',
        format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', rects),
    )


def ticks(most: Decimal, at_most: int = 5) -> list[Decimal]:
    """Round numbers from 0 to the first that is not below `most`: steps of 1, 2 or 5 by a power of ten."""
    if most <= 0:
        return [Decimal(0), Decimal(1)]
    step = Decimal(1).scaleb(most.adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50):
        if step * factor * at_most >= most:
            step *= factor
            break
    marks = [Decimal(0)]
    while marks[-1] < most:
        marks.append(marks[-1] + step)
    return marks


def scatter(projects: Sequence[Project], named: Sequence[str] = ()) -> SafeString:
    """Cost (x, thousands of zlotys) against votes (y); full circles won. `named`: ids of projects to label."""
    if not projects:
        return SafeString("")
    costs, votes = ticks(max(p.cost for p in projects)), ticks(Decimal(max(p.votes for p in projects)))

    def x(cost: Decimal) -> str:
        return f"{LEFT + cost * (RIGHT - LEFT) / costs[-1]:.0f}"

    def y(count: Decimal | int) -> str:
        return f"{BOTTOM - Decimal(count) * (BOTTOM - TOP) / votes[-1]:.0f}"

    grid = format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            ("grid" if mark else "axis", LEFT, y(mark), RIGHT, LEFT - 8, int(y(mark)) + 5, number(mark))
            for mark in votes
        ),
    )
    scale = format_html_join(
        "",
        '<text x="{}" y="356" text-anchor="middle">{}</text>',
        ((x(mark), number(mark / 1000, 1)) for mark in costs),
    )
    with_titles = len(projects) <= MOST_TITLES
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}">{}</circle>',
        (
            (
                "p-won" if p.won else "p-lost",
                x(p.cost),
                y(p.votes),
                9 if with_titles else 5,
                format_html("<title>{}: {}, {}</title>", p.name, number(p.votes), zlotys(p.cost))
                if with_titles
                else "",
            )
            for p in projects
        ),
    )
    labels = format_html_join(
        "",
        '<text class="lab" x="{}" y="{}" text-anchor="{}">{}</text>',
        _labels(projects, named, {p.id: (int(x(p.cost)), int(y(p.votes))) for p in projects}),
    )
    return format_html(
        '<svg class="plot" viewBox="0 0 {} 396" role="img" aria-label="{}">{}{}'
        '<text x="298" y="386" text-anchor="middle">{}</text><text x="{}" y="12">{}</text>{}{}</svg>',
        WIDTH,
        _("Wykres punktowy: koszt i liczba głosów każdego projektu. Te same liczby są w liście projektów."),
        grid,
        scale,
        _("koszt w tysiącach złotych"),
        LEFT,
        _("głosy"),
        circles,
        labels,
    )


Box = tuple[int, int, int, int]  # left, top, right, bottom


def _labels(
    projects: Sequence[Project], named: Sequence[str], places: Mapping[str, tuple[int, int]]
) -> list[tuple[int, int, str, str]]:
    """Names beside their circles: x, y, anchor, text; each where it covers the fewest circles and names."""
    taken: list[Box] = [(x - 9, y - 9, x + 9, y + 9) for x, y in places.values()]
    labels = []
    for project in projects:
        if project.id not in named:
            continue
        name, (x, y) = project.name, places[project.id]
        if len(name) > LONGEST_LABEL:
            name = f"{name[:LONGEST_LABEL].rsplit(' ', 1)[0]}…"
        spots = [
            (x, y - 16, "middle"),
            (x, y + 27, "middle"),
            (x + 15, y + 5, "start"),
            (x - 15, y + 5, "end"),
            (x - 9, y - 16, "start"),
            (x + 9, y - 16, "end"),
            (x - 9, y + 27, "start"),
            (x + 9, y + 27, "end"),
        ]
        boxes = {spot: _box(*spot, len(name) * LETTER) for spot in spots}
        inside = [s for s, box in boxes.items() if box[0] >= LEFT and box[2] <= WIDTH and box[1] >= 0]
        spot = min(inside or spots, key=lambda s: sum(_meet(boxes[s], other) for other in taken))
        taken.append(boxes[spot])
        labels.append((*spot, name))
    return labels


def _box(x: int, y: int, anchor: str, width: int) -> Box:
    left = {"start": x, "middle": x - width // 2, "end": x - width}[anchor]
    return left, y - 15, left + width, y + 4


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
