"""Blocks as they are written in TOML → a stored StreamField."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def stream(blocks: Iterable[Mapping[str, Any]], people: Mapping[str, int]) -> str:
    """The value to assign to a StreamField; `people` are primary keys by public id."""
    return json.dumps([{"type": block["type"], "value": value_of(dict(block), people)} for block in blocks])


def value_of(block: dict[str, Any], people: Mapping[str, int]) -> Any:
    kind = block.pop("type")
    match kind:
        case "paragraph":
            return block["html"]
        case "table":
            return {
                "table_caption": block["caption"],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "data": [block["header"], *block["rows"]],
            }
        case "practitioners":
            return {
                "title": block.get("title", ""),
                "people": [people[key] for key in block["people"] if key in people],
            }
        case "heading":
            return {"level": "h2", **block}
        case "callout":
            return {"kind": "note", **block}
    return block


def single(kind: str, texts: Iterable[str]) -> str:
    """A stream of blocks of one kind that hold a text each, such as an article's notes."""
    return json.dumps([{"type": kind, "value": text} for text in texts])
