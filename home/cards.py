"""What a page or a snippet shows of itself in a list, whatever the list."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Card:
    """Plain values for templates/components/card*.html.

    `kicker` is the small line above the title (kind, place), `meta` the one below the text (author, reading time),
    `day` and `month` the big date of an agenda row, `status` a pair (modifier, words) for the status component:
    modifier is "open", "part" or "done". `cover_topic` and `cover_seed` draw the cover when there is no `image`.
    """

    title: str
    url: str
    text: str = ""
    kicker: str = ""
    meta: str = ""
    image: object | None = None
    image_alt: str = ""
    cover_topic: str = ""
    cover_seed: str = ""
    date: object | None = None
    day: str = ""
    month: str = ""
    status: tuple[str, str] | None = None
    tags: tuple[str, ...] = field(default=())
    lang: str = ""
