"""Shares that divide up one whole: where their percentages make a hundred, their parts make the whole («122 件，占 84%；23 件，占 16%») (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from shanghui.reports.checking.figures import Figure
from shanghui.reports.checking.passage import Passage
from shanghui.reports.checking.slips import slip_in
from shanghui.reports.checking.sums import sum_finding, sum_verdict
from shanghui.reports.checking.verdicts import FITS, Finding, Verdict

_LAST = re.compile(r"^(?:其他|其它|其余)")
FEWEST, NEAR = 2, Fraction(1, 10)


def partitions(passage: Passage, shared: Sequence[Finding], added: Sequence[Finding]) -> Iterator[Finding]:
    """The sums of parts whose shares of one whole stand in one sentence and name all of it; no sum that was `added` up already."""
    known = [(one.figure.start, tuple(part.start for part in one.operands)) for one in added]
    ratios = [one for one in shared if one.type == "ratio" and len(one.operands) == 2]
    runs = [list(run) for _, run in groupby(ratios, key=lambda one: (one.operands[1].start, passage.sentence(one.figure.start)))]
    for row in (row for run in runs for row in _rows(run)):
        parts = [one.operands[0] for one in row]
        whole = _nearest(passage, row[0].operands[1], parts[0])
        if len(row) < FEWEST or not all(one.same_kind(whole) or whole.unit == "份" for one in parts):
            continue
        found = _sum(passage, whole, parts, row)
        if found is not None and (whole.start, tuple(part.start for part in found.operands)) not in known:
            yield found


def _nearest(passage: Passage, whole: Figure, first: Figure) -> Figure:
    """The last mention of a whole before its parts."""
    same = [one for one in passage.counts if whole.start <= one.start < first.start and (one.value, one.unit) == (whole.value, whole.unit)]
    return same[-1] if same else whole


def _rows(run: list[Finding]) -> list[list[Finding]]:
    """A run cut where its percentages have made a hundred, if what follows makes one too; else the run."""
    for place in range(FEWEST, len(run) - 1):
        if _make_a_hundred(run[:place]) and any(_make_a_hundred(row) for row in _rows(run[place:])):
            return [run[:place], *_rows(run[place:])]
    return [run]


def _sum(passage: Passage, whole: Figure, parts: list[Figure], row: Sequence[Finding]) -> Finding | None:
    if _make_a_hundred(row) or (len(parts) > FEWEST and _LAST.match(passage.before(parts[-1]))):
        return sum_finding(whole, parts, sum_verdict(whole, parts))
    last = _without_share(passage, row)
    if last is None or not last.same_kind(whole):
        return None
    parts = [*parts, last]
    if (verdict := sum_verdict(whole, parts)) in FITS:
        return sum_finding(whole, parts, verdict)
    total = sum((one.value for one in parts), Fraction(0))
    certain = slip_in(whole, parts) and abs(total - whole.value) <= NEAR * whole.value
    return sum_finding(whole, parts, Verdict.WRONG) if certain else None


def _make_a_hundred(row: Sequence[Finding]) -> bool:
    total = sum((one.figure.value for one in row), Fraction(0))
    slack = sum((one.figure.high - one.figure.value for one in row), Fraction(0))
    return abs(total - 100) <= slack


def _without_share(passage: Passage, row: Sequence[Finding]) -> Figure | None:
    """The count that ends such a row: «…占 24.8%；留作参考的 23 件。»"""
    after = next((one for one in passage.figures if one.start >= row[-1].figure.end), None)
    if after is None or after.is_percent or not re.match(r"^[;；][^，,;；。]*$", passage.between(row[-1].figure, after)):
        return None
    return after if re.match(r"[。；;]|$", passage.ahead(after)) else None
