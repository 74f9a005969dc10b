"""What a person on a fresh machine meets: one clear line for what they can mend."""

import io
import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper

from przestrzen.demo import progress
from search.models import Entry
from tests.test_architecture import ROOT


def start(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "bin" / script],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    told = start("demo", PORT=port)
    assert told.returncode == 1
    assert told.stderr == f"bin/demo: PORT must be a number from 1 to 65535, not “{port}”\n"


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = start("demo", PORT=str(port))
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert f"port {port} is taken" in told.stderr


def test_an_old_python_is_named_with_a_way_out(tmp_path: Path) -> None:
    for name in ("python3.11", "python3", "python"):
        stub = tmp_path / "stub" / name
        stub.parent.mkdir(exist_ok=True)
        stub.write_text('#!/bin/sh\n[ "$1" = --version ] && { echo Python 3.9.2; exit 0; }\nexit 1\n')
        stub.chmod(0o755)
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin/install"
    script.write_bytes((ROOT / "bin/install").read_bytes())
    script.chmod(0o755)
    told = subprocess.run(
        [script],
        env={"PATH": f"{tmp_path / 'stub'}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "Python 3.11 is needed and was not found (Python 3.9.2)" in told.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_at_every_fifth_and_a_terminal_one_that_moves() -> None:
    log, terminal = io.StringIO(), Terminal()
    for out in (log, terminal):
        told = progress.Progress(OutputWrapper(out), 230)
        for _ in range(230):
            told.step()
    assert [line.split()[0] for line in log.getvalue().splitlines()] == ["20", "40", "60", "80", "100"]
    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().count("\r") == 230
    assert progress.counted(1, "step") == "1 step"


@pytest.mark.django_db
def test_preparing_fills_an_index_that_is_empty_and_only_then() -> None:
    Entry.objects.all().delete()
    said = io.StringIO()
    call_command("prepare", stdout=said)
    assert "Filling the search index" in said.getvalue()
    assert Entry.objects.filter(kind="directory.municipality").count() > 2000
    again = io.StringIO()
    call_command("prepare", stdout=again)
    assert "Filling" not in again.getvalue()
