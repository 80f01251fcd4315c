"""The rows of a table as records: each column cleaned at once, sections and merged cells handed down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shanghui.exchange.recognition.cleaning import CLEANERS, Setting
from shanghui.exchange.recognition.context import Context
from shanghui.exchange.recognition.model import Record, Table
from shanghui.exchange.recognition.outcome import Outcome
from shanghui.exchange.recognition.rows import Sorted
from shanghui.exchange.recognition.told import Told
from shanghui.exchange.recognition.vocabulary import fields_of
from shanghui.kernel.workbooks import Grid
from shanghui.kernel.workbooks.grids import letter, place

_DITTO = frozenset({"同上", "〃", "″", "”", '"', "''", "同左", "〞"})
_CLEAR = object()


@dataclass
class Body:
    """A table with its records. `places[i]`: the grid row of record i; `origin`: where a form's cells came from."""

    table: Table
    grid: Grid
    context: Context
    columns: dict[int, str | None]
    paths: Mapping[int, tuple[str, ...]]
    key: int
    sorted: Sorted
    told: Told
    records: list[Record] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    handed_down: set[tuple[int, int]] = field(default_factory=set)
    turned: bool = False
    origin: dict[tuple[int, int], tuple[int, int]] | None = None
    column_of: dict[str, int] = field(default_factory=dict)
    stated: list[tuple[int, int, int]] = field(default_factory=list)
    marked: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    def where(self, row: int, column: int) -> tuple[int, int]:
        """The cell as the user sees it: row from 1, column from 0."""
        if self.origin is not None:
            row, column = self.origin.get((row, column), (row, column))
        elif self.turned:
            row, column = column, row
        return row + 1, column

    def heading(self, column: int | None) -> str:
        """The heading above a column, its levels joined."""
        return "".join(self.paths.get(column, ())) if column is not None else ""

    def tell(
        self,
        i: int,
        name: str | None,
        kind: str,
        severity: str,
        text: str,
        *,
        value: Any = _CLEAR,
        other: int | None = None,
        column: int | None = None,
    ) -> None:
        """Says something about a field of record i, at its cell (or at `column`)."""
        at = self.column_of.get(name or "", column) if column is None else column
        if at is None and name in self.records[i].cells and self.origin is None and not self.turned:
            at = place(f"{self.records[i].cells[name]}1")[1]
        row = self.places[i]
        if value is _CLEAR:
            value = self.grid.at(row, at) if at is not None else None
        shown, beside = self.where(row, at if at is not None else self.key)
        self.told.of_cell(
            self.table.sheet,
            shown,
            beside if at is not None else None,
            name,
            self.heading(at),
            kind,
            severity,
            text,
            value,
            other,
            self.table.kind,
        )

    def refuse(self, i: int, *names: str) -> None:
        """These fields of record i wait for a person."""
        record = self.records[i]
        for name in names:
            record.fields.pop(name, None)
            record.unsettled.add(name)

    def row_number(self, i: int) -> int:
        """The row of record i as the user sees it."""
        return self.where(self.places[i], self.key)[0]


def hand_down(body: Body, start: int, end: int) -> None:
    """Puts the value of a cell merged downwards into the rows it covers, and reads 同上 as the value above."""
    rows = body.grid.rows
    down = [(a, b) for a, b in body.grid.merges if start <= a[0] < b[0] < end + 1 and a[1] in body.columns]
    covered = {row for a, b in down for row in range(a[0] + 1, min(b[0] + 1, len(rows)))}
    blank = {row for row in covered if _is_blank(rows[row], body.columns)}
    for (first, left), (last, _) in down:
        value = rows[first][left]
        if value not in ("", None):
            for row in range(first + 1, min(last + 1, len(rows))):
                if rows[row][left] in ("", None) and row not in blank:
                    rows[row][left] = value
                    body.handed_down.add((row, left))
    for column, values in enumerate(zip(*rows[start:end], strict=True)):
        if body.columns.get(column) and not _DITTO.isdisjoint(values):
            _repeat_ditto(rows, start, end, column)


_COUNTED = re.compile(r"^(.{2,}?)\s*[（(]\s*(?:共|计)?\s*(\d+)\s*[家人名个户]\s*[）)]$")


def _is_blank(row: list[Any], columns: Mapping[int, str | None]) -> bool:
    """A row of which no named column is filled: the merge beside it reaches further than the records."""
    return not any(row[column] not in ("", None) for column, name in columns.items() if name and column < len(row))


def part_counts(body: Body, start: int, end: int) -> None:
    """«东岭区（3家）» merged down over a group: the name goes into the rows, the number is kept to be checked."""
    rows = body.grid.rows
    for name in _LEADING.get(body.table.kind, ()):
        column = body.column_of.get(name, -1)
        if column < 0:
            continue
        for row in range(start, end):
            value = rows[row][column]
            found = _COUNTED.match(value) if value.__class__ is str and value[-1:] in "）)" else None
            if found:
                rows[row][column] = found.group(1)
                if (row, column) not in body.handed_down:
                    body.stated.append((row, column, int(found.group(2))))


def _repeat_ditto(rows: list[list[Any]], start: int, end: int, column: int) -> None:
    above: Any = ""
    for row in range(start, end):
        value = rows[row][column]
        if value.__class__ is str and value in _DITTO:
            rows[row][column] = above
        else:
            above = value


_LEADING = {
    "guide_assignment": ("guide", "post"),
    "appointment": ("chamber", "branch"),
    "chamber": ("county",),
    "member": ("branch",),
    "activist": ("branch",),
    "applicant": ("branch",),
    "meeting": ("branch",),
    "development": ("branch",),
    "plate": ("branch",),
    "enterprise": ("chamber",),
}


def hand_down_unmerged(body: Body) -> None:
    """Where nothing is merged (CSV), a leading column written once for a group goes down to the next value."""
    data = body.sorted.data
    if not data or any(a[0] <= row <= b[0] and b[0] > a[0] for a, b in body.grid.merges for row in (data[0], data[-1])):
        return
    rows = body.grid.rows
    for name in _LEADING.get(body.table.kind, ()):
        column = body.column_of.get(name)
        if column is None or rows[data[0]][column] in ("", None):
            continue
        blanks = sum(1 for row in data if rows[row][column] in ("", None))
        if blanks * 4 < len(data):
            continue
        value: Any = ""
        for row in data:
            if rows[row][column] in ("", None):
                rows[row][column] = value
                body.handed_down.add((row, column))
            else:
                value = rows[row][column]


def fill(body: Body, pivot: int, year: int | None = None) -> None:
    """Makes the records: cleans every mapped column, notes what has to be said. `year`: the one a title names."""
    table, turned = body.table, body.turned or body.origin is not None
    cells = {name: letter(column) for name, column in body.column_of.items()}
    body.places = list(body.sorted.data)
    kind, sheet, file = table.kind, table.sheet, table.file
    body.records = [
        Record(kind, sheet, row + 1, {}, None, cells, set(), section.text if section else None, file)
        for row, section in zip(body.places, body.sorted.section_of, strict=True)
    ]
    for row, record in zip(body.places if turned else (), body.records, strict=False):
        at, column = body.where(row, body.key)
        record.row, record.column = at if body.origin is not None and len(body.places) > 1 else None, letter(column)
        places = {name: body.where(row, column) for name, column in body.column_of.items()}
        record.cells = {name: letter(beside) for name, (_, beside) in places.items()}
        record.rows = {"": at} | {name: below for name, (below, _) in places.items()}
    words = fields_of(table.kind)
    rows = body.grid.rows
    for column, values in enumerate(zip(*(rows[row] for row in body.places), strict=True)):
        name = body.columns.get(column)
        if name:
            setting = Setting(name, body.heading(column), pivot, column == body.key, year)
            _fill_column(body, values, column, name, words[name].cleaned_as, setting)


def _fill_column(body: Body, values: Sequence[Any], column: int, name: str, cleaned_as: str, setting: Setting) -> None:
    cleaner = CLEANERS[cleaned_as]
    cleaned: dict[Any, Any] = {value: cleaner(value, setting) for value in set(values) - {"", None}}
    if cleaned_as != "list" and not any(value.__class__ is Outcome for value in cleaned.values()):
        for record, value in zip(body.records, values, strict=True):
            plain = cleaned.get(value)
            if plain is not None:
                record.fields[name] = plain
        return
    for i, (record, value) in enumerate(zip(body.records, values, strict=True)):
        plain = cleaned.get(value)
        if plain.__class__ is Outcome:
            _take_outcome(body, i, column, name, value, plain)
        elif plain is not None:
            record.fields[name] = [*record.fields.get(name, ()), *plain] if cleaned_as == "list" else plain


def _take_outcome(body: Body, i: int, column: int, name: str, value: Any, outcome: Outcome) -> None:
    record = body.records[i]
    if outcome.value is not None:
        record.fields[name] = outcome.value
    for more, part in outcome.more.items():
        if more not in record.fields and (more not in body.column_of or more == name):
            record.fields[more] = part
            below, beside = body.where(body.places[i], column)
            record.cells = {**record.cells, more: letter(beside)}
            record.rows = {**record.rows, more: below} if record.rows else {}
    if outcome.refused:
        record.unsettled.add(name)
    if outcome.fault:
        fault = outcome.fault
        body.tell(i, name, fault.kind, fault.severity, fault.text, value=value, column=column)
