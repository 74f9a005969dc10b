"""Every block shows its preview, and what it shows can be read by everybody."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail import blocks

from home.blocks import BodyBlock
from home.blocks.lists import TableBlock
from home.blocks.media import ImageBlock, VideoBlock, embed_address
from home.blocks.text import ButtonBlock, HeadingBlock

BLOCKS = BodyBlock().child_blocks


def shown(block: blocks.Block, value: object = None) -> BeautifulSoup:
    value = block.get_preview_value() if value is None else block.to_python(value)
    return BeautifulSoup(block.render(value), "html.parser")


@pytest.mark.parametrize("name", BLOCKS)
def test_block_is_complete_for_the_editor(name: str) -> None:
    block = BLOCKS[name]
    assert block.is_previewable
    assert block.meta.icon != "placeholder"
    assert block.label
    assert block.get_description()
    assert block.meta.template.startswith("blocks/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "practitioners"])
def test_preview_renders_accessibly(name: str) -> None:
    page = shown(BLOCKS[name])
    assert page.get_text(strip=True)
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4"])]
    assert not levels or levels[0] <= 3
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(image.has_attr("alt") for image in page.find_all("img"))
    assert not page.find(style=True)
    assert not page.find("iframe")


def test_body_renders_blocks_without_wrappers() -> None:
    body = BodyBlock()
    value = body.to_python(
        [
            {"type": "heading", "value": {"text": "Ile to kosztuje", "level": "h2"}},
            {"type": "paragraph", "value": "<p>Dużo, w tym sala.</p>"},
        ]
    )
    page = BeautifulSoup(body.render(value), "html.parser")
    assert [tag.name for tag in page.find_all(recursive=False)] == ["h2", "p"]
    assert page.h2["id"] == "ile-to-kosztuje"


def test_polish_heading_gives_a_readable_anchor() -> None:
    assert shown(HeadingBlock(), {"text": "Łódź głosuje", "level": "h3"}).h3["id"] == "lodz-glosuje"


def test_table_has_caption_and_scopes() -> None:
    table = shown(TableBlock()).table
    assert table.caption.get_text() == "Panel dla 36 osób, cztery spotkania".replace(
        "36 osób", "36\u00a0osób"
    )
    assert {cell["scope"] for cell in table.thead.find_all("th")} == {"col"}
    assert {cell["scope"] for cell in table.tbody.find_all("th")} == {"row"}
    assert "r" in table.tbody.td["class"]


@pytest.mark.parametrize("missing", ["table_caption", "first_row_is_table_header"])
def test_table_without_caption_or_header_is_refused(missing: str) -> None:
    block = TableBlock()
    with pytest.raises(ValidationError):
        block.clean({**block.meta.preview_value, missing: ""})


def test_cells_of_a_table_are_escaped() -> None:
    block = TableBlock()
    value = {**block.meta.preview_value, "data": [["A", "B"], ["<script>", "1"]]}
    assert "<script>" not in block.render(value)


@pytest.mark.parametrize(
    ("url", "embed"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
        ),
        ("https://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        ("https://example.org/watch?v=abcdefghijk", ""),
        ("http://www.youtube.com/watch?v=abcdefghijk", ""),
        ('https://www.youtube.com/watch?v="><script>', ""),
        ("https://[", ""),
    ],
)
def test_only_known_services_play(url: str, embed: str) -> None:
    assert embed_address(url) == embed


def test_film_asks_no_other_host_before_a_click() -> None:
    page = shown(VideoBlock())
    assert not page.find_all(["iframe", "img", "script"])
    assert page.figure["data-video"].startswith("https://www.youtube-nocookie.com/")
    assert page.find("a")["href"].startswith("https://www.youtube.com/")


def test_drawn_picture_with_a_text_alternative_is_an_image() -> None:
    page = shown(ImageBlock(), {"topic": "forum", "alt": "Sześć stołów", "caption": "", "credit": ""})
    assert page.find(role="img")["aria-label"] == "Sześć stołów"
    assert not shown(ImageBlock(), {"topic": "forum", "alt": "", "caption": "x"}).find(role="img")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", ""])
def test_button_needs_a_real_address(address: str) -> None:
    block = ButtonBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "Dalej", "page": None, "href": address}))
