"""Exports of the worked city by a layout, spoiled on purpose: cells changed, rows dropped, rows added."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shanghui.access.models import Role, Unit
from shanghui.exchange.layouts.operations import workbook_of
from shanghui.exchange.layouts.producing import produce, shipped
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.models import Comparison
from shanghui.exchange.reconciling.operations import read, start
from tests.worked_city import AT, HALF_YEAR, city, user

HEADER = 3
"""Rows 1 and 2 of our workbooks are the title and the day."""
Change = Callable[[Worksheet], None]


def exported(code: str, change: Change | None = None, *, unit: Unit | None = None, day: date = HALF_YEAR) -> SourceFile:
    """The workbook of a shipped layout, changed."""
    place = unit or city()
    book = load_workbook(io.BytesIO(workbook_of(produce(shipped()[code], place, day, list), place, day)))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    if change is not None:
        change(sheet)
    return saved(book, f"{code}.xlsx")


def saved(book: Workbook, name: str = "表.xlsx") -> SourceFile:
    """A workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return SourceFile(name, file.getvalue())


def column(sheet: Worksheet, title: str) -> int:
    """The number of a column by its heading."""
    return next(int(cell.column) for cell in sheet[HEADER] if cell.value == title)


def put(sheet: Worksheet, row: int, title: str, value: Any) -> str:
    """Writes a cell of the n-th record (from 0); gives what stood there."""
    cell = sheet.cell(HEADER + 1 + row, column(sheet, title))
    before, cell.value = cell.value, value
    return "" if before is None else str(before)


def says(sheet: Worksheet, row: int, title: str) -> str:
    """A cell of the n-th record."""
    return str(sheet.cell(HEADER + 1 + row, column(sheet, title)).value or "")


def compared(file: SourceFile, code: str, *, day: date = HALF_YEAR, unit: Unit | None = None) -> Comparison:
    """A comparison, kept and read."""
    made = start(file=file, layout=shipped()[code], version=0, unit=unit or city(), day=day, by=user(Role.EDITOR), at=AT)
    read(comparison=made, at=AT)
    made.refresh_from_db()
    return made
