"""Percentage points and multiples: «由 78.5% 提高到 86.2%，提高 7.7 个百分点», «86.4 亿元，是 2018 年 28.8 亿元的 3 倍» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.ends import FROM_TO
from shanghui.reports.checking.figures import DIGITS, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, against, change, widened

_POINTS = re.compile(r"(?:提高|上升|提升|增加|增长|下降|降低|下滑|回落|减少)了?(\d+(?:\.\d+)?)个?百分点")
_THAN = re.compile(r"(?:比(?![重例率])|较)[^，,;；、]{0,12}$")
_TIMES = re.compile(r"的\s*(\d+(?:\.\d+)?|[二三四五六七八九十两])\s*倍")
_IS = re.compile(r"(是|为|相当于|达到?)[^，,;；。]{0,20}$")
MUCH = Fraction(3, 4)


def points(passage: Passage) -> Iterator[Finding]:
    """Every difference of two percentages of its sentence, every multiple of a count."""
    for match in _POINTS.finditer(passage.shown):
        percents = [one for one in passage.figures if one.is_percent and one.end <= match.start()][-2:]
        if len(percents) == 2 and passage.sentence(percents[0].start) == passage.sentence(match.start()):
            yield from _between(passage, percents, match)
    for match in _TIMES.finditer(passage.shown):
        yield from _times(passage, match)


def _between(passage: Passage, percents: list[Figure], match: re.Match[str]) -> Iterator[Finding]:
    first, second = percents
    between = passage.between(first, second)
    if not FROM_TO.search(between) and not _THAN.search(between):
        return
    one = _figure(match, Fraction(match.group(1)), "个百分点")
    larger, less = (first, second) if first.value > second.value else (second, first)
    low, high = larger.low - less.high, larger.high - less.low
    yield change(one, "difference", against(one, low, high), low, high, (first, second), f"{larger.text}减去{less.text}")


def _times(passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    """«A，是 B 的 3 倍»: B stands right before, A is the count of its kind before it."""
    counts = [one for one in passage.counts if one.end <= match.start()][-2:]
    if len(counts) < 2 or counts[1].end != match.start() or not counts[0].same_kind(counts[1]) or not counts[1].low:
        return
    now, base = counts
    if not _IS.search(passage.between(now, base)) or passage.sentence(now.start) != passage.sentence(base.start):
        return
    written = match.group(1)
    one = _figure(match, Fraction(written) if written[0].isdigit() else Fraction(DIGITS.get(written, 10)), "倍")
    (a, b), (c, d) = widened(now), widened(base)
    verdict = against(one, a / d, b / c)
    if one.is_whole and not one.low <= now.value / base.value <= one.high and verdict in FITS:  # «4倍» of what is three times as much
        verdict = Verdict.WRONG if abs(now.value / base.value - one.value) > MUCH else verdict
    yield change(one, "growth", verdict, a / d, b / c, (now, base), f"{now.text}÷{base.text}")


def _figure(match: re.Match[str], value: Fraction, unit: str) -> Figure:
    """The number a match holds, unit included, with the digits it is written with."""
    ulp = Fraction(1, 10 ** len(match.group(1).partition(".")[2]))
    text = match.group(0)[match.start(1) - match.start() :]
    return Figure(match.start(1), match.end(), text, value, value - ulp / 2, value + ulp / 2, unit, ulp=ulp)
