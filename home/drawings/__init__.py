"""The look's motif, drawn by code: seats in a round, one of them free.

Every drawing is deterministic: the same arguments give the same SVG, so results are cached for the life of
the process. Colours are CSS classes, so an inline drawing follows the light and dark schemes; a standalone
one carries the light palette with it.
"""

from home.drawings.covers import TOPICS, cover, cover_file
from home.drawings.halls import Bench, benches, round_hall
from home.drawings.maps import Region, Spot, Step, legend, poland_map, project
from home.drawings.marks import logo, logo_file, portrait, seat_mark

__all__ = [
    "TOPICS",
    "Bench",
    "Region",
    "Spot",
    "Step",
    "benches",
    "cover",
    "cover_file",
    "legend",
    "logo",
    "logo_file",
    "poland_map",
    "portrait",
    "project",
    "round_hall",
    "seat_mark",
]
