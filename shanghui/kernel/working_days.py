"""Working days 工作日 by the yearly holiday notices of the State Council, days worked instead (调休) included (CALC-04, CALC-05).

The table of holidays comes from a package that follows the notices; a year it has no notice of yet is counted by weekends alone,
and the result is then 暂算: to be counted again once the notice is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import constants

_SATURDAY = 5
_HOLIDAYS: frozenset[date] = frozenset(constants.holidays)
_WORKED_INSTEAD: frozenset[date] = frozenset(constants.workdays)
FIRST_YEAR, LAST_YEAR = min(_HOLIDAYS).year, max(_HOLIDAYS).year
"""The years whose notices are loaded."""


@dataclass(frozen=True)
class Reckoned:
    """A day that was counted in working days. `provisional`: a year on the way has no notice yet (暂算)."""

    day: date
    provisional: bool

    @property
    def mark(self) -> str:
        """What is written behind the day."""
        return "（暂算，当年放假通知还没有录入）" if self.provisional else ""


def is_loaded(year: int) -> bool:
    """Whether the notice of a year is in the table."""
    return FIRST_YEAR <= year <= LAST_YEAR


def is_working_day(day: date) -> bool:
    """Whether people work on a day: by the notice of its year, by the weekday where there is none."""
    if day in _WORKED_INSTEAD:
        return True
    return day not in _HOLIDAYS and day.weekday() < _SATURDAY


def after_working_days(start: date, count: int) -> Reckoned:
    """The last of so many full working days after `start`, which is not counted itself. Raises ValueError for a count below one."""
    if count < 1:
        raise ValueError(count)
    days = _working_days_after(start)
    found = [next(days) for _ in range(count)][-1]
    return Reckoned(found, not all(is_loaded(year) for year in range(start.year, found.year + 1)))


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, `end` included; 0 where it is not later."""
    return sum(is_working_day(start + timedelta(days=one)) for one in range(1, (end - start).days + 1))


def _working_days_after(start: date) -> Iterator[date]:
    day = start
    while True:
        day += timedelta(days=1)
        if is_working_day(day):
            yield day
