"""Tables in a text that was pasted: lines cut into the same number of cells by tabs, bars or wide spaces (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shanghui.reports.checking.drafts import Cell

_CUT = re.compile(r"\t+| *[|│] *|[ \u3000\xa0]{2,}")
FEWEST_ROWS, FEWEST_CELLS = 3, 2

Row = tuple[Cell, ...]


def pasted(text: str) -> Iterator[tuple[Row, ...]]:
    """The tables of a text, with the places of their cells: at least three lines one after the other with as many cells each."""
    rows: list[Row] = []
    start = 0
    for line in (*text.split("\n"), ""):
        row = _row(line, start)
        start += len(line) + 1
        if rows and len(row) != len(rows[0]):
            if len(rows) >= FEWEST_ROWS:
                yield tuple(rows)
            rows = []
        if len(row) >= FEWEST_CELLS:
            rows.append(row)


def _row(line: str, start: int) -> Row:
    cells: list[Cell] = []
    place = 0
    for match in (*_CUT.finditer(line), None):
        end = match.start() if match else len(line)
        if line[place:end].strip():
            cells.append(Cell(line[place:end], start + place))
        place = match.end() if match else end
    return tuple(cells)
