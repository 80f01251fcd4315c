"""Total rows of sheets that hold no records: each column against the rows above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shanghui.exchange.recognition.rows import TOTAL
from shanghui.exchange.recognition.told import Told
from shanghui.kernel.workbooks import Grid

_RATES = ("率", "比例", "占比", "%", "序号", "平均")


def check_sums(passed: Sequence[Grid], told: Told) -> None:
    """A total that is neither the sum of all rows above nor of those since the last total is asked about."""
    for grid in passed:
        totals = [row for row, cells in enumerate(grid.rows) if _is_total(cells)]
        for row in totals:
            since = max((earlier for earlier in totals if earlier < row), default=-1)
            for column, value in enumerate(grid.rows[row]):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    _check(grid, row, column, since, set(totals), told)


def _is_total(cells: list[Any]) -> bool:
    texts = [value for value in cells[:3] if isinstance(value, str) and value.strip()]
    return any(TOTAL.match(text.strip()) for text in texts)


def _check(grid: Grid, row: int, column: int, since: int, totals: set[int], told: Told) -> None:
    above = {r: grid.at(r, column) for r in range(row) if r not in totals}
    heading = next((value for value in reversed(above.values()) if isinstance(value, str) and value.strip()), "")
    numbers = {r: float(v) for r, v in above.items() if isinstance(v, int | float) and not isinstance(v, bool)}
    stated = float(grid.at(row, column))
    if len(numbers) < 2 or any(word in heading for word in _RATES):
        return
    if any(0 < abs(value) < 1 for value in [*numbers.values(), stated]):
        return
    every, near = sum(numbers.values()), sum(value for r, value in numbers.items() if r > since)
    if abs(stated - every) > 0.005 and abs(stated - near) > 0.005:
        told.of_cell(
            grid.name,
            row + 1,
            column,
            None,
            heading,
            "total_mismatch",
            "warning",
            f"写的是{stated:g}，上面各行相加是{every:g}。请核对",
            grid.at(row, column),
        )
