"""Days and periods: the half-open axis of facts, and the inclusive days people read and write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

EPOCH = date(1900, 1, 1)
"""«Since it exists»: the beginning of links and facts whose start nobody needs to know."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both inclusive, with the words an office uses for them."""

    first: date
    last: date
    title: str


def first_day_after(last_day: date) -> date:
    """The `valid_to` of a fact whose last day (inclusive, as written on paper) is `last_day`."""
    return last_day + timedelta(days=1)


def last_day(valid_to: date | None) -> date | None:
    """The last inclusive day of a fact that ends at `valid_to`; None for a fact that still holds."""
    return None if valid_to is None else valid_to - timedelta(days=1)


def half_year_to(day: date) -> Period:
    """The half year that `day` lies in, up to and including `day` itself.

    >>> half_year_to(date(2022, 6, 30)).title
    '2022年上半年'
    """
    first_half = day.month <= 6
    first = date(day.year, 1 if first_half else 7, 1)
    return Period(first, day, f"{day.year}年{'上' if first_half else '下'}半年")


def year_to(day: date) -> Period:
    """The year that `day` lies in, up to and including `day` itself.

    >>> year_to(date(2022, 12, 31)).title
    '2022年'
    """
    return Period(date(day.year, 1, 1), day, f"{day.year}年")


def next_half_year(day: date) -> str:
    """The words for the half year after the one `day` lies in: 下半年, or 2023年上半年 at the year's end."""
    return "下半年" if day.month <= 6 else f"{day.year + 1}年上半年"


def months_later(day: date, months: int) -> date:
    """The same day `months` later (negative: earlier); the month's last day where that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def years_before(day: date, years: int) -> date:
    """The day `years` before `day`; 29 February becomes 28 February."""
    return months_later(day, -12 * years)


def spoken_day(day: date) -> str:
    """6月30日."""
    return f"{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """2022年6月30日."""
    return f"{day.year}年{spoken_day(day)}"
