"""Tables that stand side by side in a sheet: each is given the sheet with the cells of the others left out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from shanghui.exchange.recognition.blocks import Block
from shanghui.exchange.recognition.headings import plain_heading
from shanghui.exchange.recognition.naming import name_table
from shanghui.exchange.recognition.vocabulary import IGNORED
from shanghui.kernel.workbooks import Grid

_ABOVE = 3


def side_by_side(grid: Grid, blocks: list[Block], learned: Mapping[str, str]) -> list[Grid]:
    """The sheet itself, or one sheet for each of the tables beside one another below its first header."""
    if not blocks:
        return [grid]
    edges = _edges(grid, blocks[0], learned)
    if not edges:
        return [grid]
    end = next((b.top for b in blocks[1:] if b.top > blocks[0].bottom and not _edges(grid, b, learned)), len(grid.rows))
    width = max(len(row) for row in grid.rows)
    bounds = [0, *edges, width]
    spans = list(pairwise(bounds))
    top = _first_own_line(grid, blocks[0].top, spans)
    return [_only(grid, first, last, top, end, number == 0) for number, (first, last) in enumerate(spans)]


def _edges(grid: Grid, block: Block, learned: Mapping[str, str]) -> list[int]:
    """The columns at which a further table begins."""
    lowest = {column: plain_heading(path[-1]) for column, path in block.paths.items()}
    starts = [0] if lowest else []
    for column in sorted(lowest):
        left = {c: name for c, name in lowest.items() if starts[-1] <= c < column}
        right = {c: name for c, name in lowest.items() if c >= column}
        if left and _parts(grid, block, left, right) and _named(block, left, learned) and _named(block, right, learned):
            starts.append(column)
    return starts[1:]


def _parts(grid: Grid, block: Block, left: dict[int, str], right: dict[int, str]) -> bool:
    """An empty column with something that begins anew behind it; or the same headings over again."""
    column = min(right)
    names, others = list(left.values()), list(right.values())
    if names == others[: len(names)]:
        return len(names) > 1 and len(others) % len(names) == 0
    if column - 1 in left or column < 2:
        return False
    if any(row[column - 1 : column] not in ([""], [None], []) for row in grid.rows[block.top :]):
        return False
    begins = bool(set(names) & set(others)) or others[0] in IGNORED
    titled = any(grid.at(row, column) not in ("", None) for row in range(max(0, block.top - _ABOVE), block.top))
    return begins or titled or (len(block.paths[column]) > 1 and block.paths[column][0] != block.paths[max(left)][0])


def _named(block: Block, columns: dict[int, str], learned: Mapping[str, str]) -> bool:
    return name_table({column: block.paths[column] for column in columns}, (), learned) is not None


def _first_own_line(grid: Grid, top: int, spans: list[tuple[int, int]]) -> int:
    """The first of the lines above the header in which more than one of the tables has a text of its own."""
    row = top
    while row > 0 and top - row < _ABOVE:
        owners = sum(any(v not in ("", None) for v in grid.rows[row - 1][first:last]) for first, last in spans)
        if owners < 2:
            break
        row -= 1
    return row


def _only(grid: Grid, first: int, last: int, top: int, end: int, leads: bool) -> Grid:
    """The sheet with the columns of one table; the first of the tables keeps what stands below them all."""
    rows: list[list[Any]] = []
    for number, row in enumerate(grid.rows):
        if number < top or (number >= end and leads):
            rows.append(list(row))
        elif number >= end:
            rows.append([""] * len(row))
        else:
            rows.append(["" if not first <= column < last else value for column, value in enumerate(row)])
    merges = [
        (a, b) for a, b in grid.merges if a[0] < top or (a[0] >= end and leads) or (first <= a[1] and b[1] < last)
    ]
    return Grid(
        grid.name,
        rows,
        merges,
        set(grid.hidden_rows),
        {column for column in grid.hidden_columns if first <= column < last},
        grid.hidden,
        {at: text for at, text in grid.errors.items() if first <= at[1] < last},
        {at for at in grid.uncached if first <= at[1] < last},
    )
