"""Measuring for the benchmarks: medians of repeated runs, printed as ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


def median_s(work: Callable[[], Any], times: int = 5) -> float:
    """Return the median duration of some runs."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def show(what: str, seconds: float, base: str, base_s: float) -> None:
    """Print one line."""
    print(f"{what}: {seconds * 1000:.2f} ms = {seconds / base_s:.2f} x {base} ({base_s * 1000:.2f} ms)")
