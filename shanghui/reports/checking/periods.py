"""Spans of days and years: «(2025—2027 年) … 3 年内», «5 月 16 日至 18 日，为期 3 天», «成立于 1952 年，至 2022 年已走过 70 年» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from shanghui.reports.checking.figures import Figure, chinese_number
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict

_SPAN = re.compile(r"(?<![\d—-])(\d{1,2}|[一二三四五六七八九十])年(?=[内来间时期的，,。]|时间|多)")
_RANGE = re.compile(r"(\d{4})年?[—–\-~至到]+(\d{4})年")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_DAYS = re.compile(
    r"(?<!\d)(\d{1,2})月(\d{1,2})日[^，,;；。\d]{0,4}?(?:[—–\-~至到]|[，,、])[^，,;；。\d]{0,2}(?:(\d{1,2})月)?(\d{1,2})日"
    r"[^；;。]{0,60}?(?:为期|历时|时长|会期)(\d{1,2}|[一二三四五六七八九十]{1,3})天(?!半)"
)
_AGE = re.compile(
    r"(?:成立|创办|创建|组建|建立|创刊|创立|诞生)于(\d{4})年[^。；;]{0,30}?(?:至|到|截至)(\d{4})年[^。；;，,]{0,2}[，,]?[^。；;，,\d]{0,8}?"
    r"(?<![\d第])(\d{1,3}|[一二三四五六七八九十百]{1,5})(?:周年|个年头|年)"
)
LEAP = 2020
"""A year with a 29 February: «2月28日至3月1日» may be either."""


def periods(passage: Passage) -> Iterator[Finding]:
    """Every span of years that two days of the text give, said to be right only; spans of days and ages, right or wrong."""
    for match in _SPAN.finditer(passage.shown):
        value = _number(match.group(1))
        if value in _spans(passage, match.start()):
            yield _finding(match, 1, f"{value}年", Verdict.OK, "与文中写的起止相符")
    for match in _DAYS.finditer(passage.shown):
        yield from _of_days(match)
    for match in _AGE.finditer(passage.shown):
        yield _of_age(match)


def _of_days(match: re.Match[str]) -> Iterator[Finding]:
    month, day, other, last, written = match.groups()
    try:
        days = (date(LEAP, int(other or month), int(last)) - date(LEAP, int(month), int(day))).days
    except ValueError:
        return
    if days < 0:
        return
    verdict = {days + 1: Verdict.OK, days: Verdict.UNSURE}.get(_number(written), Verdict.WRONG)
    said = f"从{month}月{day}日到{other or month}月{last}日是{days + 1}天"
    yield _finding(match, 5, f"{days + 1}天", verdict, said)


def _of_age(match: re.Match[str]) -> Finding:
    first, last, written = match.groups()
    years = int(last) - int(first)
    away = _number(written) - years
    verdict = Verdict.OK if away == 0 or (away == 1 and match.group(0).endswith("年头")) else Verdict.UNSURE if abs(away) == 1 else Verdict.WRONG
    return _finding(match, 3, f"{years}年", verdict, f"从{first}年到{last}年是{years}年")


def _finding(match: re.Match[str], group: int, expected: str, verdict: Verdict, said: str) -> Finding:
    exact = Fraction(_number(match.group(group)))
    text = match.string[match.start(group) : match.end(group) + 1]
    one = Figure(match.start(group), match.end(group) + 1, text, exact, exact, exact, text[-1])
    return Finding(one, "time", verdict, expected, (), said if verdict in FITS else f"写的是{text}，{said}")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text) or 0


def _spans(passage: Passage, place: int) -> set[int]:
    found = set()
    for match in _RANGE.finditer(passage.shown):
        years = int(match.group(2)) - int(match.group(1))
        found |= {years, years + 1}
    months = [12 * int(one.group(1)) + int(one.group(2)) for one in _MONTH.finditer(passage.shown) if one.start() < place]
    found |= {round(abs(a - b) / 12) for a in months for b in months if a != b}
    return found - {0}
