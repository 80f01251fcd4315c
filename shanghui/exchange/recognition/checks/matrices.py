"""Summary sheets with a row for each county or branch: each number against the records of that row; rates against numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from shanghui.exchange.recognition.bodies import Body
from shanghui.exchange.recognition.checks.figures import (
    Facts,
    expected_of,
    facts_of,
    is_labels,
    number_of,
    same,
    shown,
    written,
)
from shanghui.exchange.recognition.cleaning.plain import solid
from shanghui.exchange.recognition.rows import TOTAL
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid

_LARGEST = 300
_RATES = ("率", "占比", "比例", "%")


def check_matrices(bodies: Sequence[Body], passed: Sequence[Grid], told: Told) -> None:
    """«东岭区 | 商会数 5»: the chambers of 东岭区 are counted."""
    if not passed:
        return
    groups = _groups(bodies)
    everything = facts_of(bodies)
    for grid in passed:
        for header, row, column in _cells(grid):
            texts = [solid(v) for v in grid.rows[row] if isinstance(v, str)]
            name = next((text for text in texts if text in groups or TOTAL.match(text)), None)
            if name is None:
                continue
            value, label = grid.at(row, column), str(grid.at(header, column))
            stated = number_of(value)
            expected = expected_of(label, groups.get(name, everything)) if stated is not None else None
            if expected is not None and stated is not None and not same(stated, expected):
                text = f"写的是{written(value)}，由本文件“{name}”的台账算出是{shown(expected, label)}。请核对"
                told.of_cell(grid.name, row + 1, column, None, label, "figure_mismatch", "warning", text, value)


def _groups(bodies: Sequence[Body]) -> dict[str, Facts]:
    """The records by sheet, county, branch and chamber."""
    groups: dict[str, Facts] = {}
    for body in bodies:
        kind = body.table.kind
        for record in body.records:
            names = {
                body.table.sheet,
                *(str(record.fields.get(name) or "") for name in ("county", "branch", "chamber")),
            }
            for name in names - {""}:
                groups.setdefault(name, {}).setdefault(kind, []).append(record)
    return groups


def _cells(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """(label row, row, column) of the numbers below a row of labels."""
    header = -1
    for row, cells in enumerate(grid.rows[:_LARGEST]):
        if is_labels(cells):
            header = row
        elif header >= 0:
            for column, value in enumerate(cells):
                label = grid.at(header, column)
                if column and number_of(value) is not None and isinstance(label, str) and label.strip():
                    yield header, row, column


def check_rates(passed: Sequence[Grid], told: Told) -> None:
    """A rate that is not the quotient of the two columns that give it in the other rows."""
    for grid in passed:
        by_column: dict[tuple[int, int], list[int]] = {}
        for header, row, column in _cells(grid):
            by_column.setdefault((header, column), []).append(row)
        rates = [place for place in by_column if any(word in str(grid.at(*place)) for word in _RATES)]
        for header, column in rates:
            counts = [c for h, c in by_column if h == header and (h, c) not in rates]
            _check_rate(grid, header, column, by_column[header, column], counts, told)


def _check_rate(grid: Grid, header: int, column: int, rows: list[int], counts: list[int], told: Told) -> None:
    best: dict[int, float] = {}
    wrong: list[int] = rows
    for part, whole in permutations(counts, 2):
        quotients = {row: _quotient(grid, row, part, whole) for row in rows}
        known = {row: quotient for row, quotient in quotients.items() if quotient is not None}
        off = [row for row, quotient in known.items() if not same(number_of(grid.at(row, column)) or 0.0, quotient)]
        if len(known) > 2 and len(off) < len(wrong):
            best, wrong = known, off
    if not best or not wrong or len(wrong) * 3 > len(best):
        return
    for row in wrong:
        value, label = grid.at(row, column), str(grid.at(header, column))
        words = (
            "合计行的" if any(isinstance(v, str) and TOTAL.match(v.strip()) for v in grid.rows[row][:3]) else "这一行的"
        )
        text = f"写的是{written(value)}，由{words}数字算出是{shown(best[row], label + '率')}。请核对"
        told.of_cell(grid.name, row + 1, column, None, label, "figure_mismatch", "warning", text, value)


def _quotient(grid: Grid, row: int, part: int, whole: int) -> float | None:
    above, below = number_of(grid.at(row, part)), number_of(grid.at(row, whole))
    return above / below if above is not None and below and above <= below else None
