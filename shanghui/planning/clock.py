"""When to stop: a deadline, and a question that the caller may answer with yes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Clock:
    """Reads the machine's monotonic clock, no date: it measures how long the solver may go on."""

    until: float
    should_stop: Callable[[], bool] = _never

    @classmethod
    def of(cls, seconds: float, should_stop: Callable[[], bool] | None = None) -> Clock:
        """From now on, so many seconds."""
        return cls(time.monotonic() + seconds, should_stop or _never)

    def left(self) -> float:
        """Seconds that are left, never below 0; nothing is left once the caller wants to stop."""
        return 0.0 if self.should_stop() else max(0.0, self.until - time.monotonic())

    def over(self) -> bool:
        """Whether to stop now."""
        return self.left() <= 0

    def at_most(self, seconds: float) -> Clock:
        """A clock for a part of the work."""
        return Clock(min(self.until, time.monotonic() + seconds), self.should_stop)
