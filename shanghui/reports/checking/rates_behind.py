"""Rates whose figures stand behind them, or far before: «参训率 96.2%，应训 130 人», «项目开工率 63.5%，开工 47 个» (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict, share_finding, share_verdict

_DUE = re.compile(r"^(?:应|共|总|计划|全部)")
_TOTAL = re.compile(r"合计|总计|总数|共有|共|现有|计$")
SURE = 3
"""So many digits of a percentage are hardly explained by one slip where they are right."""


def behind(passage: Passage, percent: Figure, name: str, earlier: Sequence[Figure]) -> Iterator[Finding]:
    """A rate with its whole or its part right behind it; wrong where one mistyped digit explains it."""
    after = next((one for one in passage.figures if one.start >= percent.end), None)
    if after is None or after.is_percent or not re.match(r"^[，,(][^，,；;。]{0,8}$", passage.between(percent, after)):
        return
    if _DUE.search(passage.before(after)):
        pairs = [(part, after) for part in reversed(earlier) if part.same_kind(after) and part.value <= after.value][:1]
    elif name[-2:] in passage.name(after):
        pairs = [(after, whole) for whole in earlier if whole.same_kind(after) and whole.value >= after.value and name[:2] in passage.name(whole)]
    else:
        return
    yield from _judged(percent, pairs)


def of_totals(passage: Passage, percent: Figure, part: Figure) -> Iterator[Finding]:
    """A rate of the count right before it that nothing near it explains: of a total of the paragraph."""
    totals = [one for one in passage.counts if one.end <= part.start and one.same_kind(part) and one.value >= part.value]
    yield from _judged(percent, [(part, one) for one in totals if _TOTAL.search(passage.before(one))][::-1])


def _judged(percent: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Finding]:
    for part, whole in pairs:
        if (verdict := share_verdict(percent, part, whole)) in FITS:
            yield share_finding(percent, part, whole, verdict)
            return
    for part, whole in pairs:
        digits = len(re.sub(r"\D", "", percent.text))
        if digits >= SURE and mistyped(percent, 100 * part.value / whole.value):
            yield share_finding(percent, part, whole, Verdict.WRONG)
            return
