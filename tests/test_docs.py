"""The pages tell the truth: what they tell people to type, set or open exists."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.test_architecture import ROOT, names_in_compose, names_read

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# Names in the shape of a variable that bin/ scripts and tools read, not the settings.
SCRIPT_NAMES = {"PORT", "CI", "PYTHON", "TEST_POSTGRESQL_URL", "TEST_ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE",
                "PRZESTRZEN_IGNORE_DOTENV", "PYTHONPATH"}  # fmt: skip


def tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.splitlines())


def identity(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_pages() -> None:
    assert {ROOT / "README.md", ROOT / "CHANGELOG.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_commands_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"manage\.py\s+([a-z][a-z0-9_]+)", text):
        assert command in get_commands(), command
    for script in re.findall(r"(?<![\w/.])bin/([a-z]+)", text):
        assert (ROOT / "bin" / script).exists(), script
    for script in re.findall(r"python3? (benchmarks/[\w/]+\.py)", text):
        assert (ROOT / script).exists(), script


@pytest.mark.git
@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target and not target.startswith(("/", "mailto:")):
            assert (page.parent / target).exists(), target
    files = tracked()
    for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|toml|html|css|js|csv|md|po|yaml))`", text):
        assert path in files or any(name.endswith("/" + path) for name in files), path


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_variables_exist(page: Path) -> None:
    known = names_read() | names_in_compose() | SCRIPT_NAMES
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"(?:^|[`\s])([A-Z][A-Z0-9]*_?[A-Z0-9_]*)=", text, re.M):
        assert name in known, name
