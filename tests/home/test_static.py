"""Every static file that a template names is there: the manifest storage of production refuses what is not."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMED = sorted(
    {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"{% static '([^']+)'", path.read_text())
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_named_file_exists(name: str) -> None:
    assert finders.find(name)


def test_some_are_named() -> None:
    assert "css/site.css" in NAMED
