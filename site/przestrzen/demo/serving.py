"""What `bin/demo` runs once everything is loaded: web, worker and clock, as children of one process.

They are forked from the process that prepared the database. Loading Django takes seconds, and so it is paid once
at a start and not once for each part.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

ANSWERS_WITHIN = 180  # seconds
ENDS_WITHIN = 20
PR_SET_PDEATHSIG = 1


class Ended(Exception):
    """A part ended by itself, or the site does not answer; the message says which."""


def web(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "przestrzen.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_level=LogLevels.warning,
        static_path_route=["/media/images"],
        static_path_mount=[Path(settings.MEDIA_ROOT) / "images"],
    ).serve()


def worker() -> None:
    call_command("db_worker", reload=False)


def clock() -> None:
    call_command("tick", every=60)


def start(run: Callable[[], None], log: Path | None = None) -> int:
    """Fork a part; its process id.

    It has a process group of its own, so that Ctrl-C reaches the parent alone and a part is ended whole, and it
    ends with the parent, however that ends (where the system can say so).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.setpgid(0, 0)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if log:
            written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            os.dup2(written, 1)
            os.dup2(written, 2)
        if os.getppid() == parent:
            run()
            code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def stop(parts: dict[int, str]) -> None:
    """Ask every part to end, wait for them together, and end by force what has not."""
    for pid in parts:
        signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + ENDS_WITHIN
    while parts and time.monotonic() < deadline:
        forget_ended(parts)
        time.sleep(0.05)
    for pid in parts:
        signal_group(pid, signal.SIGKILL)


def signal_group(pid: int, name: signal.Signals) -> None:
    try:
        os.killpg(pid, name)
    except (ProcessLookupError, PermissionError):  # gone, or forked so lately that it has no group yet
        try:
            os.kill(pid, name)
        except ProcessLookupError:
            pass


def forget_ended(parts: dict[int, str]) -> str | None:
    """Take a part that has ended out of `parts`; its name, if there is one."""
    for pid in list(parts):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return parts.pop(pid)
    return None


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=30).close()  # nosec B310: our own loopback address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end a start as Ctrl-C does: by KeyboardInterrupt."""
    before = {
        name: signal.signal(name, signal.default_int_handler)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def serve(port: int, ready: Callable[[], None]) -> None:
    """Run the parts until a signal comes (KeyboardInterrupt) or one of them ends (raises Ended)."""
    connections.close_all()  # a connection does not survive a fork
    log = Path(settings.VAR_DIR) / "worker.log"
    parts: dict[int, str] = {}
    try:
        parts[start(lambda: web(port))] = "web"
        # The page that the reader waits for comes before what works in the background.
        wait_for_answer(f"http://127.0.0.1:{port}/", parts)
        parts[start(worker, log)] = "worker"
        parts[start(clock, log)] = "clock"
        ready()
        while True:
            if name := forget_ended(parts):
                raise Ended(f"the {name} ended by itself; see above and {log}")
            time.sleep(0.5)
    finally:
        stop(parts)


def wait_for_answer(url: str, parts: dict[int, str]) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while not answers(url):
        if forget_ended(parts):
            raise Ended("the site could not be served; see above")
        if time.monotonic() > deadline:
            raise Ended(f"the site did not answer on {url} in {ANSWERS_WITHIN} s")
        time.sleep(0.05)
