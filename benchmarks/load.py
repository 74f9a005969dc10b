"""What the base page bears from a second process at a steady rate, by wrk (https://github.com/wg/wrk).

    python benchmarks/load.py --profiles 10000 --engine elasticsearch [--rates 5 10 20] [--seconds 20] [--meaning]

The site runs as in production (granian, one process, four threads) over a scratch store of made-up profiles; wrk asks a
mixed log of questions over so many connections that each waits a second between two questions. Shown for each rate: what
was really served a second, p50, p95 and p99 in ms, the processor's time an answer (of the site alone), and the least and
the most statements and Elasticsearch requests an answer, which must not differ with the rate nor with the profiles.
Rates are asked for, not forced: an answer that takes long delays the next of its connection.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import index  # noqa: E402
from benchmarks.questions import questions  # noqa: E402
from benchmarks.relevance import store  # noqa: E402

PORT = 8790
PATH = "/baza-praktykow/"
SCRIPT = """
local paths = {{ {paths} }}
local place = 0
function setup(thread) thread:set("first", math.random(#paths)) end
function init() place = first end
function delay() return 1000 end
function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end
function done(summary, latency, requests)
  io.write(string.format("FIGURES %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), summary.errors.status))
end
"""


def pages() -> list[str]:
    """Addresses of the mixed log."""
    made = []
    for one in questions(160):
        made.append(f"{PATH}?{urlencode([*([('q', one.text)] if one.text else []), *one.values])}")
    return made


def add_base() -> None:
    """The page of the base under the site's home page."""
    from directory.models import DirectoryPage
    from home.models import HomePage

    home = HomePage.objects.get(locale__language_code="pl")
    home.add_child(instance=DirectoryPage(title="Baza praktyków", slug=PATH.strip("/")))


@contextmanager
def served(counts: Path, *, meaning: bool) -> Iterator[int]:
    """The site on PORT; its process id."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "przestrzen.settings.dev",
        "COUNTS": str(counts),
        "SEARCH_MEANING": "true" if meaning else "false",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "VAR_DIR": str(counts.parent),
        "ELASTICSEARCH_TIMEOUT": "5",
    }
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "1",
        "--blocking-threads", "4", "--no-access-log", "--log-level", "warning", "benchmarks.counted:application",
    ]  # fmt: skip
    site = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _second in range(120):
            time.sleep(1)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}{PATH}", timeout=30).read()  # nosec B310
                break
            except OSError:
                continue
        else:
            raise SystemExit("The site does not answer.")
        yield site.pid
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(30)


def processor_time(pid: int) -> float:
    """Seconds that a process and its children have computed."""
    found = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(process.name) == pid or int(fields[1]) == pid:
            found += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def ask(script: Path, rate: int, seconds: int) -> tuple[float, float, float, float, int]:
    """Answers a second, p50, p95 and p99 in ms, answers that were errors."""
    command = ["wrk", "-t1", f"-c{rate}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script)]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{PORT}"], capture_output=True, text=True, check=True
    ).stdout
    figures = re.search(r"FIGURES (.*)", said)
    if figures is None:
        raise SystemExit(f"wrk said something else: {said}")
    requests, duration, *marks, wrong = map(int, figures[1].split())
    p50, p95, p99 = (mark / 1000 for mark in marks)
    return requests / (duration / 1e6), p50, p95, p99, wrong


def lines(counts: Path) -> list[str]:
    return [line for file in counts.glob("*.txt") for line in file.read_text().splitlines()]


def run(rates: list[int], seconds: int, *, meaning: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="load-") as directory:
        counts = Path(directory) / "counts"
        counts.mkdir()
        script = Path(directory) / "questions.lua"
        paths = pages()
        script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))
        with served(counts, meaning=meaning) as pid:
            for path in paths:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=60).read()  # nosec B310
            print(
                "  asked/s  served/s     p50     p95     p99  CPU ms  statements  requests  status",
                flush=True,
            )
            for rate in rates:
                before, said = processor_time(pid), len(lines(counts))
                served_, p50, p95, p99, wrong = ask(script, rate, seconds)
                fresh = [line.split() for line in lines(counts)[said:]]
                each = 1000 * (processor_time(pid) - before) / max(len(fresh), 1)
                statements = [int(line[1]) for line in fresh]
                requests = [int(line[2]) for line in fresh]
                print(
                    f"  {rate:7}  {served_:8.1f} {p50:7.0f} {p95:7.0f} {p99:7.0f} {each:7.1f}"
                    f"  {min(statements):4} – {max(statements):2}    {min(requests)} – {max(requests)}  "
                    f"  {dict(Counter(line[0] for line in fresh))}{f', {wrong} refused' if wrong else ''}",
                    flush=True,
                )


def main() -> None:
    options = argparse.ArgumentParser(description="The base page under a steady load.")
    options.add_argument("--profiles", type=int, required=True)
    options.add_argument(
        "--engine", choices=["embedded", "postgresql", "elasticsearch"], default="elasticsearch"
    )
    options.add_argument("--rates", type=int, nargs="+", default=[5, 10, 20])
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--meaning", action="store_true", help="ask by meaning too")
    given = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: install it (Debian: apt-get install wrk).")
    with store(given.engine, meaning=given.meaning):
        from django.conf import settings

        settings.WAGTAILSEARCH_BACKENDS.setdefault(
            "stock", {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}
        )
        profiles.write(given.profiles)
        add_base()
        index(given.engine)
        print(f"{given.engine}, {given.profiles} profiles, meaning {'on' if given.meaning else 'off'}")
        run(given.rates, given.seconds, meaning=given.meaning)


if __name__ == "__main__":
    main()
