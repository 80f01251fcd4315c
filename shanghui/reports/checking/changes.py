"""Differences and growth: «与 2021 年的 37.11 万个相比减少了 0.1 万个，增长率为 -0.27%», «由 3 家增至 5 家», «其余 6 家» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, Verdict, against, in_digits, widened

_BY = re.compile(r"(净增加?|增加了?|减少了?|增长了?|下降了?|多了?|少了?)$")
_COMPARED = re.compile(r"相比|比较|比，")
_ELSEWHERE = re.compile(r"同比|环比|比上年|比去年|较上年|较去年|年均")
"""What it is compared with stands elsewhere."""
_FROM_TO = re.compile(r"增加到|增至|增长到|减少到|减至|降至|发展到|扩大到|提高到|上升到")
_RATE = re.compile(r"(增长率为?|增长|下降|减少|增加|增幅为?|降幅为?|提高)-?$")
_REST = re.compile(r"(其余|剩余|余下|其他|剩下)(的)?$")
_FEWER = re.compile(r"减|降|少")


def changes(passage: Passage) -> Iterator[Finding]:
    """Every difference and growth whose two ends stand in the text."""
    for place, one in enumerate(passage.figures):
        if one.is_percent:
            yield from _growth(passage, place, one)
        elif _BY.search(passage.before(one)):
            yield from _difference(passage, place, one)
        elif _REST.search(passage.before(one)):
            yield from _rest(passage, place, one)


def _ends(passage: Passage, place: int, one: Figure) -> tuple[Figure, Figure] | None:
    """(now, before) of a change at this place: «now … 与…before 相比», or «由 before 增至 now»."""
    earlier = [other for other in passage.figures[max(0, place - 4) : place] if not other.is_percent]
    earlier = [other for other in earlier if passage.sentence(other.start) == passage.sentence(one.start)]
    if len(earlier) < 2:
        return None
    if _BY.search(passage.before(earlier[-1])):
        earlier = earlier[:-1]
    if len(earlier) < 2 or not earlier[-2].same_kind(earlier[-1]):
        return None
    first, second = earlier[-2:]
    if _FROM_TO.search(passage.between(first, second)):
        return second, first
    return (first, second) if _COMPARED.match(passage.ahead(second, 6)) else None


def _difference(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    ends = _ends(passage, place, one)
    if ends is None or not ends[0].same_kind(one):
        return
    now, before = ends
    low, high = _apart(now, before)
    yield _finding(one, "difference", against(one, low, high), low, high, (now, before), f"{now.text}与{before.text}")


def _apart(now: Figure, before: Figure) -> tuple[Fraction, Fraction]:
    (a, b), (c, d) = widened(now), widened(before)
    return (a - d, b - c) if now.value >= before.value else (c - b, d - a)


def _growth(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    before_it = passage.whole_before(one)
    if not _RATE.search(before_it) or _ELSEWHERE.search(before_it):
        return
    ends = _ends(passage, place, one)
    if ends is not None:
        now, before = ends
        low, high = _apart(now, before)
        if before.low > 0:
            low, high = 100 * low / before.high, 100 * high / before.low
            yield _finding(one, "growth", against(one, low, high), low, high, (now, before), f"{now.text}比{before.text}")
        return
    yield from _growth_by(passage, place, one)


def _growth_by(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """Now and by how much are known, before is not: «89.13 万个，与 2021 年相比减少了 1.06 万个，增长率为 -1.18%»."""
    earlier = [other for other in passage.figures[max(0, place - 2) : place] if not other.is_percent]
    if len(earlier) < 2 or passage.sentence(earlier[0].start) != passage.sentence(one.start) or not earlier[0].same_kind(earlier[1]):
        return
    now, by = earlier
    said = passage.before(by)
    if not _BY.search(said) or by.value >= now.value:
        return
    sign = 1 if _FEWER.search(said) else -1
    least, most = now.low + sign * by.low, now.high + sign * by.high
    low, high = 100 * by.low / max(least, most), 100 * by.high / min(least, most)
    yield _finding(one, "growth", against(one, low, high), low, high, (now, by), f"{now.text}，变化{by.text}")


def _rest(passage: Passage, place: int, one: Figure) -> Iterator[Finding]:
    """«40 家…34 家…，其余 6 家»: the first of the sentence less what was named since."""
    counts = [other for other in passage.figures[:place] if not other.is_percent and other.same_kind(one)]
    counts = [other for other in counts if passage.sentence(other.start) == passage.sentence(one.start)]
    if len(counts) < 2 or len(counts) > 4:
        return
    whole, parts = counts[0], counts[1:]
    if sum((other.value for other in parts), Fraction(0)) > whole.value:
        return
    low = whole.low - sum((other.high for other in parts), Fraction(0))
    high = whole.high - sum((other.low for other in parts), Fraction(0))
    words = f"{whole.text}减去{'、'.join(other.text for other in parts)}"
    yield _finding(one, "difference", against(one, low, high), low, high, (whole, *parts), words)


def _finding(
    one: Figure, type: str, verdict: Verdict, low: Fraction, high: Fraction, operands: tuple[Figure, ...], words: str
) -> Finding:
    expected = in_digits(low, high, one)
    said = f"{words}，算得{expected}" if verdict is not Verdict.WRONG else f"写的是{one.text}；{words}，应为{expected}"
    return Finding(one, type, verdict, expected, operands, said)
