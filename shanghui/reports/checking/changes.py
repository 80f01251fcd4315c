"""Differences and growth: «与 2021 年的 37.11 万个相比减少了 0.1 万个，增长率为 -0.27%», «由 3 家增至 5 家» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.ends import BY, ends_of, now_named, then_named, two_years
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.growth_by import growth_by
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, change, widened

_ELSEWHERE = re.compile(r"同比|环比|比上年|比去年|较上年|较去年|年均")
"""What it is compared with stands elsewhere."""
_RATE = re.compile(r"(增长率为?|增长|下降|减少|增加|[增减][产收支]|[增降]幅[为达]?|提高|上升|降低|回落)(?:了|为|约)?-?$")
_RISES = re.compile(r"(?<!负)(?:增长|上升|增幅)(?:了|为|达)?$")


def changes(passage: Passage) -> Iterator[Finding]:
    """Every difference and growth whose two ends stand in the text."""
    for place, one in enumerate(passage.figures):
        if one.is_percent:
            yield from _growth(passage, place, one)
        elif BY.search(passage.before(one)):
            yield from _difference(passage, place, one)


def _difference(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    ends = ends_of(passage, place, one) or two_years(passage, one) or then_named(passage, place, one) or now_named(passage, place, one)
    if ends is None or not ends[0].same_kind(one):
        return
    now, before = ends
    low, high = _apart(now, before)
    yield change(one, "difference", against(one, low, high), low, high, (now, before), f"{now.text}与{before.text}")


def _apart(now: Figure, before: Figure) -> tuple[Fraction, Fraction]:
    (a, b), (c, d) = widened(now), widened(before)
    return (a - d, b - c) if now.value >= before.value else (c - b, d - a)


def _growth(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    before_it = passage.whole_before(one)
    if not _RATE.search(before_it):
        return
    elsewhere = _ELSEWHERE.search(passage.before(one))  # «比上年的 10.6 亿元增长»: there it is
    ends = then_named(passage, place, one) or two_years(passage, one) or (None if elsewhere else ends_of(passage, place, one))
    if ends is not None:
        now, before = ends
        low, high = _apart(now, before)
        if before.low > 0:
            low, high = 100 * low / before.high, 100 * high / before.low
            falls = now.value < before.value and _RISES.search(before_it)
            verdict = Verdict.WRONG if falls else against(one, low, high)
            low, high = (-high, -low) if falls else (low, high)
            yield change(one, "growth", verdict, low, high, (now, before), f"{now.text}比{before.text}")
        return
    yield from growth_by(passage, place, one, alone=True)
