"""Small numbers of people with something in common are not told to who may not see the people themselves (regulations §8: n < 5).

Whoever sees figures of his own part of the tree sees the people in it as well, and opens every number into its rows; nothing is hidden from
him. It is asked where figures come without their people: a package from below, broken down by the units of the sender.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shanghui.indicators.registry import Indicator

LEAST = 5
PERSONAL = frozenset({"gender", "floating", "past_35", "past_60", "full_5", "full_30"})
"""Flags of a population that tell something of a person beyond his place in the organization."""


def tells_of_people(indicator: Indicator, day: date) -> bool:
    """Whether the figure counts people by something of their own: sex, age, years in the Party, being away."""
    return not PERSONAL.isdisjoint(_flags(indicator.condition("numerator", day)))


def _flags(condition: Q) -> set[str]:
    found: set[str] = set()
    for child in condition.children:
        found |= _flags(child) if isinstance(child, Q) else {str(child[0]).partition("__")[0]}  # type: ignore[index]
    return found


def few(numerator: int, denominator: int | None) -> str:
    """The numerator in words: «<5» for one to four, and «>7» of 12 where the rest of the denominator is one to four; else the number."""
    if 0 < numerator < LEAST:
        return f"<{LEAST}"
    if denominator is not None and 0 < denominator - numerator < LEAST:
        return f">{max(denominator - LEAST, 0)}"
    return str(numerator)
