"""What the base page bears from a second process at a fixed rate, by wrk (https://github.com/wg/wrk).

    python benchmarks/load.py --profiles 10000 --engine elasticsearch [--rates 5 10 20] [--seconds 20] [--meaning]

The site runs as in production (granian, one process, four threads) over a scratch store of made-up profiles; wrk asks a
mixed log of questions. The rate is fixed: a script gives every question its moment, whatever becomes of those before, and
a time is counted from that moment, not from when a free connection was found to send it. So an answer that takes long
shows in the times of all who had to wait behind it. Questions still unanswered ten seconds after the last are counted
apart. Shown for each rate: answers a second, p50, p95 and p99 in ms, how late 95 of 100 questions were sent at most, the
processor's time an answer (of the site alone), and the least and the most statements and Elasticsearch requests an answer,
which must not differ with the rate nor with the profiles.
"""

from __future__ import annotations

import argparse
import os
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
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import index  # noqa: E402
from benchmarks.questions import questions  # noqa: E402
from benchmarks.relevance import store  # noqa: E402
from benchmarks.timing import MARKS, percentile  # noqa: E402

PORT = 8790
PATH = "/baza-praktykow/"
#: Connections, of which a free one is found as long as fewer questions wait for an answer.
CONNECTIONS = 64
#: Seconds that wrk goes on listening after the last question.
LISTENED = 10
#: wrk asks each free connection how long to wait (delay), then what to send (request): questions are sent in the order of
#: their moments. wrk does not say which question an answer is to, so the site tells it back (counted.py).
SCRIPT = """
local ffi = require("ffi")
ffi.cdef("typedef struct {{ long s; long ns; }} moment; int clock_gettime(int clock, moment *at);")
local at = ffi.new("moment")
local function now()
  ffi.C.clock_gettime(1, at)
  return tonumber(at.s) * 1000 + tonumber(at.ns) / 1e6
end
local paths = {{ {paths} }}
local begun, given, sent
local out
local function due(place) return begun + place * 1000 / {rate} end
function init() given, sent = 0, 0 end
function delay()
  begun = begun or now()
  if given >= {rate} * {seconds} then return 1e9 end
  given = given + 1
  return math.max(0, math.ceil(due(given - 1) - now()))
end
function request()
  if not begun then return wrk.format("GET", paths[1]) end -- wrk looks at one before it begins
  sent = sent + 1
  local moment = due(sent - 1)
  local told = string.format("%.1f %.1f", moment, now())
  return wrk.format("GET", paths[(sent - 1) % #paths + 1], {{ ["X-Asked"] = told }})
end
function response(status, headers)
  out = out or io.open("{answers}", "w")
  out:write(headers["x-asked"], " ", string.format("%.1f", now()), " ", status, "\\n")
  out:flush()
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


@dataclass(frozen=True, slots=True)
class Load:
    """What a rate came to: milliseconds of each answer from the moment of its question, and of each question sent late;
    seconds until the last answer."""

    times: list[float]
    late: list[float]
    lasted: float
    asked: int


def ask(directory: Path, paths: list[str], rate: int, seconds: int) -> Load:
    answers, script = directory / "answers.txt", directory / "questions.lua"
    answers.write_text("")
    quoted = ", ".join(f'"{path}"' for path in paths)
    script.write_text(SCRIPT.format(paths=quoted, rate=rate, seconds=seconds, answers=answers))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds + LISTENED}s", "-s", str(script)]
    subprocess.run([*command, f"http://127.0.0.1:{PORT}"], capture_output=True, check=True)
    told = [[float(part) for part in line.split()] for line in answers.read_text().splitlines()]
    if not told:
        raise SystemExit("wrk had no answer.")
    return Load(
        [answered - due for due, _sent, answered, _status in told],
        [sent - due for due, sent, _answered, _status in told],
        (max(line[2] for line in told) - min(line[0] for line in told)) / 1000,
        rate * seconds,
    )


def lines(counts: Path) -> list[str]:
    return [line for file in counts.glob("*.txt") for line in file.read_text().splitlines()]


def run(rates: list[int], seconds: int, *, meaning: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="load-") as directory:
        counts = Path(directory) / "counts"
        counts.mkdir()
        paths = pages()
        with served(counts, meaning=meaning) as pid:
            for path in paths:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=60).read()  # nosec B310
            print(
                "  asked/s  served/s     p50     p95     p99  sent late  CPU ms  statements  requests  status",
                flush=True,
            )
            for rate in rates:
                before, said = processor_time(pid), len(lines(counts))
                found = ask(Path(directory), paths, rate, seconds)
                fresh = [line.split() for line in lines(counts)[said:]]
                each = 1000 * (processor_time(pid) - before) / max(len(fresh), 1)
                statements = [int(line[1]) for line in fresh]
                requests = [int(line[2]) for line in fresh]
                missing = found.asked - len(found.times)
                print(
                    f"  {rate:7}  {len(found.times) / found.lasted:8.1f}"
                    + "".join(f" {percentile(found.times, mark):7.0f}" for mark in MARKS)
                    + f"  {percentile(found.late, 95):9.0f} {each:7.1f}"
                    f"  {min(statements):4} – {max(statements):2}    {min(requests)} – {max(requests)}  "
                    f"  {dict(Counter(line[0] for line in fresh))}{f', {missing} unanswered' if missing else ''}",
                    flush=True,
                )


def main() -> None:
    options = argparse.ArgumentParser(description="The base page at a fixed rate.")
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
        profiles.write(given.profiles)
        add_base()
        index(given.engine, compared=False)
        print(f"{given.engine}, {given.profiles} profiles, meaning {'on' if given.meaning else 'off'}")
        run(given.rates, given.seconds, meaning=given.meaning)


if __name__ == "__main__":
    main()
