"""Timing in interleaved rounds: machines differ and neighbours make noise, so only ratios of medians are kept."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One line of the result: the work, its floor, and how many times the floor it may take."""

    work: str
    seconds: float
    floor: float
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times its floor the work took."""
        return self.seconds / self.floor

    def line(self) -> str:
        """As `bin/bench` prints it."""
        verdict = ""
        if self.limit is not None:
            verdict = f"（限 {self.limit:g}×，{'达到' if self.ratio <= self.limit else '未达到'}）"
        times = f"{self.seconds:.3f} s / {self.floor:.3f} s"
        return f"{self.work:<28}\t{self.ratio:6.2f}× {verdict}\t{times}\t{self.note}"


@dataclass(frozen=True)
class Noted:
    """One line of the result that has no floor."""

    work: str
    note: str

    def line(self) -> str:
        """As `bin/bench` prints it."""
        return f"{self.work:<28}\t{self.note}"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that one run took, and what it gave."""
    gc.collect()
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def interleaved(works: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median seconds of each work; every round runs each of them once, in the same order."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(timed(work)[0])
    return {name: median(taken) for name, taken in times.items()}
