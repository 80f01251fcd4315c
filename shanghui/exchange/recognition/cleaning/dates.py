"""Dates and spans of time in a cell, with the precision written."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, visible
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import Fault, Outcome, note, refuse
from shanghui.kernel.partial_dates import NotADate, partial, read_text, read_value, surely_before

_OPEN = frozenset({"至今", "长期", "今", "现在", "长期有效", "永久"})
_SPLIT = re.compile(r"\s*(?:至|到|—+|–|－|~|～|--)\s*")
_ENDS = {"term": ("term_starts", "term_ends"), "training": ("training_from", "training_to")}
_BRACKETS = re.compile(r"(?P<date>[^()（）]*?\d[^()（）]*?)\s*[（(](?P<inside>[^()（）]+)[)）]")
_DOCUMENT = re.compile(r"[〔\[【]\d{4}[〕\]】].*号$")
_ABOUT = re.compile(r"^(?:大约|约|大概)|前后$|左右$|^[A-Za-z]{3}-\d{2}$|^\d{1,2}-[A-Za-z]{3}")
_MONTH_AND_DAY = re.compile(r"^(\d{1,2})(?:月(?:份)?(?:(\d{1,2})[日号]?)?|\.(\d{1,2}))(?:\s*[-—–~至到]+\s*\d[\d月.日号]*)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")


def day(value: Any, setting: Setting) -> Any:
    """A date. Refused: days that do not exist, 2009.1 as a number, words; noted: two-digit years."""
    if value.__class__ is date:
        return value.isoformat()
    try:
        written, short = read_value(value, setting.pivot)
    except NotADate as fault:
        read = _year_last(value) or _with_brackets(value, setting) or _without_year(value, setting) or _of_span(value, setting)
        return read or _refused(value, fault.kind)
    if short:
        return note(written, "date_two_digit_year", "warning", f"年份只写了两位，按{written[:4]}年计。请确认并写全")
    return written


def _with_brackets(value: Any, setting: Setting) -> Outcome | None:
    """«2019.6（已到期）»: the date, with the remark shown; «2010.1（云商党〔2010〕3号）» gives the number of the approval too."""
    found = _BRACKETS.fullmatch(visible(value)) if isinstance(value, str) else None
    written = day(found["date"], setting) if found else None
    if not found or not isinstance(written, str):
        return None
    inside = found["inside"].strip()
    if _DOCUMENT.search(inside):
        return Outcome(written, None, False, {"approval_number": inside} if setting.field == "approved_on" else {})
    text = f"“{visible(value)}”按{written}计，括号里的“{inside}”没有采用。请核对，需要的写进备注"
    return note(written, "several_values", "warning", text)


def _year_last(value: Any) -> Outcome | None:
    """«7/1/2015»: read where only one of the two can be the month."""
    found = _YEAR_LAST.match(visible(value)) if isinstance(value, str) else None
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    if first != second and max(first, second) <= 12:
        text = f"“{visible(value)}”分不清是{first}月{second}日还是{second}月{first}日。请写成“{year}-{first:02}-{second:02}”的样子"
        return refuse("date_ambiguous", "warning", text)
    try:
        return Outcome(partial(year, min(first, second), max(first, second)), None, False, {})
    except NotADate:
        return None


def _without_year(value: Any, setting: Setting) -> Outcome | None:
    """«7月5日», «7.5», «7.5-7.6» in a table whose title names the year: the first of the days."""
    found = _MONTH_AND_DAY.match(visible(value)) if isinstance(value, str) and setting.year else None
    if not found or setting.year is None:
        return None
    try:
        on = found.group(2) or found.group(3)
        written = partial(setting.year, int(found.group(1)), int(on) if on else None)
    except NotADate:
        return None
    return note(
        written, "date_ambiguous", "warning", f"“{visible(value)}”没有写年份，按标题的{setting.year}年计。请核对并写全"
    )


_WHOLE = {
    "valid_to": "valid_from",
    "term_ends": "term_starts",
    "month_to": "month_from",
    "training_to": "training_from",
}


def _of_span(value: Any, setting: Setting) -> Outcome | None:
    """A span in a column for one day: its end where the field is an end, else its beginning."""
    parts = _parts(visible(value)) if isinstance(value, str) else None
    if parts is None:
        return None
    try:
        start, end = read_text(parts[0], setting.pivot)[0], parts[1]
        last = None if end in _OPEN else read_text(end, setting.pivot)[0]
    except NotADate:
        return None
    if last is not None and surely_before(last, start):
        return refuse("date_order", "error", f"“{visible(value)}”的终止早于起始，先后颠倒。请核对")
    begins = _WHOLE.get(setting.field)
    if begins is None:
        return note(start, "several_values", "info", f"“{visible(value)}”是一段时间，按开始的{start}计。请核对")
    return Outcome(last, None, False, {begins: start})


def _refused(value: Any, kind: str) -> Any:
    plain = visible(value)
    if plain in NOTHING or plain in _OPEN:
        return None
    if kind == "date_ambiguous":
        year = int(float(value)) if isinstance(value, int | float) else plain[:4]
        return refuse(
            "date_ambiguous",
            "warning",
            f"数字{plain}可能是{year}年1月，也可能是{year}年10月（末尾的0会丢失）。请写成“{year}-01”或“{year}-10”",
        )
    if _ABOUT.search(plain):
        return refuse("date_ambiguous", "warning", f"“{plain}”不是确切的日期。请写成“2022-06”或“2022-06-30”的样子")
    if kind == "date_unknown":
        return refuse("date_invalid", "warning", f"“{plain}”不是日期。请补填，年月日不全时可以只写年或年月")
    return refuse("date_invalid", "error", f"“{plain}”这一天不存在，或者不是日期。请核对后重填")


def interval(value: Any, setting: Setting) -> Any:
    """«2021.6—2024.6»: gives the two fields for its beginning and end."""
    plain = visible(value)
    if plain in NOTHING:
        return None
    first, last = _ENDS.get(setting.field, (f"{setting.field}_from", f"{setting.field}_to"))
    parts = _parts(plain)
    if parts is None:
        return _one_ended(value, setting, first)
    try:
        start = read_text(parts[0], setting.pivot)[0]
        end = None if parts[1] in _OPEN else read_text(parts[1], setting.pivot)[0]
    except NotADate as fault:
        severity = "warning" if fault.kind == "date_unknown" else "error"
        return refuse("date_invalid", severity, f"“{plain}”不是起止时间。请写成“2021年6月—2024年6月”的样子")
    return Outcome(None, None, False, {first: start} | ({last: end} if end else {}))


def _parts(plain: str) -> tuple[str, str] | None:
    parts = [part for part in _SPLIT.split(plain) if part]
    if len(parts) == 2:
        start, end = parts
    elif plain.count("-") == 1 and (
        "." in plain or "年" in plain or "/" in plain or re.fullmatch(r"\d{4}-\d{4}", plain)
    ):
        start, _, end = plain.partition("-")
    else:
        return None
    year = re.match(r"(\d{4})", start)
    if year and not re.match(r"\d{4}", end) and end not in _OPEN:
        mark = next((one for one in "年./-" if one in start), "/")
        month = re.match(r"\d{4}[年./-](\d{1,2}[月./-])", start)
        short = bool(re.fullmatch(r"\d{1,2}日?", end)) and month is not None
        end = f"{year.group(1)}{mark}{month.group(1) if short and month else ''}{end}"
    return start, end


def _one_ended(value: Any, setting: Setting, first: str) -> Any:
    found = day(value, setting)
    if isinstance(found, Outcome):
        fault = found.fault or Fault("date_invalid", "warning", "不是起止时间")
        return Outcome(None, Fault(fault.kind, "warning", fault.text), True)
    return Outcome(None, None, False, {first: found}) if found else None
