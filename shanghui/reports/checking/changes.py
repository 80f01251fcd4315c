"""Differences and growth: «与 2021 年的 37.11 万个相比减少了 0.1 万个，增长率为 -0.27%», «由 3 家增至 5 家» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.ends import BY, THAN, ends_of, now_named, then_named, two_years
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, widened

_ELSEWHERE = re.compile(r"同比|环比|比上年|比去年|较上年|较去年|年均")
"""What it is compared with stands elsewhere."""
_RATE = re.compile(r"(增长率为?|增长|下降|减少|增加|增幅为?|降幅为?|增幅达|提高)-?$")
_FEWER = re.compile(r"减|降|少")


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
            yield change(one, "growth", against(one, low, high), low, high, (now, before), f"{now.text}比{before.text}")
        return
    if not elsewhere:
        yield from _growth_by(passage, place, one)


def _growth_by(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """Now and by how much are known, before is not: «89.13 万个，与 2021 年相比减少了 1.06 万个，增长率为 -1.18%»."""
    earlier = [other for other in passage.figures[max(0, place - 2) : place] if not other.is_percent]
    if len(earlier) < 2 or passage.sentence(earlier[0].start) != passage.sentence(one.start) or not earlier[0].same_kind(earlier[1]):
        return
    now, by = earlier
    said = passage.before(by)
    if not BY.search(said) or by.value >= now.value:
        return
    if THAN.search(passage.before(now)):  # «较 2020 年的 46 个增加 12 个，增长 26.1%»: what it was before
        low, high = 100 * by.low / now.high, 100 * by.high / now.low
        yield change(one, "growth", against(one, low, high), low, high, (now, by), f"{now.text}，变化{by.text}")
        return
    sign = 1 if _FEWER.search(said) else -1
    least, most = now.low + sign * by.low, now.high + sign * by.high
    low, high = 100 * by.low / max(least, most), 100 * by.high / min(least, most)
    yield change(one, "growth", against(one, low, high), low, high, (now, by), f"{now.text}，变化{by.text}")


def change(
    one: Figure, type: str, verdict: Verdict, low: Fraction, high: Fraction, operands: tuple[Figure, ...], words: str
) -> Finding:
    """A finding about a change: `low` and `high` what was computed, `words` out of what."""
    expected = in_digits(low, high, one)
    said = f"{words}，算得{expected}" if verdict is not Verdict.WRONG else f"写的是{one.text}；{words}，应为{expected}"
    return Finding(one, type, verdict, expected, operands, said)
