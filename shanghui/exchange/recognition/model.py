"""What recognition takes and gives: files in; tables, records and problems out. Plain data, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class SourceFile:
    """An uploaded file."""

    name: str
    content: bytes


@dataclass(slots=True)
class Problem:
    """Something to tell the user, at its place. `severity`: error (cannot be stored), warning (look at it), info."""

    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    kind: str
    severity: str
    message: str
    value: Any = None
    other_row: int | None = None
    file: str = ""


@dataclass(slots=True)
class Record:
    """One recognised row. Dates are text with the precision written.

    In a transposed sheet, and of a single form, `row` is None and `column` says where; of forms below one another it is the row of the name.
    `cells`: the column of each field; `rows`: in such sheets the row of each field's cell ("": of the name), otherwise empty.
    """

    kind: str
    sheet: str
    row: int | None
    fields: dict[str, Any]
    column: str | None = None
    cells: dict[str, str] = field(default_factory=dict)
    unsettled: set[str] = field(default_factory=set)
    section: str | None = None
    file: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    def cell_of(self, name: str) -> tuple[int | None, str | None]:
        """Row and column of the cell that says a field, as the user sees it; of the name, or in a list of the row, where none does."""
        return self.rows.get(name) or self.rows.get("") or self.row, self.cells.get(name) or self.column


@dataclass
class Table:
    """One table found in a sheet. `columns`: {letter: field or None}; `headings`: {letter: the heading's full text}."""

    file: str
    sheet: str
    kind: str
    header_rows: list[int]
    first_row: int
    last_row: int
    columns: dict[str, str | None]
    headings: dict[str, str]
    as_at: date | None = None
    sender: str | None = None
    title: str = ""
    not_records: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Reading:
    """Everything recognised in the files of one upload."""

    tables: list[Table] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped_sheets: list[tuple[str, str, str]] = field(default_factory=list)
