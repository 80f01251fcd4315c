"""Months as bits: what holds in which month of a window of years is one whole number, so that a nation is a few sums.

Bit n of a mask stands for the n-th month of the window. A period of several months is the bit of its first month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import EPOCH


class Every(IntEnum):
    """How long a period is, in months."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12

    @property
    def word(self) -> str:
        """每月, 每季 …"""
        return {1: "每月", 3: "每季", 6: "每半年", 12: "每年"}[self.value]


@dataclass(frozen=True)
class Window:
    """Whole years, from January of `first_year` to December of `last_year`."""

    first_year: int
    last_year: int

    @property
    def base(self) -> int:
        """The number of the first month, counted as year × 12 + month − 1."""
        return self.first_year * 12

    @property
    def length(self) -> int:
        """How many months."""
        return (self.last_year - self.first_year + 1) * 12

    @property
    def whole(self) -> int:
        """Every month."""
        return (1 << self.length) - 1

    def starts(self, every: Every) -> int:
        """The first months of its periods."""
        return sum(1 << n for n in range(0, self.length, every))

    def place(self, day: date) -> int:
        """Which month of the window the day lies in; negative before it."""
        return day.year * 12 + day.month - 1 - self.base

    def first_day(self, place: int) -> date:
        """The first day of a month of the window, or of the one after it."""
        return date(self.first_year + place // 12, place % 12 + 1, 1)

    def last_day(self, place: int, every: Every) -> date:
        """The last day of the period that begins with this month."""
        return self.first_day(place + every) - timedelta(days=1)

    def beginning_by(self, day: date) -> int:
        """The months that have begun on the day."""
        return self._below(self.place(day) + 1)

    def ended_before(self, day: date, every: Every) -> int:
        """The first months of the periods that are over before the day."""
        return self.starts(every) & self._below(self.place(day) // every * every)

    def beginning_within(self, since: date, until: date | None) -> int:
        """The months whose first day lies in [since, until)."""
        first = self.place(since) + (since.day > 1)
        last = self.length if until is None else self.place(until) + (until.day > 1)
        return self._below(last) & ~self._below(first)

    def wholly_within(self, since: date, until: date | None) -> int:
        """The months all of whose days lie in [since, until)."""
        first = self.place(since) + (since.day > 1)
        last = self.length if until is None else self.place(until)
        return self._below(last) & ~self._below(first)

    def _below(self, place: int) -> int:
        return (1 << min(max(place, 0), self.length)) - 1


def any_of(mask: int, every: Every, starts: int) -> int:
    """The periods in one of whose months the bit is set. `starts`: the first months of the periods."""
    found = mask
    for n in range(1, every):
        found |= mask >> n
    return found & starts


def all_of(mask: int, every: Every, starts: int) -> int:
    """The periods in all of whose months the bit is set."""
    found = mask
    for n in range(1, every):
        found &= mask >> n
    return found & starts


@lru_cache(maxsize=10_000)
def year_wide(mask: int) -> int:
    """All months of the years in one of whose months the bit is set."""
    return sum(0xFFF << n for n in range(0, mask.bit_length(), 12) if mask >> n & 0xFFF)


def places(mask: int) -> list[int]:
    """The set bits, in order."""
    return [n for n in range(mask.bit_length()) if mask >> n & 1]


def surely_since(valid_from: date, precision: str) -> date:
    """The first day on which a fact surely held: one known to a month or a year may have begun on its last day."""
    if precision == Precision.MONTH and valid_from.day == 1:
        return date(valid_from.year + valid_from.month // 12, valid_from.month % 12 + 1, 1)
    if precision == Precision.YEAR and (valid_from.month, valid_from.day) == (1, 1):
        return date(valid_from.year + 1, 1, 1)
    return valid_from


def possibly_since(valid_from: date, precision: str) -> date:
    """The first day on which a fact may have held: one known to hold «not later than» may have held for ever."""
    return EPOCH if precision == Precision.SEEN else valid_from


def period_name(first: date, every: Every) -> str:
    """2022-06, 2022-Q2, 2022-H1, 2022."""
    if every == Every.MONTH:
        return f"{first:%Y-%m}"
    if every == Every.YEAR:
        return f"{first:%Y}"
    number = (first.month - 1) // every + 1
    return f"{first.year}-{'Q' if every == Every.QUARTER else 'H'}{number}"


def period_words(first: date, every: Every) -> str:
    """2022年6月, 2022年二季度, 2022年上半年, 2022年."""
    if every == Every.MONTH:
        return f"{first.year}年{first.month}月"
    if every == Every.QUARTER:
        return f"{first.year}年{'一二三四'[first.month // 3]}季度"
    if every == Every.HALF_YEAR:
        return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
    return f"{first.year}年"


def first_of_period(name: str, every: Every) -> tuple[date, date]:
    """The first and the last day of a period by its name: 2022-06, 2022-Q2, 2022-H1, 2022."""
    year, _, part = name.partition("-")
    window = Window(int(year), int(year))
    place = (int(part.lstrip("QH")) - 1) * every if part else 0
    return window.first_day(place), window.last_day(place, every)
