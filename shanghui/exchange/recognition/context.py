"""What the lines around a table say: its title, who filled it in, the day it stands at, the period it covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from shanghui.kernel.partial_dates import NotADate, last_day, read_text

_DAY = r"(?:时间|日期|时点)?[:：]?\s*([\d０-９〇○一二三四五六七八九十]{2,4}[年./\-．][^\s,，;；)）]{1,10})"
_AS_AT = re.compile(r"(?:统计截止|数据截止|截止|截至|统计|数据)" + _DAY)
_FILLED_IN = re.compile(r"(?:填报|填表|制表|上报|报送|报告)" + _DAY)
_SENDER = re.compile(
    r"(?:填报单位|填表单位|报送单位|上报单位|制表单位|填报党组织|单位名称|填报支部|党组织名称|支部名称|所[在属]党?支部|所[在属]党组织|党支部)(?:[(（]盖章[)）])?[:：]\s*([^\s:：]{2,40})"
)
_ABOUT_THE_FILE = re.compile(r"^\s*(?:截[止至]|统计|数据截|填报|填表|制表|上报|报送|日\s*期[:：]?\s*$)")
_LONE_DATE = re.compile(r"^\s*((?:19|20)\d{2}(?:年\d{1,2}月(?:\d{1,2}日)?|[./-]\d{1,2}[./-]\d{1,2}))\s*$")
_QUARTER = re.compile(r"((?:19|20)\d{2})年?(?:度)?第?([一二三四1-4])季度")
_HALF = re.compile(r"((?:19|20)\d{2})年?(?:度)?(上|下)半年")
_MONTHS = re.compile(r"((?:19|20)\d{2})年(\d{1,2})(?:月份?)?[-—~～至](\d{1,2})月")
_MONTH = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(?!\d*\d日)")
_YEAR = re.compile(r"((?:19|20)\d{2})年(?:度|全年|[^\d]|$)")
_STAMP = re.compile(r"[(（](?:盖章|公章|章)[)）]")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True)
class Period:
    """A span of days, both inclusive, and the words that name it."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Context:
    """What is said above a table (or on a cover)."""

    title: str
    as_at: date | None
    sender: str | None
    period: Period | None


def lines_of(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows that speak of a sheet: of one cell alone, or with words like 截至 and 填报. A label with its value is none."""
    return [row for row in rows if sum(1 for value in row if value not in ("", None)) == 1 or any(map(_is_about, row))]


def _is_about(value: Any) -> bool:
    patterns = (_ABOUT_THE_FILE, _AS_AT, _FILLED_IN, _SENDER)
    return isinstance(value, str) and any(pattern.search(value) for pattern in patterns)


def read_context(rows: Sequence[Sequence[Any]], sheet: str = "") -> Context:
    """The context that the given rows and the sheet's name give."""
    texts = [str(value).strip() for row in rows for value in row if isinstance(value, str) and value.strip()]
    days = [value for row in rows for value in row if isinstance(value, date)]
    plain = [text for text in texts if not any(p.search(text) for p in (_SENDER, _AS_AT, _FILLED_IN))]
    title = next((text for text in plain if len(text) >= 4), "")
    period = next((p for p in map(period_of, [*texts, sheet]) if p), None)
    as_at = _as_at(texts) or (days[0] if len(days) == 1 and isinstance(days[0], date) else None)
    if as_at is None and period is not None:
        as_at = period.last
    lone = (period_of(text) for text in plain if len(text) <= 40 and not _MONTH.search(text))
    titled = period_of(title) or period_of(sheet) or next((p for p in lone if p), None)
    return Context(title, _plain_day(as_at), _sender(texts), titled)


def _plain_day(day: date | None) -> date | None:
    return date(day.year, day.month, day.day) if day is not None else None


def _as_at(texts: Iterable[str]) -> date | None:
    listed = list(texts)
    for pattern in (_AS_AT, _FILLED_IN, _LONE_DATE):
        for text in listed:
            found = pattern.search(text)
            day = _last_day(found.group(1)) if found else None
            if day is not None:
                return day
    return None


@lru_cache(maxsize=4096)
def _last_day(text: str) -> date | None:
    try:
        return last_day(read_text(text.rstrip("止前底(（"))[0])
    except NotADate:
        return None


def _sender(texts: Iterable[str]) -> str | None:
    for text in texts:
        found = _SENDER.search(_STAMP.sub("", text))
        if found:
            return found.group(1).strip() or None
    return None


def period_of(text: str) -> Period | None:
    """The period words name: 2022年上半年, 2024年第一季度, 2023年3—6月, 2023年5月, 2023年度; None for none."""
    for pattern, months in _PERIODS:
        found = pattern.search(text)
        if found:
            first, last = months(found)
            if 1 <= first <= last <= 12:
                return _span(int(found.group(1)), first, last, found.group())
    return None


def _number(found: re.Match[str]) -> int:
    return _NUMERALS.get(found.group(2)) or int(found.group(2))


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (_QUARTER, lambda found: (_number(found) * 3 - 2, _number(found) * 3)),
    (_HALF, lambda found: (1, 6) if found.group(2) == "上" else (7, 12)),
    (_MONTHS, lambda found: (int(found.group(2)), int(found.group(3)))),
    (_MONTH, lambda found: (int(found.group(2)), int(found.group(2)))),
    (_YEAR, lambda found: (1, 12)),
)
"""Which months each way of naming a period means, the most particular first."""


def _span(year: int, first: int, last: int, words: str) -> Period:
    end = (date(year, last, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Period(date(year, first, 1), end, words)
