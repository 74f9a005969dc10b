"""Measuring systems in turn, and what is said of the times: percentiles, ratios, medians by kind."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.questions import Asked

MARKS = (50, 95, 99)

Ask = Callable[[], Any]


def measure(systems: dict[str, list[Ask]], repetitions: int) -> dict[str, list[list[float]]]:
    """Seconds of every question, by system and repetition. The systems take turns, question by question."""
    for asks in systems.values():
        for ask in asks:
            ask()  # caches are warm where a site has been up for a minute
    times: dict[str, list[list[float]]] = {name: [] for name in systems}
    names = list(systems)
    for repetition in range(repetitions):
        for name in names:
            times[name].append([])
        for place in range(len(systems[names[0]])):
            turn = (repetition + place) % len(names)
            for name in [*names[turn:], *names[:turn]]:
                began = time.perf_counter()
                systems[name][place]()
                times[name][-1].append(time.perf_counter() - began)
    return times


def percentile(values: list[float], mark: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(mark / 100 * (len(ordered) - 1)))]


def figures(times: dict[str, list[list[float]]], of: str = "page") -> dict[str, Any]:
    """Milliseconds by system and mark, and ratios of one (the page's code) to the others."""
    made: dict[str, Any] = {
        name: {f"p{mark}": 1000 * median(percentile(one, mark) for one in runs) for mark in MARKS}
        for name, runs in times.items()
    }
    for other in times:
        if other != of:
            made[f"{of} / {other}"] = {
                f"p{mark}": median(
                    percentile(one, mark) / percentile(two, mark)
                    for one, two in zip(times[of], times[other], strict=True)
                )
                for mark in MARKS
            }
    return made


def by_kind(log: list[Asked], times: dict[str, list[list[float]]]) -> dict[str, dict[str, float]]:
    """Median milliseconds by kind of question and system."""
    return {
        kind: {
            name: 1000
            * median(run[place] for run in runs for place, one in enumerate(log) if one.kind == kind)
            for name, runs in times.items()
        }
        for kind in dict.fromkeys(one.kind for one in log)
    }
