"""Which days a question is about: one, two, the ends of months or of half years."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from shanghui.kernel.periods import months_later


class When(StrEnum):
    """How days are chosen."""

    DAY = "day"
    TWO = "two"
    MONTHS = "months"
    HALVES = "halves"


WORDS = {When.DAY: "一天", When.TWO: "两天对比", When.MONTHS: "逐月（每月末）", When.HALVES: "逐半年（6月末、12月末）"}
MOST = {When.MONTHS: 36, When.HALVES: 20}
_BACK = {When.MONTHS: 12, When.HALVES: 30}


def usual_beginning(when: When, on: date) -> date:
    """From which day, when none is asked for: a year before, twelve months, five half years."""
    if when in _BACK:
        return months_later(on, -_BACK[when]) + timedelta(days=1)
    return months_later(on, -12)


def days_of(when: When, then: date, on: date) -> tuple[tuple[date, ...], str]:
    """The days, the earliest first, and what the visitor should know about them ("" for nothing)."""
    if when is When.DAY:
        return (on,), ""
    if when is When.TWO:
        return ((then, on) if then < on else (on,)), ("" if then < on else "两天是同一天，只列一列。")
    most = MOST[when]
    found = _ends(then, on, (6, 12) if when is When.HALVES else range(1, 13), most + 1)
    if not found:
        return (), f"{then} 到 {on} 之间没有{'半年末' if when is When.HALVES else '月末'}，请把日期放宽。"
    if len(found) > most:
        return found[1:], f"一次最多看 {most} 个日期，这里是最近的 {most} 个；要看更早的，把“到”改早一些。"
    return found, ""


def _ends(then: date, on: date, months: range | tuple[int, ...], most: int) -> tuple[date, ...]:
    """The last days of these months between two days, both inclusive; of more than `most` the latest."""
    found: list[date] = []
    end = (on + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    while end >= then and len(found) < most:
        if end.month in months:
            found.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return tuple(reversed(found))
