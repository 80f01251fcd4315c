"""The opened files of a run: cells corrected before they are read, and what the page of columns shows of each sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shanghui.exchange.answers import VALUE, Answer
from shanghui.exchange.concealing import shown
from shanghui.exchange.recognition import Reading, Table
from shanghui.kernel.workbooks import Grid
from shanghui.kernel.workbooks.grids import letter, place

WIDEST, SAMPLES, LOOKED_AT = 24, 3, 40


class Originals:
    """Holds the grids of one reading. Give `take` to `recognition.read`."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self.grids: dict[tuple[str, str], Grid] = {}
        self._corrections: dict[tuple[str, str], list[Answer]] = {}
        for answer in answers:
            if answer.do == VALUE and answer.place.row and answer.place.column:
                self._corrections.setdefault((answer.place.file, answer.place.sheet), []).append(answer)

    def take(self, file: str, grids: list[Grid]) -> None:
        """Remembers a file's sheets and corrects their cells."""
        for grid in grids:
            self.grids[file, grid.name] = grid
            for answer in self._corrections.get((file, grid.name), ()):
                correct(grid, f"{answer.place.column}{answer.place.row}", answer.value)

    def summary(self, reading: Reading) -> dict[str, Any]:
        """The tables and the sheets passed over, with samples and a piece of each: all that is stored of a reading."""
        turned = {(r.file, r.sheet) for r in reading.records if r.row is None or r.column}
        tables = [self._table(table, (table.file, table.sheet) in turned) for table in reading.tables]
        return {"tables": tables, "skipped": [self._skipped(*one) for one in reading.skipped_sheets]}

    def _table(self, table: Table, turned: bool) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "file": table.file, "sheet": table.sheet, "kind": table.kind, "header_rows": table.header_rows,
            "first_row": table.first_row, "last_row": table.last_row, "columns": table.columns, "headings": table.headings,
            "as_at": table.as_at.isoformat() if table.as_at else None, "sender": table.sender, "title": table.title,
            "not_records": [list(one) for one in table.not_records[:12]], "turned": turned, "samples": {}, "preview": [],
        }
        grid = self.grids.get((table.file, table.sheet))
        if grid is not None and not turned:
            rows = range(table.first_row - 1, min(table.last_row, table.first_row - 1 + LOOKED_AT))
            entry["samples"] = {
                name: _samples(grid, rows, place(f"{name}1")[1], table.columns.get(name)) for name in table.headings
            }
            entry["preview"] = _preview(grid, table)
        return entry

    def _skipped(self, file: str, sheet: str, why: str) -> dict[str, Any]:
        grid = self.grids.get((file, sheet))
        rows = grid.rows[:12] if grid else []
        width = min(WIDEST, max((len(row) for row in rows), default=0))
        return {
            "file": file, "sheet": sheet, "why": why, "width": width, "rows": len(grid.rows) if grid else 0,
            "preview": [[index + 1, "", _texts(row, width, {})] for index, row in enumerate(rows)],
        }


def correct(grid: Grid, reference: str, value: str) -> None:
    """Puts what a person wrote into a cell; a formula's error there is gone."""
    row, column = place(reference)
    if row >= len(grid.rows):
        return
    line = grid.rows[row]
    line.extend([""] * (column + 1 - len(line)))
    line[column] = value
    grid.errors.pop((row, column), None)
    grid.uncached.discard((row, column))


def _samples(grid: Grid, rows: range, column: int, field: str | None) -> list[str]:
    found: dict[str, None] = {}
    for row in rows:
        text = shown(grid.at(row, column), field)
        if text:
            found[text[:24]] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def _texts(row: list[Any], width: int, fields: dict[int, str | None]) -> list[str]:
    return [shown(row[column], fields.get(column))[:24] if column < len(row) else "" for column in range(width)]


def _preview(grid: Grid, table: Table) -> list[list[Any]]:
    """[row's number, hd | skipd | "", texts]: the title, the header, two records, and the first row passed over after them."""
    first = table.first_row
    fields = {place(f"{name}1")[1]: field for name, field in table.columns.items()}
    width = min(WIDEST, max(fields, default=0) + 1)
    others = [row for row, _ in table.not_records if row > first + 1][:1]
    wanted = [max(table.header_rows[0] - 1, 0), *table.header_rows, first, first + 1, *others]
    lines: list[list[Any]] = []
    for number in sorted(set(wanted) - {0}):
        if number <= len(grid.rows):
            kind = "hd" if number in table.header_rows else "skipd" if number < first or number in others else ""
            lines.append([number, kind, _texts(grid.rows[number - 1], width, {} if kind else fields)])
    return lines


def letters(width: int) -> list[str]:
    """A, B, C … for a table of this width."""
    return [letter(column) for column in range(width)]
