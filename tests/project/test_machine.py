"""What a machine lacks is installed by root, and named with the way out to everybody else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.search.cluster import services as load_services
from tests.test_architecture import ROOT

BASICS = (
    "bash", "sh", "env", "cat", "dirname", "find", "grep", "mktemp", "rm", "sleep", "tail", "tee", "touch", "python3",
)  # fmt: skip
PACKAGES = {"chromium": "chromium", "xgettext": "gettext", "git": "git"}


def program(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout whose bin/test meets stand-ins for the steps beside it, and a PATH of its own with only the basics."""
    path = tmp_path / "path"
    path.mkdir()
    for name in BASICS:
        found = shutil.which(name)
        assert found, name
        (path / name).symlink_to(found)
    for name in PACKAGES:
        program(path / name, "exit 0")
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/test", tmp_path / "bin/test")
    program(tmp_path / "bin/services", '[ "$1" = start ] && touch "$(dirname "$0")/done"; exit 0')
    # It ends the run as soon as the system's packages were looked at.
    program(tmp_path / "bin/install", 'while [ ! -e "$(dirname "$0")/done" ]; do sleep 0.05; done; exit 1')
    return tmp_path


def run_of(machine: Path, *, user: int, installs: int = 0) -> tuple[str, str]:
    """What bin/test says, and what it asks apt-get for."""
    program(machine / "path/id", f"echo {user}")
    log = machine / "apt"
    log.touch()
    program(
        machine / "path/apt-get", f'echo "$@" >>{log}; case "$*" in *install*) exit {installs};; esac; exit 0'
    )
    told = subprocess.run(
        [machine / "bin/test"],
        env={"PATH": str(machine / "path")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1
    return told.stderr, log.read_text()


@pytest.mark.parametrize(("lacking", "package"), PACKAGES.items())
def test_root_gets_a_missing_program_installed(machine: Path, lacking: str, package: str) -> None:
    (machine / "path" / lacking).unlink()
    said, asked = run_of(machine, user=0)
    assert f"installing {package}\n" in said
    assert f"install --no-install-recommends {package}\n" in asked
    assert asked.index(" update") < asked.index(" install")


@pytest.mark.parametrize(("lacking", "package"), PACKAGES.items())
def test_another_user_is_told_what_to_ask_root_for(machine: Path, lacking: str, package: str) -> None:
    (machine / "path" / lacking).unlink()
    said, asked = run_of(machine, user=1000)
    assert f"only root on Debian can install them here: apt-get install {package}\n" in said
    assert asked == ""


def test_a_failed_installation_is_told(machine: Path) -> None:
    (machine / "path/git").unlink()
    assert "apt-get could not install git:" in run_of(machine, user=0, installs=100)[0]


def test_where_nothing_is_missing_nothing_is_said(machine: Path) -> None:
    said, asked = run_of(machine, user=0)
    assert "install" not in said
    assert asked == ""


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """bin/services on a machine without containers and servers, with an apt-get that installs nothing."""
    module = load_services()
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("TEST_POSTGRESQL_URL", "DATABASE_URL", "TEST_ELASTICSEARCH_URL", "ELASTICSEARCH_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "HERE": tmp_path,
        "STATE": tmp_path / "state.json",
        "CACHE": tmp_path / "cache",
    }.items():
        monkeypatch.setattr(module, name, value)
    program(tmp_path / "apt-get", f'echo "$@" >>{tmp_path}/asked')
    return module


LACKING = [
    ("postgresql", "postgresql_programs", "postgresql"),
    ("elasticsearch", "java_home", "openjdk-17-jre-headless"),
    ("elasticsearch", "mvn", "maven"),
]


@pytest.mark.parametrize(("server", "lacking", "package"), LACKING)
@pytest.mark.parametrize("root", [True, False])
def test_a_server_that_is_not_there(
    services: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    server: str,
    lacking: str,
    package: str,
    root: bool,
) -> None:
    monkeypatch.setattr(services, "as_root", lambda: root)
    monkeypatch.setattr(services, "java_home", lambda: tmp_path)
    if hasattr(services, lacking):
        monkeypatch.setattr(services, lacking, lambda: None)
    missing: list[str] = []
    services.start_one(server, None, missing)
    said = capsys.readouterr().err
    assert missing == [server]
    assert f"{server}: NOT AVAILABLE: " in said
    if root:
        assert f"install --no-install-recommends {package}\n" in (tmp_path / "asked").read_text()
    else:
        assert f"only root on Debian can install it here: apt-get install {package};" in said
        assert not os.path.exists(tmp_path / "asked")


def test_a_python_that_can_make_no_environment_is_named_with_a_way_out(tmp_path: Path) -> None:
    python = tmp_path / "path/python3.11"
    program(python, 'case "$*" in *venv*) exit 1;; *sys.exit*) exit 0;; esac; echo x')
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/install", tmp_path / "bin/install")
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "requirements-dev.lock").touch()
    for name in (*BASICS, "df", "awk", "mkdir"):
        if not (tmp_path / "path" / name).exists():
            (tmp_path / "path" / name).symlink_to(str(shutil.which(name)))
    program(tmp_path / "path/id", "echo 1000")
    told = subprocess.run(
        [tmp_path / "bin/install"],
        env={"PATH": str(tmp_path / "path")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1
    assert "can't make a virtual environment; as root: apt-get install python3-venv\n" in told.stderr
