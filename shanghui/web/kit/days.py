"""Days as the office reads them: 2022-06-30 in tables, 6月30日 in sentences, «—» where nothing is known."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import is_aware, localtime

from shanghui.kernel.periods import EPOCH, last_day

NOTHING = "—"
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_WEEKDAYS = "一二三四五六日"


def table_day(value: date | str | None) -> str:
    """«2022-06-30»; a partial date says what it knows: «2003年4月», «2003年».

    >>> table_day(date(2022, 6, 30)), table_day("2003-04"), table_day(None)
    ('2022-06-30', '2003年4月', '—')
    """
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        return _here(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    year, month, day = _parts(value)
    if day:
        return value
    return f"{int(year)}年{int(month)}月" if month else f"{int(year)}年" if year else value


def in_cell(value: Any) -> str:
    """What stands in a cell of a list: «2022-06-30», «2003年4月», a number, a word; — for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return table_day(value) if value[0].isdecimal() else value  # most cells are words: nothing to look for in them
    return table_day(value) if isinstance(value, date) else str(value)


def spoken_day(value: date | str | None, today: date | None = None) -> str:
    """«2022年6月30日», without the year when `today` lies in the same one.

    >>> spoken_day(date(2022, 6, 30), date(2022, 7, 8)), spoken_day(date(2021, 12, 31), date(2022, 7, 8))
    ('6月30日', '2021年12月31日')
    """
    if not value:
        return NOTHING
    if isinstance(value, str):
        year, month, day = _parts(value)
        if not day:
            return table_day(value)
        value = date(int(year), int(month), int(day))
    if isinstance(value, datetime):
        value = _here(value).date()
    same_year = today is not None and today.year == value.year
    return f"{value.month}月{value.day}日" if same_year else f"{value.year}年{value.month}月{value.day}日"


def weekday(day: date) -> str:
    """«星期五»."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def moment(value: datetime | None) -> str:
    """«2022-06-30 14:05» in local time."""
    return _here(value).strftime("%Y-%m-%d %H:%M") if value else NOTHING


def days_left(due: date, today: date) -> str:
    """«今天», «还有 3 天», «逾期 8 天»."""
    left = (due - today).days
    if left == 0:
        return "今天"
    return f"还有 {left} 天" if left > 0 else f"逾期 {-left} 天"


def lasting(valid_from: date | None, valid_to: date | None) -> str:
    """A fact's days, both inclusive: «2019-11-18 — 2022-11-17», «2019-11-18 至今», «至 2022-11-17»."""
    began = None if valid_from is None or valid_from <= EPOCH else valid_from.isoformat()
    ended = last_day(valid_to)
    if ended is None:
        return f"{began} 至今" if began else "至今"
    return f"{began} — {ended.isoformat()}" if began else f"至 {ended.isoformat()}"


def usual_days(today: date) -> list[tuple[str, date]]:
    """The days figures are usually asked for: the ends of the last month, quarter and year."""
    month = today.replace(day=1) - timedelta(days=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    year = date(today.year - 1, 12, 31)
    found: dict[date, str] = {}
    for title, day in (("上年末", year), ("上季末", quarter), ("上月末", month)):
        found.setdefault(day, title)
    return [(title, day) for day, title in sorted(found.items(), reverse=True)]


def _here(value: datetime) -> datetime:
    return localtime(value) if is_aware(value) else value


def _parts(value: str) -> tuple[str, str, str]:
    found = _PARTIAL.fullmatch(value.strip())
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")
