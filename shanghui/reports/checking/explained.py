"""Whether a figure called wrong looks like a slip of the figures it follows from: else something else is meant by them (M44).

A slip: one digit other, two neighbours changed over, or a little off. What is far off without such a slip is nearly always another part or
another whole than the ones found; only where the text leaves no doubt of them is it called wrong all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from shanghui.reports.checking.figures import SCALES
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import mistyped, slip_in, slip_in_share
from shanghui.reports.checking.verdicts import Finding, Verdict

NEAR, NEAR_SUM = Fraction(15, 100), Fraction(5, 100)
_NO_DOUBT = re.compile(r"成功率|到会率|出席率|参会率|签约率|合格率|计划|任务|目标")
"""What stands right before them is their whole."""
FEWEST, TIMES = 2, 3


def is_explained(passage: Passage, one: Finding, found: Sequence[Finding]) -> bool:
    """Whether a finding may call its figure wrong; `found`: all findings of the text."""
    if one.type == "ratio" and one.figure.is_percent and len(one.operands) == 2:
        return _share(passage, one, found)
    if one.type == "sum" and one.operands:
        total = sum((part.value for part in one.operands), Fraction(0))
        return slip_in(one.figure, one.operands) or abs(total - one.figure.value) <= NEAR_SUM * one.figure.value
    if one.type in ("growth", "difference") and len(one.operands) == 2:
        return _change(passage, one)
    return True


def _change(passage: Passage, one: Finding) -> bool:
    right, written = _value(one.expected), one.figure.value
    if right < 0 or mistyped(one.figure, right) or abs(right - written) <= NEAR * written:
        return True
    beside = all(passage.sentence(other.start) == passage.sentence(one.figure.start) for other in one.operands)
    return beside and right < TIMES * written and written < TIMES * right


def _share(passage: Passage, one: Finding, found: Sequence[Finding]) -> bool:
    part, whole = one.operands
    others = [other for other in found if other.type == "ratio" and other.verdict is Verdict.OK and other.operands[-1:] == (whole,)]
    if len(others) >= FEWEST or _NO_DOUBT.search(passage.whole_before(one.figure)):
        return True
    right = 100 * part.value / whole.value
    return slip_in_share(one.figure, part, whole) or abs(right - one.figure.value) <= NEAR * one.figure.value


def _value(expected: str) -> Fraction:
    """The number of «3.05万元» or «-1.2%»; below 0 too for what is none."""
    match = re.match(r"(-?\d+(?:\.\d+)?)(亿|万)?", expected)
    return Fraction(match.group(1)) * SCALES[match.group(2) or ""] if match else Fraction(-1)
