"""Months, written by their first day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from shanghui.kernel.periods import months_later

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: date) -> date:
    """The month a day lies in."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """Its last day."""
    return months_later(month, 1) - timedelta(days=1)


def read_month(text: str) -> date | None:
    """«2022-06», or None for what is no month."""
    found = _MONTH.fullmatch(text)
    if found is None or not (1 <= int(found[2]) <= 12 and int(found[1]) >= 1949):
        return None
    return date(int(found[1]), int(found[2]), 1)


def apart(first: date, second: date) -> int:
    """How many months the second lies after the first; negative before it."""
    return (second.year - first.year) * 12 + second.month - first.month


def months_from(first: date, last: date) -> list[date]:
    """The months from the first to the last, both included."""
    return [months_later(first, step) for step in range(apart(first, last) + 1)]


def said(month: date) -> str:
    """2022年6月."""
    return f"{month.year}年{month.month}月"
