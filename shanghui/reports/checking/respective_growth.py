"""Growth named in the order of its counts: «97 件 134 人，去年同期为 197 件 375 人，分别下降 50.76%、64.27%» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from shanghui.reports.checking.ends import BY, THEN
from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.verdicts import Finding, against, change, widened

_RESPECTIVE = re.compile(r"分别(?:同比|比[^，,;；。\d]{1,8}|较[^，,;；。\d]{1,8})?(?:增长|上升|提高|增加|下降|减少|降低)(?=\d)")
_JOINED = re.compile(r"^[、和与及]$")
FEWEST = 2


def respective_growth(passage: Passage) -> Iterator[Finding]:
    """Every growth of such a row, where the same number of counts now and before stand in its sentence, unit by unit."""
    for match in _RESPECTIVE.finditer(passage.shown):
        percents = _row(passage, match.end())
        ends = _ends(passage, match.start(), len(percents))
        for one, now, before in zip(percents, *ends, strict=True) if ends is not None else ():
            (a, b), (c, d) = widened(now), widened(before)
            low, high = (a - d, b - c) if now.value >= before.value else (c - b, d - a)
            if before.low > 0:
                low, high = 100 * low / before.high, 100 * high / before.low
                yield change(one, "growth", against(one, low, high), low, high, (now, before), f"{now.text}比{before.text}")


def _row(passage: Passage, place: int) -> list[Figure]:
    """The percentages from a place on that 、 or 和 joins."""
    after = [one for one in passage.figures if one.start >= place]
    joined = takewhile(lambda pair: pair[1].is_percent and _JOINED.match(passage.between(*pair)), pairwise(after))
    return [*after[:1], *(second for _, second in joined)]


def _ends(passage: Passage, place: int, number: int) -> tuple[Sequence[Figure], Sequence[Figure]] | None:
    """([now], [before]): the last counts of the sentence, the second half of them of an earlier time."""
    here = [one for one in passage.counts if one.end <= place and passage.sentence(one.start) == passage.sentence(place)][-2 * number :]
    now, before = here[:number], here[number:]
    alike = number >= FEWEST and len(before) == number and [one.unit for one in now] == [one.unit for one in before]
    return (now, before) if alike and THEN.search(passage.before(before[0])) and not any(BY.search(passage.before(one)) for one in here) else None
