"""How every benchmark here measures: both sides alternate in one run, and the median of five counts."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def alternate(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Calls both once to warm the page cache, then five times in turn; returns the median seconds of each."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for side, call in zip(times, (ours, theirs), strict=True):
            start = time.perf_counter()
            call()
            side.append(time.perf_counter() - start)
    return statistics.median(times[0][1:]), statistics.median(times[1][1:])


def report(name: str, ours: float, theirs: float, target: float) -> None:
    """Prints one line: both medians in milliseconds, their ratio, and whether it holds the target."""
    ratio = ours / theirs
    verdict = "ok" if ratio <= target else "MISSED"
    print(f"{name}: {ours * 1000:.0f} ms / {theirs * 1000:.0f} ms = {ratio:.2f} x (at most {target} x) {verdict}")
