"""Rates: two counts and what follows from them, rounded once and half up (domain.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Rate:
    """A share with its two counts. `denominator` 0 has no value: never 0 % and never 100 %."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        """The share as an exact-as-possible Decimal (0.85), unrounded; None where there is nothing to divide by."""
        return Decimal(self.numerator) / Decimal(self.denominator) if self.denominator else None

    def percent(self, digits: int = 1) -> str:
        """«85.0%» computed from the counts, half up; «—» for an empty denominator. Never clamped."""
        if not self.denominator:
            return "—"
        exact = Decimal(self.numerator) * 100 / Decimal(self.denominator)
        return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)}%"

    def short_percent(self) -> str:
        """As many digits as needed, one at most: «85%», «89.7%», «—»; the form reports use."""
        return self.percent(1).replace(".0%", "%")


def points_between(now: Rate, then: Rate, digits: int = 1) -> str | None:
    """The difference in percentage points, signed («+3.4»), from the counts; None where either has no value."""
    if now.value is None or then.value is None:
        return None
    return f"{((now.value - then.value) * 100).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):+f}"
