"""A million people in one index: all are taken, and a question finds ten times what it finds among a hundred thousand.

The times are in the log (add `-o log_cli=true -o log_cli_level=INFO`): machines differ, so none is asserted.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch]

logger = logging.getLogger("tests.search.growth")
ROOT = Path(__file__).resolve().parent.parent.parent
HOUR = 3600


def grown(out: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "benchmarks/growth.py", "--json", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HOUR, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    logger.info(done.stdout)
    made: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize(
    ("small", "large", "options"),
    [(100_000, 1_000_000, []), (20_000, 200_000, ["--vectors"])],
    ids=["words", "random vectors"],
)
def test_a_large_index_is_filled_and_answers(
    tmp_path: Path, small: int, large: int, options: list[str]
) -> None:
    made = grown(tmp_path / "growth.json", "--small", str(small), "--large", str(large), *options)
    assert made["documents"] == {"small": small, "large": large}
    assert made["vectors"] == ("random" if options else "none")
    hits = made["hits found"]
    assert hits["large"] / hits["small"] == pytest.approx(large / small, rel=0.1)
