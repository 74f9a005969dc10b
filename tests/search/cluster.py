"""Three Elasticsearch nodes on this machine, from the installation that bin/services uses; each may be killed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
NODES = 3
HEAP = "512m"
START_SECONDS = 300


def services() -> Any:
    """bin/services as a module."""
    loader = SourceFileLoader("services", str(ROOT / "bin/services"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come true in {seconds:.0f} s"
        time.sleep(0.3)


@dataclass
class Node:
    name: str
    url: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None


class Cluster:
    def __init__(self) -> None:
        self._services = services()
        self._home: Path | None = None
        self.nodes: list[Node] = []

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def build(self) -> None:
        """Raises Unavailable where no Elasticsearch can be had, or no Java."""
        have = self._services
        have.HERE.mkdir(exist_ok=True)
        java = have.java_home()
        if java is None:
            raise have.Unavailable("no Java 17 or newer was found")
        archive = have.elasticsearch_zip()
        have.ensure_user()
        self._home = home = have.private_directory("cluster")
        server = have.unpack(archive, home)
        names = [f"node-{number}" for number in range(1, NODES + 1)]
        ports = {name: (have.free_port(), have.free_port()) for name in names}
        for name, (http, transport) in ports.items():
            place = home / name
            shutil.copytree(server / "config", place / "config")
            (place / "tmp").mkdir()
            settings = {
                "cluster.name": f"przestrzen-{home.name}",
                "node.name": name,
                "discovery.seed_hosts": json.dumps([f"127.0.0.1:{port}" for _http, port in ports.values()]),
                "cluster.initial_master_nodes": json.dumps(names),
                "http.host": "127.0.0.1",
                "http.port": str(http),
                "transport.host": "127.0.0.1",
                "transport.port": str(transport),
                "path.data": str(place / "data"),
                "path.logs": str(place / "logs"),
                "xpack.security.enabled": "false",
                "node.store.allow_mmap": "false",
                "cluster.routing.allocation.disk.threshold_enabled": "false",
            }
            text = "".join(f"{key}: {value}\n" for key, value in settings.items())
            (place / "config/elasticsearch.yml").write_text(text)
            environment = {
                "ES_JAVA_HOME": str(java),
                "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
                "ES_PATH_CONF": str(place / "config"),
                "ES_TMPDIR": str(place / "tmp"),
                "HOME": str(place),
            }
            program = [str(server / "bin/elasticsearch")]
            log = have.HERE / f"cluster-{name}.log"
            log.write_bytes(b"")
            self.nodes.append(Node(name, f"http://127.0.0.1:{http}", program, environment, log))
        if have.as_root():
            for path in [home, *home.rglob("*")]:
                shutil.chown(path, have.USER, have.USER)

    def start(self, *nodes: Node) -> None:
        for node in nodes:
            assert node.process is None
            node.process = self._services.run_as_user(node.command, node.log, node.environment)

    def kill(self, *nodes: Node) -> None:
        """With -9: nothing is said, nothing is written down."""
        for node in nodes:
            if node.process:
                self._services.end_group(node.process.pid, signal.SIGKILL)
                node.process.wait()
                node.process = None

    def await_nodes(self, number: int, status: str = "green") -> float:
        """Until so many nodes are one cluster; the seconds it took."""
        began = time.monotonic()
        until(lambda: self._is(number, status), START_SECONDS, f"{number} nodes, {status}")
        return time.monotonic() - began

    def _is(self, number: int, status: str) -> bool:
        told = self.health()
        wanted = ("green",) if status == "green" else ("green", "yellow")
        return bool(told and told["number_of_nodes"] == number and told["status"] in wanted)

    def health(self) -> dict[str, Any] | None:
        """What the first node that answers says."""
        for node in self.nodes:
            if node.process is None:
                continue
            try:
                with urllib.request.urlopen(f"{node.url}/_cluster/health?timeout=1s", timeout=3) as answer:
                    return dict(json.load(answer))
            except (OSError, ValueError):
                continue
        return None

    def remove(self) -> None:
        self.kill(*self.nodes)
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def three_nodes() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        cluster.build()
        cluster.start(*cluster.nodes)
        cluster.await_nodes(NODES)
        yield cluster
    finally:
        cluster.remove()
