"""Spans of years: «(2025—2027 年) … 3 年内», «2001 年 10 月 … 近 7 年» up to a day named before (M44). Only said to be right, never wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.figures import DIGITS, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict

_SPAN = re.compile(r"(?<![\d年—-])(\d{1,2}|[一二三四五六七八九十])年(?=[内来间时期的，,。]|时间|多)")
_RANGE = re.compile(r"(\d{4})年?[—–\-~至到]+(\d{4})年")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")


def periods(passage: Passage) -> Iterator[Finding]:
    """Every span of years that two days of the text give."""
    for match in _SPAN.finditer(passage.shown):
        written = match.group(1)
        value = int(written) if written.isdigit() else DIGITS.get(written, 10)
        if value in _spans(passage, match.start()):
            exact = Fraction(value)
            one = Figure(match.start(), match.end(), match.group(0), exact, exact, exact, "年")
            yield Finding(one, "time", Verdict.OK, f"{value}年", (), "与文中写的起止相符")


def _spans(passage: Passage, place: int) -> set[int]:
    found = set()
    for match in _RANGE.finditer(passage.shown):
        years = int(match.group(2)) - int(match.group(1))
        found |= {years, years + 1}
    months = [12 * int(one.group(1)) + int(one.group(2)) for one in _MONTH.finditer(passage.shown) if one.start() < place]
    found |= {round(abs(a - b) / 12) for a in months for b in months if a != b}
    return found - {0}
