"""What is not called wrong after all, because another reading of the same text comes out: precision before recall (M44).

A share that two other counts beside it give exactly; parts that add up to another count; parts that are of another unit than their
whole («52 家，单独组建 31 家，联合组建党组织 9 个»); percentages that make a hundred with the one before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from shanghui.reports.checking.completeness import are_opposites
from shanghui.reports.checking.explained import is_explained
from shanghui.reports.checking.figures import BODIES, Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.rates import is_step
from shanghui.reports.checking.slips import slip_in
from shanghui.reports.checking.verdicts import Finding, Verdict, added_up, against, share_verdict

BEFORE, AFTER = 10, 2
LARGE = 10000
"""So many counts before a share, and behind it in its sentence, may be its part and its whole."""


def undoubted(passage: Passage, found: Sequence[Finding]) -> list[Finding]:
    """The findings without those called wrong that another reading explains."""
    kept = [one for one in found if one.verdict is not Verdict.WRONG or not _doubtful(passage, one)]
    return [one for one in kept if one.verdict is not Verdict.WRONG or is_explained(passage, one, kept)]


def _doubtful(passage: Passage, one: Finding) -> bool:
    if one.type == "ratio" and one.figure.is_percent:
        return _given_otherwise(passage, one) or _of_both(passage, one)
    if one.type == "sum":
        return _of_mixed_units(one) or _adds_up_elsewhere(passage, one)
    return one.type == "percent_sum" and _hundred_with_the_one_before(passage, one)


def _of_both(passage: Passage, one: Finding) -> bool:
    """Whether a share is of its part and another count together: «决定起诉 68.1 万人；不起诉 20.9 万人，不起诉率 23.5%»."""
    if not re.search(r"[不未非][一-龥]{0,4}率[^，,]{0,2}$", passage.whole_before(one.figure)):
        return False
    part = one.operands[0]
    others = [other for other in passage.counts if other.end <= part.start and other.unit == part.unit][-BEFORE:]
    return any(share_verdict(one.figure, part, added_up((part, other))) is Verdict.OK for other in others)


def _given_otherwise(passage: Passage, one: Finding) -> bool:
    """Whether two counts near by give the percentage exactly: with decimals that is hardly chance, without only in its own sentence."""
    percent = one.figure
    if is_step(passage, percent):
        return False
    here = passage.sentence(percent.start)
    before = [other for other in passage.counts if other.end <= percent.start][-BEFORE:]
    after = [other for other in passage.counts if other.start >= percent.end and passage.sentence(other.start) == here][:AFTER]
    near = [*before, *after] if not percent.is_whole else []
    return any(
        share_verdict(percent, part, whole) is Verdict.OK
        for a, b in combinations(near, 2) if a.same_kind(b) for part, whole in (sorted((a, b), key=lambda figure: figure.value),)
    )


def _of_mixed_units(one: Finding) -> bool:
    units = {figure.unit for figure in (one.figure, *one.operands)}
    if one.figure.value >= LARGE and slip_in(one.figure, one.operands):
        return False
    return len(units) > 1 and bool(units & set(BODIES))


def _sum(parts: Sequence[Figure]) -> tuple[Fraction, Fraction]:
    return sum((part.low for part in parts), Fraction(0)), sum((part.high for part in parts), Fraction(0))


def _adds_up_elsewhere(passage: Passage, one: Finding) -> bool:
    """Whether the parts come to another count of their unit that stands before them."""
    if len(one.operands) < 2:
        return False
    here = passage.sentence(one.figure.start)
    two_of_it = len(one.operands) == 2 and are_opposites(*(passage.before(part) for part in one.operands))
    others = [other for other in passage.counts if other.end <= one.operands[0].start and other.start != one.figure.start]
    others = [other for other in others if other.unit == one.operands[0].unit and (not two_of_it or passage.sentence(other.start) == here)]
    return any(against(other, *_sum(one.operands)) is Verdict.OK for other in others)


def _hundred_with_the_one_before(passage: Passage, one: Finding) -> bool:
    run = [*one.operands, one.figure]
    earlier = [other for other in passage.figures if other.is_percent and other.end <= run[0].start]
    earlier = [other for other in earlier if passage.sentence(other.start) == passage.sentence(run[0].start)]
    total = sum((other.value for other in run), Fraction(0))
    slack = sum((other.high - other.value for other in run), Fraction(0))
    return bool(earlier) and abs(total + earlier[-1].value - 100) <= slack
