"""Reading the content."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(language: str, name: str) -> dict[str, Any]:
    """One file of one language; an empty dict where that language has none."""
    path = FOLDER / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
