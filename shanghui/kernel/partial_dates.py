"""Dates as offices write them, kept with the precision written: 2019, 2019-07, 2019-07-01."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WITH_UNITS = re.compile(r"^(\d{4}|\d{2})年(?:度)?(?:(\d{1,2})月?(?:份)?)?(?:(\d{1,2})[日号]?)?$")
_WITH_MARKS = re.compile(r"^(\d{4}|\d{2})[./\-、,·。](\d{1,2})(?:[./\-、,·。](\d{1,2})[日号]?)?[.。]?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_TIME = re.compile(r"(?<=\d)[ T]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_TAIL = re.compile(r"(出?生|上旬|中旬|下旬|初|底|末|左右|前后|起|至今|以来)$")
_HOUR = r"\d{1,2}(?:[:点时]半?(?:\d{1,2}分?)?)"
_WITH_HOUR = re.compile(
    r"^(\d{4}年\d{1,2}月\d{1,2}[日号]|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?=\D|$))"
    r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?:凌晨|早上|上午|中午|下午|晚上|晚|全天)?"
    rf"\s*(?:{_HOUR}(?:\s*[-—~至到]+\s*(?:{_HOUR})?)?)?$"
)
_DAY_ONE = date(1899, 12, 30)


class NotADate(Exception):
    """`kind`: date_invalid (no such day), date_ambiguous (January or October), date_unknown (words, not a date)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def partial(year: int, month: int | None = None, day: int | None = None) -> str:
    """The text of a date with the precision given. Raises NotADate for a day that does not exist."""
    try:
        date(year, month or 1, day or 1)
    except ValueError as none:
        raise NotADate("date_invalid") from none
    if not 1850 <= year <= 2150:
        raise NotADate("date_invalid")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def first_day(written: str) -> date:
    """The first day a partial date may mean."""
    parts = [int(part) for part in written.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(written: str) -> date:
    """The last day a partial date may mean."""
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return first_day(written)
    if len(parts) == 2:
        return (date(parts[0], parts[1], 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return date(parts[0], 12, 31)


def surely_before(first: str, second: str) -> bool:
    """Whether one partial date is certainly earlier than another: 2019-07 is not certainly before 2019-07-15."""
    shared = min(len(first), len(second))
    return first[:shared] < second[:shared]


def plus_months(written: str, months: int) -> str:
    """A partial date so many months later, with its own precision; the last day of a shorter month where needed."""
    if months % 12 == 0 and not written.endswith("-02-29"):
        return f"{int(written[:4]) + months // 12:04}{written[4:]}"
    parts = [int(part) for part in written.split("-")]
    total = parts[0] * 12 + (parts[1] - 1 if len(parts) > 1 else 0) + months
    year, month = divmod(total, 12)
    if len(parts) == 1:
        return f"{year:04}"
    if len(parts) == 2:
        return f"{year:04}-{month + 1:02}"
    last = last_day(f"{year:04}-{month + 1:02}").day
    return f"{year:04}-{month + 1:02}-{min(parts[2], last):02}"


def read_number(value: float) -> str:
    """A number cell as a date: 20140804, 201408, 2014, 2009.2 (month), or an Excel day number.

    Raises NotADate: 2009.1 may be January or October (the trailing 0 is lost).
    """
    whole = int(value)
    if value != whole:
        year, month = str(round(value, 2)).split(".")
        if not 1900 <= whole <= 2100:
            raise NotADate("date_invalid")
        if month == "1":
            raise NotADate("date_ambiguous")
        return partial(int(year), int(month))
    if 1900 <= whole <= 2100:
        return partial(whole)
    if 190001 <= whole <= 210012:
        return partial(whole // 100, whole % 100)
    if 19000101 <= whole <= 21001231:
        return partial(whole // 10000, whole // 100 % 100, whole % 100)
    if 10000 <= whole < 73416:  # 1927-05-18 to 2100-12-31; a smaller number is rather 8507 for 1985-07
        return (_DAY_ONE + timedelta(days=whole)).isoformat()
    raise NotADate("date_invalid")


@lru_cache(maxsize=65536)
def read_text(text: str, pivot: int = 2026) -> tuple[str, bool]:
    """Text as a date; says too whether its year had only two digits (read as the latest year up to `pivot`).

    Takes full-width digits, Chinese numerals, times behind the date, the usual marks. Raises NotADate.
    """
    spaced = unicodedata.normalize("NFKC", text).strip()
    plain = _TAIL.sub("", _TIME.sub("", spaced))
    plain = "".join(character for character in plain if not character.isspace() and character not in "​﻿'")
    if "年" in plain:
        plain = _from_chinese(plain)
    hour = _WITH_HOUR.match(spaced) or _WITH_HOUR.match(plain)
    plain = hour.group(1) if hour else plain
    for pattern in (_WITH_UNITS, _WITH_MARKS):
        found = pattern.match(plain)
        if found:
            return _from_parts(found, pivot)
    packed = _PACKED.match(plain)
    if packed:
        return _from_packed(packed, pivot)
    if plain.isdigit() and len(plain) == 4:
        return partial(int(plain)), False
    if plain.isdigit() and len(plain) == 5:
        return read_number(float(plain)), False
    raise NotADate("date_invalid" if any(character.isdigit() for character in plain) else "date_unknown")


def _from_packed(packed: re.Match[str], pivot: int) -> tuple[str, bool]:
    """20220630, 202206; 220630 where no such month makes it a year and a month."""
    year, month, day = (int(part) if part else None for part in packed.groups())
    digits = packed.group()
    if day is None and not (1 <= (month or 0) <= 12 and 1850 <= (year or 0) <= 2150):
        return _from_parts(re.match(r"(\d{2})(\d{2})(\d{2})", digits), pivot)
    return partial(year or 0, month, day), False


def _from_parts(found: re.Match[str] | None, pivot: int) -> tuple[str, bool]:
    if found is None:
        raise NotADate("date_invalid")
    year, month, day = (int(part) if part else None for part in found.groups())
    short = len(found.group(1)) == 2
    assert year is not None
    if short:
        year += 2000 if 2000 + year <= pivot else 1900
    if month == 0 or day == 0:
        raise NotADate("date_invalid")
    return partial(year, month, day), short


def _from_chinese(text: str) -> str:
    """二〇二二年十二月三十一日, 2022年十二月 → 2022年12月31日, 2022年12月."""

    def number(part: str) -> str:
        if part.count("十") != 1:
            return part.translate(_CHINESE)
        tens, _, ones = part.partition("十")
        return str((int(tens.translate(_CHINESE)) if tens else 1) * 10 + (int(ones.translate(_CHINESE)) if ones else 0))

    return re.sub(r"[〇零○一二三四五六七八九十]+", lambda found: number(found.group()), text)


def _read_short(value: float, pivot: int) -> tuple[str, bool] | None:
    """The numbers 85.7 and 220630: years of two digits."""
    if 0 < value < 100 and not value.is_integer():
        if str(round(value, 2)).endswith(".1"):
            raise NotADate("date_ambiguous")
        return read_text(str(round(value, 2)), pivot)
    if value.is_integer() and 100000 < value < 999999 and not (190000 < value < 215013 and 1 <= value % 100 <= 12):
        return read_text(str(int(value)), pivot)
    return None


def read_value(value: object, pivot: int) -> tuple[str, bool]:
    """Any cell as a date, and whether its year had two digits. Raises NotADate."""
    if isinstance(value, datetime):
        return value.date().isoformat(), False
    if isinstance(value, date):
        return value.isoformat(), False
    if isinstance(value, bool):
        raise NotADate("date_invalid")
    if isinstance(value, int | float):
        return _read_short(float(value), pivot) or (read_number(float(value)), False)
    return read_text(str(value), pivot)
