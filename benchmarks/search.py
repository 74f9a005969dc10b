"""How fast the practitioner base is searched, as ratios to the floor and to the stock search, measured in one run.

    python benchmarks/search.py --profiles 10000 [--engine embedded|postgresql|elasticsearch] [--json OUT.json]

The profiles (see profiles.py) go into a scratch store, as in relevance.py, and are indexed. Then every question of a
mixed log (questions.py) is put to

    page    the code of the page, with all seven facets, up to where it would be rendered
    floor   what the page's code sent to its engine, sent again: the same body by the client, the same SQL by a cursor
    stock   modelsearch's own search over the same rows in the same engine: hits, total and counts of each facet

in turn, `--repetitions` times. Each repetition gives a p50, p95 and p99 over the log; medians of these are shown, and
ratios are medians of each repetition's own ratio. Meaning is off: vectors of made-up people would say nothing.
A rebuild is timed beside raw writes of the same documents. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from benchmarks import profiles  # noqa: E402
from benchmarks.indexing import index, sizes  # noqa: E402
from benchmarks.peers import floor_of, page_code  # noqa: E402
from benchmarks.questions import questions  # noqa: E402
from benchmarks.relevance import store  # noqa: E402
from benchmarks.timing import by_kind, figures, measure  # noqa: E402


def run(engine: str, number: int, repetitions: int, asked: int) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import translation

    from benchmarks import stock  # which needs Django's settings

    began = time.perf_counter()
    settings.WAGTAILSEARCH_BACKENDS["stock"] = stock.settings_of(engine)
    profiles.write(number)
    print(f"{number} profiles written in {time.perf_counter() - began:.0f} s", flush=True)
    speeds = index(engine)
    print(
        "indexed, documents a second:",
        {name: float(f"{speed:.3g}") for name, speed in speeds.items()},
        flush=True,
    )
    with translation.override("pl"):
        log = questions(asked)
        systems = {
            "page": [page_code(one) for one in log],
            "floor": [floor_of(one, engine) for one in log],
            "stock": [stock.stock(one, engine) for one in log],
        }
        times = measure(systems, repetitions)
    return {
        "engine": engine,
        "profiles": number,
        "questions": asked,
        "repetitions": repetitions,
        "meaning": "off",
        "figures": figures(times),
        "by kind": by_kind(log, times),
        "documents a second": speeds,
        "megabytes": sizes(engine),
    }


def show(found: dict[str, Any]) -> None:
    print(f"\n{found['engine']}, {found['profiles']} profiles, {found['questions']} questions, meaning off")
    for name, values in found["figures"].items():
        unit = "" if "/" in name else " ms"
        print(f"  {name:<14}" + "".join(f"  {mark} {value:8.2f}{unit}" for mark, value in values.items()))
    print("  medians by kind, ms")
    for kind, values in found["by kind"].items():
        print(f"    {kind:<10}" + "".join(f"  {name} {value:8.2f}" for name, value in values.items()))
    print("  MB: " + ", ".join(f"{name} {value:.0f}" for name, value in found["megabytes"].items()))


def main() -> None:
    options = argparse.ArgumentParser(description="Latency of the practitioner base's search, as ratios.")
    options.add_argument("--profiles", type=int, required=True)
    options.add_argument("--engine", choices=["embedded", "postgresql", "elasticsearch"], default="embedded")
    options.add_argument("--repetitions", type=int, default=5)
    options.add_argument("--questions", type=int, default=80)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with store(given.engine, meaning=False):
        found = run(given.engine, given.profiles, given.repetitions, given.questions)
    show(found)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
